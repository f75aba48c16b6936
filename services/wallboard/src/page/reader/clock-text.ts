import type { Texts } from "../texts/texts.ts";

const joint = " ";
const two = (value: number): string => String(value).padStart(2, "0");

/**
 * A running time that keeps its width: `4:07`, `1:04:07`; from ten hours on without seconds, which nobody waits for then:
 * `18 h 04 min`; from two days on `3 days`. Rounded down.
 */
export const clockText = (ms: number, texts: Texts): string => {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const hours = Math.floor(seconds / 3_600);
  if (hours >= 48) return `${Math.floor(hours / 24)}${joint}${texts.duration.days}`;
  const minutes = Math.floor(seconds / 60) % 60;
  if (hours >= 10) return `${hours}${joint}${texts.duration.hours} ${two(minutes)}${joint}${texts.duration.minutes}`;
  return hours === 0 ? `${minutes}:${two(seconds % 60)}` : `${hours}:${two(minutes)}:${two(seconds % 60)}`;
};

/** How late something is, in one unit: `14 min`, `26 h`, `3 days`. Rounded down. */
export const roughTime = (ms: number, texts: Texts): string => {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes}${joint}${texts.duration.minutes}`;
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? `${hours}${joint}${texts.duration.hours}`
    : `${Math.floor(hours / 24)}${joint}${texts.duration.days}`;
};
