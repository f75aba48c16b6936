import { parseMinuteOfDay } from "@leadwire/funnel";
import type { QuietHours } from "../board/board-definition.ts";

/** `never`, or `20:00-08:00`. */
export const parseQuiet = (text: string): QuietHours | undefined => {
  if (text === "never") return "never";
  const [fromMinute, toMinute, ...rest] = text.split("-").map((part) => parseMinuteOfDay(part.trim()));
  if (fromMinute === undefined || toMinute === undefined || rest.length > 0 || fromMinute === toMinute)
    return undefined;
  return { fromMinute, toMinute };
};

const clockText = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");

/** As `parseQuiet` reads it. */
export const quietText = (quiet: QuietHours): string =>
  quiet === "never" ? quiet : `${clockText(quiet.fromMinute)}-${clockText(quiet.toMinute)}`;
