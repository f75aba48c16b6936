import { useEffect, useRef } from "preact/hooks";
import { type EditorTerms, openSqlEditor, type SqlEditor } from "./sql-editor.ts";

interface EditorBoxProps {
  readonly terms: EditorTerms;
  readonly onOpen: (editor: SqlEditor) => void;
}

/** The editor's place in the page. Opened once: what it is given later it asks for. */
export const EditorBox = ({ terms, onOpen }: EditorBoxProps) => {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (box.current === null) return undefined;
    const editor = openSqlEditor(box.current, terms);
    onOpen(editor);
    return () => editor.close();
  }, []);
  return <div class="sql-editor" ref={box} />;
};
