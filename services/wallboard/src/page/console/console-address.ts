/** What stands behind `/sql` in the address: the name of a saved query. */
export const queryNameOf = (pathname: string): string | null => {
  const [, name] = /^\/sql\/([^/]+)\/?$/u.exec(pathname) ?? [];
  if (name === undefined) return null;
  try {
    return decodeURIComponent(name);
  } catch {
    // A stray percent sign: the text as it stands names no query, which is then said.
    return name;
  }
};

export const queryPath = (name: string): string => `/sql/${encodeURIComponent(name)}`;
