import type { ZoneCalendar } from "@leadwire/funnel";
import { isoText, type KpiAnswer, type PartialSource, parseAt, type UsageFault, usageFault } from "@leadwire/kpis";
import { asOfSource, readLogAsOf, type Store } from "@leadwire/store";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";

/** What the log knew at an instant, and whom to ask for it. */
export interface Knowledge {
  readonly source: PartialSource;
  readonly asOfMs: number;
  /** The newest event time known then; null before the first. */
  readonly newestMs: number | null;
  readonly hasActivity: boolean;
  /** Where the instant lies before the first append: when that was; null in an empty log. Undefined otherwise. */
  readonly knownSinceMs?: number | null;
}

/** An answer as of an earlier time. */
export interface AsOfAnswer extends KpiAnswer {
  readonly as_of: string;
  /** When the log began, where it had not by then: the value is null. */
  readonly known_since?: string | null;
}

export const isAsOf = (answer: KpiAnswer): answer is AsOfAnswer => "as_of" in answer;

/**
 * The knowledge of `--as-of`: `now` or an instant, a date alone being its first instant in the workspace's zone. The
 * future is refused: what it will know is not there yet, and the answer would change.
 */
export const knowledgeAsOf = async (
  store: Store,
  text: string,
  calendar: ZoneCalendar,
  nowMs: number,
): Promise<Either<UsageFault, Knowledge>> => {
  const asOf = parseAt(text, nowMs, null, calendar);
  if (isLeft(asOf) || text === "latest")
    return left(
      usageFault("BadInstant", `"${text}" is no instant to know at: write 2026-04-01 or 2026-04-01T09:00:00Z.`),
    );
  const asOfMs = asOf.right;
  if (asOfMs > nowMs) {
    const message = `--as-of ${text} has not come yet: it is ${isoText(nowMs)}. Leave it out for what is known now.`;
    return left(usageFault("BadInstant", message));
  }
  const { firstAppendMs, newestEventMs, hasActivity } = await readLogAsOf(store, asOfMs);
  const isKnown = firstAppendMs !== null && firstAppendMs <= asOfMs;
  return right({
    source: asOfSource(store, asOfMs),
    asOfMs,
    newestMs: newestEventMs,
    hasActivity,
    ...(isKnown ? {} : { knownSinceMs: firstAppendMs }),
  });
};

/** Says beside an answer when it was known; one from before the first append has no value. */
export const knownAnswer = (answer: KpiAnswer, { asOfMs, knownSinceMs }: Knowledge): AsOfAnswer => {
  if (knownSinceMs === undefined) return { ...answer, as_of: isoText(asOfMs) };
  const known_since = knownSinceMs === null ? null : isoText(knownSinceMs);
  return { ...answer, value: null, as_of: isoText(asOfMs), known_since };
};
