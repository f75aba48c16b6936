/** What the address asks for. */
export type Route =
  /** Null: the first board there is. */
  { readonly kind: "board"; readonly id: string | null } | { readonly kind: "show"; readonly id: string };

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign: the text as it stands names no board, which is then said.
    return text;
  }
};

/** `/boards/ID` and `/show/ID`; everything else is the first board. */
export const routeOf = (pathname: string): Route => {
  const [, kind, id] = /^\/(boards|show)\/([^/]+)\/?$/.exec(pathname) ?? [];
  if (kind === undefined || id === undefined) return { kind: "board", id: null };
  return { kind: kind === "show" ? "show" : "board", id: decoded(id) };
};

export const boardPath = (id: string): string => `/boards/${encodeURIComponent(id)}`;
export const showPath = (id: string): string => `/show/${encodeURIComponent(id)}`;
