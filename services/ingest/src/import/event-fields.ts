import {
  activityKinds,
  closeOutcomes,
  directions,
  type EventType,
  spendCategories,
  subscriptionReasons,
  surveyKinds,
} from "@leadwire/events";

/**
 * What a mapping can fill in of each event, by the names a mapping uses. They are the events' own, except money: a
 * file has `amount` as a decimal ("1,054.50"), which becomes `amount_minor` in the currency's smallest unit.
 */
export type FieldKind = "text" | "time" | "date" | "money" | "integer" | "number" | "boolean" | "lines" | "contact";

export interface FieldSpec {
  readonly kind: FieldKind;
  readonly required: boolean;
  /** The closed vocabulary, where there is one. */
  readonly values?: ReadonlyArray<string>;
}

const text: FieldSpec = { kind: "text", required: false };
const key: FieldSpec = { kind: "text", required: true };
const oneOf = (values: ReadonlyArray<string>): FieldSpec => ({ kind: "text", required: true, values });
const money: FieldSpec = { kind: "money", required: false };
const moneyRequired: FieldSpec = { kind: "money", required: true };
const date: FieldSpec = { kind: "date", required: false };
const dateRequired: FieldSpec = { kind: "date", required: true };
const head = {
  occurred_at: { kind: "time", required: true },
  voided: { kind: "boolean", required: false },
} as const satisfies Record<string, FieldSpec>;

export const fieldsByType: Readonly<Record<EventType, Readonly<Record<string, FieldSpec>>>> = {
  "lead-created": {
    ...head,
    lead_id: key,
    contact: { kind: "contact", required: false },
    account_id: text,
    channel: text,
    campaign: text,
    owner: text,
    team: text,
    region: text,
    segment: text,
    product: text,
    pipeline: text,
    expected_value: money,
    currency: text,
    expected_close_on: date,
  },
  "stage-changed": {
    ...head,
    lead_id: key,
    deal_id: text,
    from_stage: text,
    to_stage: key,
    changed_by: text,
    owner: text,
    team: text,
    amount: money,
    currency: text,
    expected_close_on: date,
  },
  "activity-logged": {
    ...head,
    lead_id: key,
    deal_id: text,
    kind: oneOf(activityKinds),
    rep: key,
    direction: oneOf(directions),
    automated: { kind: "boolean", required: false },
  },
  "deal-closed": {
    ...head,
    lead_id: key,
    deal_id: text,
    outcome: oneOf(closeOutcomes),
    amount: moneyRequired,
    currency: text,
    lines: { kind: "lines", required: false },
    term_months: { kind: "integer", required: false },
    recurring_amount: money,
    owner: text,
    team: text,
    account_id: text,
    reason: text,
  },
  spend: {
    ...head,
    channel: key,
    campaign: text,
    category: oneOf(spendCategories),
    amount: moneyRequired,
    currency: text,
    period_start: dateRequired,
    period_end: dateRequired,
  },
  "subscription-changed": {
    ...head,
    account_id: key,
    subscription_id: key,
    mrr: moneyRequired,
    currency: text,
    reason: oneOf(subscriptionReasons),
    plan: text,
  },
  "target-set": { ...head, metric: key, scope: key, period: key, value: { kind: "number", required: true } },
  "forecast-submitted": { ...head, scope: key, period: key, amount: moneyRequired, currency: text },
  "survey-answered": {
    ...head,
    account_id: key,
    kind: oneOf(surveyKinds),
    score: { kind: "number", required: true },
  },
  "lead-erased": { ...head, lead_id: key, request_id: key },
};

/** The parts of a deal's line, and of a lead's contact. */
export const lineFields = ["product", "quantity", "amount", "cost"] as const;
export const contactFields = ["name", "email", "phone", "company"] as const;
export type LineField = (typeof lineFields)[number];
export type ContactField = (typeof contactFields)[number];
