const namesMax = 3;

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** Letters to add, drop, change or swap with their neighbour (Damerau-Levenshtein over adjacent letters). */
const distance = (a: string, b: string): number => {
  let before: ReadonlyArray<number> = [];
  let above: ReadonlyArray<number> = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      line.push(
        Math.min(
          (above[column] ?? 0) + 1,
          (line[column - 1] ?? 0) + 1,
          (above[column - 1] ?? 0) + cost,
          swapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = above;
    above = line;
  }
  return above[b.length] ?? 0;
};

/** One that goes on where the other ends: `30days`, `response`. */
const begins = (text: string, beginning: string): boolean => beginning.length >= 3 && text.startsWith(beginning);

/** Beyond this nobody compares letters: it is no slip of the hand. */
const lengthMax = 80;

/** The names that somebody may have meant, the nearest first; none where nothing is near. Case and signs do not count. */
export const nearestNames = (wanted: string, names: ReadonlyArray<string>): ReadonlyArray<string> => {
  const text = plain(wanted.slice(0, lengthMax));
  if (text === "") return [];
  const slipsMax = Math.max(1, Math.floor(text.length / 3));
  const slipsTo = (name: string): number => {
    const slips = distance(text, name);
    return begins(text, name) || begins(name, text) ? Math.min(slips, slipsMax) : slips;
  };
  return names
    .map((name) => ({ name, slips: slipsTo(plain(name)) }))
    .filter(({ slips }) => slips <= slipsMax)
    .sort((a, b) => a.slips - b.slips || (a.name < b.name ? -1 : 1))
    .slice(0, namesMax)
    .map(({ name }) => name);
};
