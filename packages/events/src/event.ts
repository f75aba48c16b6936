/**
 * The events that a revenue team's systems produce: the only truth of the engine.
 * Field names are those of the Avro schemas (`schemas/<type>.avsc`) and of the JSON form.
 */

/** What every event carries. Times are epoch milliseconds, UTC. */
export interface EventHead {
  readonly event_id: string;
  readonly source_system: string;
  readonly occurred_at: number;
  readonly revision: number;
  readonly voided: boolean;
}

export interface LeadCreated extends EventHead {
  readonly type: "lead-created";
  readonly lead_id: string;
  /** Ciphertext of name, email, phone and company; see seal/contact-seal.ts. */
  readonly contact_sealed?: Uint8Array;
  readonly account_id?: string;
  readonly channel?: string;
  readonly campaign?: string;
  readonly owner?: string;
  readonly team?: string;
  readonly region?: string;
  readonly segment?: string;
  readonly product?: string;
  readonly pipeline?: string;
  readonly expected_value_minor?: number;
  readonly currency?: string;
  /** Days since 1970-01-01 (Avro date). */
  readonly expected_close_on?: number;
}

export interface StageChanged extends EventHead {
  readonly type: "stage-changed";
  readonly lead_id: string;
  readonly deal_id?: string;
  readonly from_stage?: string;
  readonly to_stage: string;
  readonly changed_by?: string;
  readonly owner?: string;
  readonly team?: string;
  readonly amount_minor?: number;
  readonly currency?: string;
  readonly expected_close_on?: number;
}

export type ActivityKind = "call" | "email" | "message" | "meeting_booked" | "meeting_held";

export interface ActivityLogged extends EventHead {
  readonly type: "activity-logged";
  readonly lead_id: string;
  readonly deal_id?: string;
  readonly kind: ActivityKind;
  readonly rep: string;
  readonly direction: "outbound" | "inbound";
  readonly automated: boolean;
}

export interface DealLine {
  readonly product: string;
  readonly quantity: number;
  readonly amount_minor: number;
  readonly cost_minor?: number;
}

export type CloseOutcome = "won" | "lost" | "no_decision";

export interface DealClosed extends EventHead {
  readonly type: "deal-closed";
  readonly lead_id: string;
  readonly deal_id?: string;
  readonly outcome: CloseOutcome;
  readonly amount_minor: number;
  readonly currency: string;
  readonly lines: ReadonlyArray<DealLine>;
  readonly term_months?: number;
  readonly recurring_amount_minor?: number;
  readonly owner?: string;
  readonly team?: string;
  readonly account_id?: string;
  readonly reason?: string;
}

export type SpendCategory =
  | "advertising"
  | "marketing_team"
  | "sales_team"
  | "creative"
  | "technology"
  | "production"
  | "other";

export interface Spend extends EventHead {
  readonly type: "spend";
  readonly channel: string;
  readonly campaign?: string;
  readonly category: SpendCategory;
  readonly amount_minor: number;
  readonly currency: string;
  /** Days since 1970-01-01, both included. */
  readonly period_start: number;
  readonly period_end: number;
}

export interface SubscriptionChanged extends EventHead {
  readonly type: "subscription-changed";
  readonly account_id: string;
  readonly subscription_id: string;
  readonly mrr_minor: number;
  readonly currency: string;
  readonly reason: "started" | "changed" | "cancelled";
  readonly plan?: string;
}

export interface TargetSet extends EventHead {
  readonly type: "target-set";
  readonly metric: string;
  readonly scope: string;
  readonly period: string;
  readonly value: number;
}

export interface ForecastSubmitted extends EventHead {
  readonly type: "forecast-submitted";
  readonly scope: string;
  readonly period: string;
  readonly amount_minor: number;
  readonly currency: string;
}

export interface SurveyAnswered extends EventHead {
  readonly type: "survey-answered";
  readonly account_id: string;
  readonly kind: "csat" | "nps";
  readonly score: number;
}

export interface LeadErased extends EventHead {
  readonly type: "lead-erased";
  readonly lead_id: string;
  readonly request_id: string;
}

export type SalesEvent =
  | LeadCreated
  | StageChanged
  | ActivityLogged
  | DealClosed
  | Spend
  | SubscriptionChanged
  | TargetSet
  | ForecastSubmitted
  | SurveyAnswered
  | LeadErased;

export type EventType = SalesEvent["type"];

/** In the order of kpis.md; the index is used as a small integer on the hot path, so only append. */
export const eventTypes: ReadonlyArray<EventType> = [
  "lead-created",
  "stage-changed",
  "activity-logged",
  "deal-closed",
  "spend",
  "subscription-changed",
  "target-set",
  "forecast-submitted",
  "survey-answered",
  "lead-erased",
];
