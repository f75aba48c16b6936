import { dayOfText, type ZoneCalendar } from "@leadwire/funnel";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { Temporal } from "temporal-polyfill";
import { type UsageFault, usageFault } from "../usage-fault.ts";

/** An instant with an offset, or a local date (its first instant), waiting for a zone. */
export type InstantText =
  | { readonly _tag: "Instant"; readonly ms: number }
  | { readonly _tag: "LocalDay"; readonly day: number };

/** Undefined where the text is neither `2017-07-14T09:00:00Z` (any offset) nor `2017-07-14`. */
export const parseInstantText = (text: string): InstantText | undefined => {
  const day = dayOfText(text);
  if (day !== undefined) return { _tag: "LocalDay", day };
  try {
    return { _tag: "Instant", ms: Temporal.Instant.from(text).epochMilliseconds };
  } catch (fault) {
    if (fault instanceof RangeError) return undefined;
    throw fault;
  }
};

/** Epoch milliseconds; a day alone is its first instant in the calendar's zone. */
export const instantOf = (text: InstantText, calendar: ZoneCalendar): number =>
  text._tag === "Instant" ? text.ms : calendar.dayStartMs(text.day);

/**
 * The instant of `--at`: `now`, `latest` (the newest event time + 1 ms; `now` in an empty log) or an instant. A date
 * alone is its first instant in the workspace's zone.
 */
export const parseAt = (
  text: string,
  nowMs: number,
  newestEventMs: number | null,
  calendar: ZoneCalendar,
): Either<UsageFault, number> => {
  if (text === "now") return right(nowMs);
  if (text === "latest") return right(newestEventMs === null ? nowMs : newestEventMs + 1);
  const instant = parseInstantText(text);
  if (instant !== undefined) return right(instantOf(instant, calendar));
  return left(
    usageFault(
      "BadInstant",
      `"${text}" is no instant: write now, latest, 2017-07-14T09:00:00Z (any offset) or 2017-07-14.`,
    ),
  );
};
