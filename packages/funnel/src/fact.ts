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
  "cohort_opportunity", // cohort: as lead_won, at the lead's first opportunity
  "lead_sla_business", // as lead_sla, in business time
  "stage_entered", // a deal comes into a stage; outcome: entered | skipped (passed without a stop) | again
  "stage_left", // a deal leaves a stage; outcome: advanced | advanced_again | regressed | lost | no_decision; durationMs of the visit
  "won_stage_time", // at the close of a win: all the time that the deal spent in a stage, in durationMs
  "first_meeting", // a lead's first meeting held; units and bin: human outbound touches before it
  "activity", // one activity, under its rep; outcome: its kind, or `automated` where no human did it
  "contract", // a won deal with a recurring amount, in amountMinor; bin: its term in months; outcome: stated | no_term (12 taken)
  "mrr_moved", // level: an account's mrr changes by amountMinor; count ±1 as it begins or ends to pay; outcome: the movement
  "customer_active", // level: count ±1 as an account becomes or stops being an active customer
  "survey", // outcome: csat | promoter | passive | detractor; units: the score
  "target", // subject: the metric; period; units: the value; scope: company, else by the dimension team or owner
  "forecast", // period; amountMinor; scope as of a target
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
  "entered",
  "skipped",
  "again",
  "advanced",
  "advanced_again",
  "regressed",
  "call",
  "email",
  "message",
  "meeting_booked",
  "meeting_held",
  "automated",
  "stated",
  "no_term",
  "new",
  "expansion",
  "contraction",
  "churn",
  "reactivation",
  "csat",
  "promoter",
  "passive",
  "detractor",
] as const;
export type FactOutcome = (typeof factOutcomes)[number];

/** A fact as it stands on the facts topic, in ClickHouse and in tests. Money is in the workspace's currency. */
export interface FactRecord {
  /**
   * `source_system/event_id/kind/ordinal` of the event it is born of, or of the entity where no event is; then the deal
   * where the fact has one of its own, and the account of an active customer.
   */
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
  /**
   * The percentile bin of durationMs (kpis/bin.ts), computed once here. Of other kinds what their values are weighed by:
   * a pipeline's stage probability in 1/10,000, a contract's term in months, the touches before a meeting.
   */
  readonly bin: number | null;
  /** durationMs without what lies outside business hours, and its percentile bin. */
  readonly businessMs: number | null;
  readonly businessBin: number | null;
  /** Of an open deal: the start of the local day it is expected to close on, as last stated. */
  readonly dueAtMs: number | null;
  /** Of a won deal: the months its contract runs, where stated. */
  readonly termMonths: number | null;
  /** The creation of the lead, for facts about cohorts and ages. */
  readonly cohortAtMs: number | null;
  readonly leadId: string;
  readonly dealId: string;
  readonly accountId: string;
  /** Of a target: the metric's id. Else empty. */
  readonly subject: string;
  /** Of a target or a forecast: the year, quarter or month as stated. Else empty. */
  readonly period: string;
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
  /** That record came with a backfill id (an import, a replay): it tells of the past. */
  readonly isBackfill: boolean;
}
