/** A reader's choice, kept in the browser; where that is forbidden it holds until the page is closed. */
export const keptChoice = (
  key: string,
): { readonly read: () => string | null; readonly write: (text: string) => void } => ({
  read: () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write: (text) => {
    try {
      localStorage.setItem(key, text);
    } catch {
      // Private browsing: the page works, it only forgets.
    }
  },
});
