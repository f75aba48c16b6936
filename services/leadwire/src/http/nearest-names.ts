import { editDistance } from "@leadwire/kpis";

const namesMax = 3;

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

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
    const slips = editDistance(text, name);
    return begins(text, name) || begins(name, text) ? Math.min(slips, slipsMax) : slips;
  };
  return names
    .map((name) => ({ name, slips: slipsTo(plain(name)) }))
    .filter(({ slips }) => slips <= slipsMax)
    .sort((a, b) => a.slips - b.slips || (a.name < b.name ? -1 : 1))
    .slice(0, namesMax)
    .map(({ name }) => name);
};
