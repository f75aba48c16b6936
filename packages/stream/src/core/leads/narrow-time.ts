const minuteMs = 60_000;
/** Stands for NaN: no day and no minute that an event may have. */
const none = -0x8000_0000;

/** A day as a 32-bit column keeps it. */
export const wordOfDay = (day: number): number => (Number.isNaN(day) ? none : day);
export const dayOfWord = (word: number): number => (word === none ? Number.NaN : word);

/** The first full minute at or after an instant, as a 32-bit column keeps it. */
export const wordOfMinute = (atMs: number): number => (Number.isNaN(atMs) ? none : Math.ceil(atMs / minuteMs));
export const minuteOfWord = (word: number): number => (word === none ? Number.NaN : word * minuteMs);
