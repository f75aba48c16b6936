import type { ConsoleView } from "../../../console/console-schema.ts";

/** A view that fits what is sought. */
export interface FoundView {
  readonly view: ConsoleView;
  readonly columns: ConsoleView["columns"];
  /** It was found by one of its columns, or is the only one: shown open. */
  readonly isOpen: boolean;
}

/** People write `win rate` for `win_rate`. */
const plain = (text: string): string => text.toLowerCase().replaceAll("_", " ");

const includes = (text: string, sought: string): boolean => plain(text).includes(sought);

/** A view is found by its name or what is said of it, and by its columns. */
export const searchViews = (views: ReadonlyArray<ConsoleView>, wanted: string): ReadonlyArray<FoundView> => {
  const sought = plain(wanted).trim();
  if (sought === "") return views.map((view) => ({ view, columns: view.columns, isOpen: false }));
  return views.flatMap((view) => {
    const named = includes(view.name, sought);
    const columns = view.columns.filter(({ name }) => includes(name, sought));
    if (named) return { view, columns: view.columns, isOpen: false };
    if (columns.length > 0) return { view, columns, isOpen: true };
    return includes(view.comment, sought) ? { view, columns: view.columns, isOpen: false } : [];
  });
};
