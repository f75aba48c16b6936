/** Title as a file's name: letters, digits and dashes, in whatever script. */
export const nameFor = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, "-")
    .replace(/^[-_]+|-+$/gu, "")
    .slice(0, 60);
