import {
  type ActivityLogged,
  activityKinds,
  closeOutcomes,
  type DealClosed,
  type DealLine,
  directions,
  type EventHead,
  type EventType,
  type LeadCreated,
  type SalesEvent,
  type StageChanged,
  type SubscriptionChanged,
  spendCategories,
  subscriptionReasons,
  surveyKinds,
} from "@leadwire/events";
import type { FieldValues } from "./field-values.ts";

type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** What a row says besides its fields: the parts that a rule reads by means of its own. */
export interface RowParts {
  readonly lines: () => ReadonlyArray<DealLine>;
  readonly sealedContact: (leadId: string) => Uint8Array | undefined;
}

type Builder = (head: EventHead, values: FieldValues, parts: RowParts) => SalesEvent;

/** Copies the texts that are there; a field that is absent stays absent, since content is hashed as it stands. */
const texts = <K extends string>(
  event: Partial<Record<K, string>>,
  values: FieldValues,
  fields: ReadonlyArray<K>,
): void => {
  for (const field of fields) {
    const value = values.text(field);
    if (value !== undefined) event[field] = value;
  }
};

const leadTexts = [
  "account_id",
  "channel",
  "campaign",
  "owner",
  "team",
  "region",
  "segment",
  "product",
  "pipeline",
] as const;

const leadCreated: Builder = (head, values, parts) => {
  const event: Draft<LeadCreated> = { ...head, type: "lead-created", lead_id: values.required("lead_id") };
  texts(event, values, leadTexts);
  const sealed = parts.sealedContact(event.lead_id);
  if (sealed !== undefined) event.contact_sealed = sealed;
  const expected = values.minor("expected_value");
  if (expected !== undefined) {
    event.expected_value_minor = expected;
    event.currency = values.currency() ?? "";
  }
  const closeOn = values.day("expected_close_on");
  if (closeOn !== undefined) event.expected_close_on = closeOn;
  return event;
};

const stageChanged: Builder = (head, values) => {
  const event: Draft<StageChanged> = {
    ...head,
    type: "stage-changed",
    lead_id: values.required("lead_id"),
    to_stage: values.required("to_stage"),
  };
  texts(event, values, ["deal_id", "from_stage", "changed_by", "owner", "team"]);
  const amount = values.minor("amount");
  if (amount !== undefined) {
    event.amount_minor = amount;
    event.currency = values.currency() ?? "";
  }
  const closeOn = values.day("expected_close_on");
  if (closeOn !== undefined) event.expected_close_on = closeOn;
  return event;
};

const activityLogged: Builder = (head, values) => {
  const event: Draft<ActivityLogged> = {
    ...head,
    type: "activity-logged",
    lead_id: values.required("lead_id"),
    kind: values.word("kind", activityKinds),
    rep: values.required("rep"),
    direction: values.word("direction", directions),
    automated: values.boolean("automated"),
  };
  texts(event, values, ["deal_id"]);
  return event;
};

const dealClosed: Builder = (head, values, parts) => {
  const event: Draft<DealClosed> = {
    ...head,
    type: "deal-closed",
    lead_id: values.required("lead_id"),
    outcome: values.word("outcome", closeOutcomes),
    amount_minor: values.requiredMinor("amount"),
    currency: values.currency() ?? "",
    lines: parts.lines(),
  };
  texts(event, values, ["deal_id", "owner", "team", "account_id", "reason"]);
  const term = values.integer("term_months");
  if (term !== undefined) event.term_months = term;
  const recurring = values.minor("recurring_amount");
  if (recurring !== undefined) event.recurring_amount_minor = recurring;
  return event;
};

const subscriptionChanged: Builder = (head, values) => {
  const event: Draft<SubscriptionChanged> = {
    ...head,
    type: "subscription-changed",
    account_id: values.required("account_id"),
    subscription_id: values.required("subscription_id"),
    mrr_minor: values.requiredMinor("mrr"),
    currency: values.currency() ?? "",
    reason: values.word("reason", subscriptionReasons),
  };
  texts(event, values, ["plan"]);
  return event;
};

/** Makes an event of each type from a row's fields. Faults are left on the row; the event is then not to be used. */
export const eventBuilders: Readonly<Record<EventType, Builder>> = {
  "lead-created": leadCreated,
  "stage-changed": stageChanged,
  "activity-logged": activityLogged,
  "deal-closed": dealClosed,
  spend: (head, values) => {
    const campaign = values.text("campaign");
    return {
      ...head,
      type: "spend",
      channel: values.required("channel"),
      ...(campaign === undefined ? {} : { campaign }),
      category: values.word("category", spendCategories),
      amount_minor: values.requiredMinor("amount"),
      currency: values.currency() ?? "",
      period_start: values.requiredDay("period_start"),
      period_end: values.requiredDay("period_end"),
    };
  },
  "subscription-changed": subscriptionChanged,
  "target-set": (head, values) => ({
    ...head,
    type: "target-set",
    metric: values.required("metric"),
    scope: values.required("scope"),
    period: values.required("period"),
    value: values.number("value"),
  }),
  "forecast-submitted": (head, values) => ({
    ...head,
    type: "forecast-submitted",
    scope: values.required("scope"),
    period: values.required("period"),
    amount_minor: values.requiredMinor("amount"),
    currency: values.currency() ?? "",
  }),
  "survey-answered": (head, values) => ({
    ...head,
    type: "survey-answered",
    account_id: values.required("account_id"),
    kind: values.word("kind", surveyKinds),
    score: values.number("score"),
  }),
  "lead-erased": (head, values) => ({
    ...head,
    type: "lead-erased",
    lead_id: values.required("lead_id"),
    request_id: values.required("request_id"),
  }),
};
