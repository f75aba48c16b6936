import type { Dimension, FactKind } from "@leadwire/funnel";
import type { CheckedQuestion, GroupReader, KpiAnswer } from "@leadwire/kpis";

/** What thresholds read of a live view: a LiveState is one. */
export interface LiveNumbers {
  readonly slices: GroupReader & { readonly oldestDayMs: (measureId: string) => number };
  readonly hasActivity: boolean;
}

/** Asks facts what slices do not know; answered later, or at once, by `factsAnswered`. */
export type AskFacts = (question: CheckedQuestion) => void;

export type FactAnswers = ReadonlyArray<KpiAnswer>;

/** The newest events behind a number: `source_system/event_id`, newest first. */
export type RecentEvents = (
  kinds: ReadonlySet<FactKind>,
  dimension: Dimension | null,
  value: string,
) => ReadonlyArray<string>;
