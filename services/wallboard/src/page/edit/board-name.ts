/** Names of files and tiles out of what people write. */

const wordOf = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .slice(0, 50)
    .replace(/^-+|-+$/g, "");

const unique = (word: string, taken: ReadonlySet<string>): string => {
  for (let number = 1; ; number++) {
    const name = number === 1 ? word : `${word}-${number}`;
    if (!taken.has(name)) return name;
  }
};

/** `Team floor` is `team-floor`, or `team-floor-2` where there is one. A board is never named like the slideshows' file. */
export const boardIdOf = (title: string, taken: ReadonlySet<string>): string =>
  unique(wordOf(title) || "board", new Set([...taken, "slideshows"]));

/** `win_rate` is `win-rate`, or `win-rate-2`. */
export const tileIdOf = (word: string, taken: ReadonlySet<string>): string => unique(wordOf(word) || "tile", taken);
