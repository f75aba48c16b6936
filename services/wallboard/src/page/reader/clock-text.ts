import type { Texts } from "../texts/texts.ts";

const joint = " ";
const two = (value: number): string => String(value).padStart(2, "0");

/** A running time that keeps its width: `4:07`, `1:04:07`, from two days on `3 days`. Whole seconds, rounded down. */
export const clockText = (ms: number, texts: Texts): string => {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const hours = Math.floor(seconds / 3_600);
  if (hours >= 48) return `${Math.floor(hours / 24)}${joint}${texts.duration.days}`;
  const minutes = Math.floor(seconds / 60) % 60;
  return hours === 0 ? `${minutes}:${two(seconds % 60)}` : `${hours}:${two(minutes)}:${two(seconds % 60)}`;
};
