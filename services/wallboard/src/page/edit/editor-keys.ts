import type { EditorSession } from "./editor-session.ts";

/** Where the browser has an undo of its own. */
const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement && target.matches("input:not([type=checkbox]), textarea");

/** The keys that every editor has: save, undo, redo. Whether the key was one of them. */
export const onEditorKey = (event: KeyboardEvent, session: EditorSession): boolean => {
  if (!event.ctrlKey && !event.metaKey) return false;
  const key = event.key.toLowerCase();
  if (key === "s") void session.save();
  else if (isTyping(event)) return false;
  else if (key === "y" || (key === "z" && event.shiftKey)) session.redo();
  else if (key === "z") session.undo();
  else return false;
  event.preventDefault();
  return true;
};
