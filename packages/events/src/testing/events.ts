import fc from "fast-check";
import { longMax } from "../avro-type.ts";
import { currencies } from "../currency.ts";
import type { DealLine, EventHead, SalesEvent } from "../event.ts";
import { dayMax, dayMin, instantMsMax, instantMsMin } from "../iso-time.ts";
import {
  activityKinds,
  closeOutcomes,
  directions,
  spendCategories,
  subscriptionReasons,
  surveyKinds,
} from "../vocabulary.ts";

/** Arbitrary events: all that `checkEvent` accepts, of every type. For laws. */

const text = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
  .filter((value) => value.isWellFormed() && !value.includes("\0"));
const amount = fc.oneof(fc.nat(), fc.integer({ min: 0, max: 10 ** 13 }), fc.constant(10 ** 13));
const day = fc.integer({ min: dayMin, max: dayMax });
const currency = fc.constantFrom(...currencies);
const score = fc.integer({ min: 0, max: 10 });
const scope = fc.oneof(
  fc.constant("company"),
  text.map((name) => `team:${name}`),
  text.map((name) => `rep:${name}`),
);
const period = fc.constantFrom("2017", "2017-Q3", "2017-07", "2026-12");

const head: fc.Arbitrary<EventHead> = fc.record({
  event_id: text,
  source_system: text,
  occurred_at: fc.integer({ min: instantMsMin, max: instantMsMax }),
  revision: fc.oneof(fc.nat({ max: 3 }), fc.integer({ min: 0, max: longMax }), fc.constant(longMax)),
  voided: fc.boolean(),
});

const line: fc.Arbitrary<DealLine> = fc.record(
  {
    product: text,
    quantity: fc.integer({ min: 0, max: 10 ** 7 }).map((thousandths) => thousandths / 1000),
    amount_minor: fc.integer({ min: -(10 ** 13), max: 10 ** 13 }),
    cost_minor: amount,
  },
  { requiredKeys: ["product", "quantity", "amount_minor"] },
);

const withHead = <T extends SalesEvent["type"], Required extends object, Optional extends object>(
  type: T,
  required: { [K in keyof Required]: fc.Arbitrary<Required[K]> },
  optional: { [K in keyof Optional]: fc.Arbitrary<Optional[K]> },
) =>
  fc
    .tuple(head, fc.record(required), fc.record(optional, { requiredKeys: [] }))
    .map(([headFields, requiredFields, optionalFields]) => ({
      type,
      ...headFields,
      ...requiredFields,
      ...optionalFields,
    }));

const needsCurrency = (event: object): boolean =>
  "currency" in event || !("amount_minor" in event || "expected_value_minor" in event);

export const salesEvents: fc.Arbitrary<SalesEvent> = fc.oneof(
  withHead(
    "lead-created",
    { lead_id: text },
    {
      contact_sealed: fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes): Uint8Array => Buffer.from(bytes)),
      account_id: text,
      channel: text,
      campaign: text,
      owner: text,
      team: text,
      region: text,
      segment: text,
      product: text,
      pipeline: text,
      expected_value_minor: amount,
      currency,
      expected_close_on: day,
    },
  ).filter(needsCurrency),
  withHead(
    "stage-changed",
    { lead_id: text, to_stage: text },
    {
      deal_id: text,
      from_stage: text,
      changed_by: text,
      owner: text,
      team: text,
      amount_minor: amount,
      currency,
      expected_close_on: day,
    },
  ).filter(needsCurrency),
  withHead(
    "activity-logged",
    {
      lead_id: text,
      kind: fc.constantFrom(...activityKinds),
      rep: text,
      direction: fc.constantFrom(...directions),
      automated: fc.boolean(),
    },
    { deal_id: text },
  ),
  withHead(
    "deal-closed",
    {
      lead_id: text,
      outcome: fc.constantFrom(...closeOutcomes),
      amount_minor: amount,
      currency,
      lines: fc.array(line, { maxLength: 4 }),
    },
    {
      deal_id: text,
      term_months: fc.integer({ min: 1, max: 120 }),
      recurring_amount_minor: amount,
      owner: text,
      team: text,
      account_id: text,
      reason: text,
    },
  ),
  withHead(
    "spend",
    {
      channel: text,
      category: fc.constantFrom(...spendCategories),
      amount_minor: amount,
      currency,
      period_start: fc.integer({ min: 0, max: 20_000 }),
      period_end: fc.integer({ min: 20_000, max: 20_400 }),
    },
    { campaign: text },
  ).filter((event) => event.period_end - event.period_start < 3660),
  withHead(
    "subscription-changed",
    {
      account_id: text,
      subscription_id: text,
      mrr_minor: amount,
      currency,
      reason: fc.constantFrom(...subscriptionReasons),
    },
    { plan: text },
  ),
  withHead(
    "target-set",
    { metric: text, scope, period, value: fc.double({ min: -(10 ** 13), max: 10 ** 13, noNaN: true }) },
    {},
  ),
  withHead("forecast-submitted", { scope, period, amount_minor: amount, currency }, {}),
  withHead("survey-answered", { account_id: text, kind: fc.constantFrom(...surveyKinds), score }, {}),
  withHead("lead-erased", { lead_id: text, request_id: text }, {}),
);
