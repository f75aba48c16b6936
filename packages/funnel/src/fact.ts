/**
 * Facts: what the history of one entity establishes. A fact has a deterministic id (the event it is born of, its kind,
 * an ordinal), an event time, dimensions and values; a later event may replace it or take it back.
 */

/** Small integers on the hot path; the index is stored, so only append. */
export const factKinds = [
  "lead_created", // a lead at its creation
  "lead_qualified", // first entry into the stage marked `qualified`, or past it
  "lead_opportunity", // first entry into the stage marked `opportunity`, or past it
  "lead_responded", // first human outbound touch; durationMs since creation; outcome: first_touch | early_touch
  "lead_sla", // outcome: met (at the response) | missed (at the deadline)
  "lead_unanswered", // level: count +1 when a lead starts to wait, -1 when it is answered, closed or changes hands
  "lead_won", // cohort: at the first win that still stands; cohortAtMs = creation; dimensions of the creation
  "deal_pipeline", // level: count ±1 and amountMinor ± when an open deal enters, leaves or changes
  "deal_closed", // a deal's latest outcome: won | lost | no_decision | disqualified; durationMs = sales cycle of a win
  "sale", // one line of a won deal, and the remainder that no line accounts for
  "spend_day", // one day's share of a spend event; outcome: the category
  "customer_new", // an account's first won deal or subscription start
] as const;
export type FactKind = (typeof factKinds)[number];

/** The dimensions a fact can be grouped by, in the order of their columns. `rep` is another name for `owner`. */
export const dimensions = [
  "owner",
  "team",
  "region",
  "channel",
  "campaign",
  "segment",
  "product",
  "pipeline",
  "stage",
] as const;
export type Dimension = (typeof dimensions)[number];

/** What stands where a dimension is missing, so that groups add up. */
export const noValue = "(none)";

/** A fact's outcome where its kind has several; the index is stored, so only append. */
export const factOutcomes = [
  "",
  "won",
  "lost",
  "no_decision",
  "disqualified",
  "met",
  "missed",
  "first_touch",
  "early_touch",
  "advertising",
  "marketing_team",
  "sales_team",
  "creative",
  "technology",
  "production",
  "other",
] as const;
export type FactOutcome = (typeof factOutcomes)[number];

/** A fact as it stands on the facts topic, in ClickHouse and in tests. Money is in the workspace's currency. */
export interface FactRecord {
  /** `source_system/event_id/kind/ordinal` of the event it is born of, or of the entity where no event is. */
  readonly factId: string;
  readonly kind: FactKind;
  readonly atMs: number;
  readonly outcome: FactOutcome;
  /** 1, or -1 where a level falls. */
  readonly count: number;
  readonly amountMinor: number;
  readonly costMinor: number | null;
  readonly units: number;
  readonly durationMs: number | null;
  /** The percentile bin of durationMs (kpis/bin.ts), computed once here. */
  readonly bin: number | null;
  /** The creation of the lead, for facts about cohorts and ages. */
  readonly cohortAtMs: number | null;
  readonly leadId: string;
  readonly dealId: string;
  readonly accountId: string;
  readonly dimensions: Readonly<Record<Dimension, string>>;
}

/** One change of one fact, caused by one record of the log. */
export interface FactChange {
  /** Absent (a retraction) or what the fact is from this version on. */
  readonly present: boolean;
  /** As it stands now; for a retraction as it stood last. */
  readonly fact: FactRecord;
  /** The offset of the causing record in its partition: a reader keeps the highest. */
  readonly version: number;
  readonly appendTimeMs: number;
  /** The event that caused the change. */
  readonly causeSource: string;
  readonly causeEventId: string;
}
