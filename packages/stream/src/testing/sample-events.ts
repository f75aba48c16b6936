import type {
  ActivityLogged,
  DealClosed,
  LeadCreated,
  Spend,
  StageChanged,
  SubscriptionChanged,
} from "@leadwire/events";

/** Plain events for tests: the fields a test cares about, and something reasonable in the others. */

const head = { source_system: "crm", revision: 0, voided: false };

export const leadCreated = (lead: string, atMs: number, more: Partial<LeadCreated> = {}): LeadCreated => ({
  ...head,
  type: "lead-created",
  event_id: `${lead}-created`,
  occurred_at: atMs,
  lead_id: lead,
  owner: "ana",
  channel: "web",
  ...more,
});

/** A human's outbound email. */
export const touched = (
  lead: string,
  id: string,
  atMs: number,
  more: Partial<ActivityLogged> = {},
): ActivityLogged => ({
  ...head,
  type: "activity-logged",
  event_id: `${lead}-${id}`,
  occurred_at: atMs,
  lead_id: lead,
  kind: "email",
  direction: "outbound",
  automated: false,
  rep: "ana",
  ...more,
});

export const stageChanged = (
  lead: string,
  to: string,
  atMs: number,
  more: Partial<StageChanged> = {},
): StageChanged => ({
  ...head,
  type: "stage-changed",
  event_id: `${lead}-to-${to}`,
  occurred_at: atMs,
  lead_id: lead,
  to_stage: to,
  ...more,
});

/** A won deal. */
export const dealClosed = (
  lead: string,
  atMs: number,
  amountMinor: number,
  more: Partial<DealClosed> = {},
): DealClosed => ({
  ...head,
  type: "deal-closed",
  event_id: `${lead}-closed`,
  occurred_at: atMs,
  lead_id: lead,
  outcome: "won",
  amount_minor: amountMinor,
  currency: "USD",
  lines: [],
  ...more,
});

/** `days` count from 1970-01-01, both included. */
export const spent = (id: string, atMs: number, amountMinor: number, days: readonly [number, number]): Spend => ({
  ...head,
  type: "spend",
  event_id: id,
  occurred_at: atMs,
  channel: "web",
  category: "advertising",
  amount_minor: amountMinor,
  currency: "USD",
  period_start: days[0],
  period_end: days[1],
});

export const subscribed = (
  account: string,
  id: string,
  atMs: number,
  more: Partial<SubscriptionChanged> = {},
): SubscriptionChanged => ({
  ...head,
  type: "subscription-changed",
  event_id: id,
  occurred_at: atMs,
  account_id: account,
  subscription_id: "s1",
  mrr_minor: 100,
  currency: "USD",
  reason: "started",
  ...more,
});
