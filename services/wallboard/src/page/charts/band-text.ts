import { numberFormatter } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";

const joint = "\u00a0";

/** A round time as people say it: `15 min`, `4 h`, `24 h`, `3 days`. */
export const bandText = (seconds: number, { locale, texts }: Reader): string => {
  const { days, hours, minutes, seconds: unit } = texts.duration;
  const [size, word] =
    seconds < 60 ? [1, unit] : seconds < 3_600 ? [60, minutes] : seconds < 172_800 ? [3_600, hours] : [86_400, days];
  return `${numberFormatter(locale, { maximumFractionDigits: 1 }).format(seconds / size)}${joint}${word}`;
};
