import type { ActivityKind, DealClosed, DealLine, LeadCreated, SalesEvent, StageChanged } from "@leadwire/events";
import { type Channel, currency, type Product, type Rep, segments } from "./company.ts";
import type { Rhythm } from "./rhythm.ts";
import type { Rng } from "./rng.ts";

/** The events of a lead's life, as its systems would write them. lead-life.ts decides which, and when. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Takes an event that a system sends at an instant. */
export type Send = (event: SalesEvent, sentAtMs: number) => void;

/** A lead while it is lived. */
export interface Life {
  readonly rng: Rng;
  readonly rhythm: Rhythm;
  readonly send: Send;
  readonly leadId: string;
  readonly accountId: string;
  readonly createdAtMs: number;
  readonly channel: Channel;
  readonly product: Product;
  readonly quantity: number;
  rep: Rep;
  /** Events made so far: the number in the next one's id. */
  events: number;
}

/** A moment in working hours, some days on. */
export const later = (life: Life, fromMs: number, daysMin: number, daysMax: number): number =>
  life.rhythm.workingMs(fromMs + life.rng.between(daysMin, daysMax) * dayMs);

const head = (life: Life, source: string, occurredAtMs: number) => ({
  event_id: `${life.leadId}.${++life.events}`,
  source_system: source,
  occurred_at: Math.round(occurredAtMs),
  revision: 0,
  voided: false,
});

/** Most events arrive within seconds; some hours or days late, some twice. */
const deliver = (life: Life, event: SalesEvent): void => {
  const { rng } = life;
  const soonMs = event.occurred_at + rng.between(150, 2500);
  const sentAtMs = Math.max(life.createdAtMs, rng.chance(0.03) ? soonMs + rng.around(3 * hourMs, 1.3) : soonMs);
  life.send(event, sentAtMs);
  if (rng.chance(0.01)) life.send(event, sentAtMs + rng.between(2000, 20 * minuteMs));
};

export const create = (life: Life): void => {
  const { rng, channel, product, rep } = life;
  const event: LeadCreated = {
    ...head(life, channel.spendMinorPerDay > 0 ? "ads" : "web", life.createdAtMs),
    type: "lead-created",
    lead_id: life.leadId,
    account_id: life.accountId,
    channel: channel.name,
    campaign: rng.pick(channel.campaigns),
    owner: rep.name,
    team: rep.team,
    region: rep.region,
    segment: rng.pick(segments),
    product: product.name,
    expected_value_minor: product.priceMinor * life.quantity,
    currency,
    expected_close_on: Math.floor((life.createdAtMs + rng.between(20, 50) * dayMs) / dayMs),
  };
  deliver(life, event);
};

export const act = (life: Life, atMs: number, kind: ActivityKind, inbound = false, automated = false): void =>
  deliver(life, {
    ...head(life, kind === "call" ? "phone" : kind === "email" || kind === "message" ? "mail" : "calendar", atMs),
    type: "activity-logged",
    lead_id: life.leadId,
    kind,
    rep: life.rep.name,
    direction: inbound ? "inbound" : "outbound",
    automated,
  });

type Extras = Pick<StageChanged, "owner" | "team" | "amount_minor" | "currency" | "expected_close_on">;

export const move = (life: Life, atMs: number, to: string, extras: Extras = {}): void =>
  deliver(life, {
    ...head(life, "crm", atMs),
    type: "stage-changed",
    lead_id: life.leadId,
    to_stage: to,
    changed_by: life.rep.name,
    ...extras,
  });

export const stated = (life: Life, amountMinor: number, atMs: number): Extras => ({
  amount_minor: amountMinor,
  currency,
  expected_close_on: Math.floor((atMs + life.rng.between(5, 25) * dayMs) / dayMs),
});

export const close = (life: Life, atMs: number, outcome: "lost" | "no_decision", reason: string): void =>
  deliver(life, {
    ...head(life, "crm", atMs),
    type: "deal-closed",
    lead_id: life.leadId,
    outcome,
    amount_minor: 0,
    currency,
    lines: [],
    owner: life.rep.name,
    team: life.rep.team,
    account_id: life.accountId,
    reason,
  });

export const win = (life: Life, atMs: number, amountMinor: number): void => {
  const { rng, product } = life;
  const event: DealClosed = {
    ...head(life, "crm", atMs),
    type: "deal-closed",
    lead_id: life.leadId,
    outcome: "won",
    amount_minor: amountMinor,
    currency,
    lines: lines(life, amountMinor),
    ...(product.recurring ? { term_months: 12, recurring_amount_minor: amountMinor } : {}),
    owner: life.rep.name,
    team: life.rep.team,
    account_id: life.accountId,
  };
  deliver(life, event);
  if (rng.chance(0.03)) {
    const corrected = Math.round(amountMinor * 0.95);
    const sentAtMs = later(life, atMs, 0.5, 4);
    life.send({ ...event, revision: 1, amount_minor: corrected, lines: lines(life, corrected) }, sentAtMs);
  }
  if (product.recurring) subscribe(life, atMs + rng.between(1, 48) * hourMs, Math.round(amountMinor / 12));
  if (rng.chance(0.3)) survey(life, later(life, atMs, 10, 20));
};

/** The product itself, and now and then its installation. */
const lines = (life: Life, amountMinor: number): ReadonlyArray<DealLine> => {
  const { product, quantity } = life;
  const cost_minor = product.costMinor * quantity;
  if (life.events % 4 !== 0) return [{ product: product.name, quantity, amount_minor: amountMinor, cost_minor }];
  const installation = Math.round(amountMinor * 0.08);
  return [
    { product: product.name, quantity, amount_minor: amountMinor - installation, cost_minor },
    { product: "Installation", quantity: 1, amount_minor: installation },
  ];
};

const subscribe = (life: Life, atMs: number, mrrMinor: number): void => {
  const event = (startMs: number, mrr_minor: number, reason: "started" | "changed" | "cancelled"): SalesEvent => ({
    ...head(life, "billing", startMs),
    type: "subscription-changed",
    account_id: life.accountId,
    subscription_id: `S-${life.leadId}`,
    mrr_minor,
    currency,
    reason,
    plan: life.product.name,
  });
  deliver(life, event(atMs, mrrMinor, "started"));
  const nextMs = later(life, atMs, 20, 70);
  if (life.rng.chance(0.12)) deliver(life, event(nextMs, Math.round(mrrMinor * 1.3), "changed"));
  else if (life.rng.chance(0.06)) deliver(life, event(nextMs, 0, "cancelled"));
};

const survey = (life: Life, atMs: number): void => {
  const nps = life.rng.chance(0.5);
  deliver(life, {
    ...head(life, "survey", atMs),
    type: "survey-answered",
    account_id: life.accountId,
    kind: nps ? "nps" : "csat",
    score: nps ? 10 - Math.floor(life.rng.unit() ** 2 * 9) : 5 - Math.floor(life.rng.unit() ** 2 * 4),
  });
};
