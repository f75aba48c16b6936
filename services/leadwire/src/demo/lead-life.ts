import type { ActivityKind, DealClosed, DealLine, LeadCreated, SalesEvent, StageChanged } from "@leadwire/events";
import {
  type Channel,
  channels,
  currency,
  dayReps,
  lossReasons,
  nightReps,
  type Product,
  products,
  type Rep,
  segments,
} from "./company.ts";
import type { Rhythm } from "./rhythm.ts";
import { Rng } from "./rng.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Takes an event that a system sends at an instant. */
export type Send = (event: SalesEvent, sentAtMs: number) => void;

/** What the live feed has to know of a lead to write about it. */
export interface LeadGlance {
  readonly leadId: string;
  readonly rep: string;
  /** Never where nobody answered. */
  readonly answeredAtMs: number;
  readonly endsAtMs: number;
}

interface Life {
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

/**
 * Lives one lead from its creation to its end, all of it a function of (seed, number, createdAtMs), and hands every
 * event to `send` with the instant at which its system sends it: soon after it happened, or late, or twice.
 */
export const liveLead = (seed: number, number: number, createdAtMs: number, rhythm: Rhythm, send: Send): LeadGlance => {
  const rng = new Rng(seed, number);
  const product = rng.weighted(products);
  const returning = rng.chance(0.12) && number > 50;
  const life: Life = {
    rng,
    rhythm,
    send,
    leadId: `L-${number}`,
    accountId: `A-${returning ? rng.below(number) : number}`,
    createdAtMs,
    channel: rng.weighted(channels),
    product,
    quantity: 1 + rng.below(product.quantityMax),
    rep: rng.pick(rhythm.hourAt(createdAtMs).working ? dayReps : nightReps),
    events: 0,
  };
  create(life);
  const answeredAtMs = answer(life);
  const endsAtMs = answeredAtMs === Number.POSITIVE_INFINITY ? neglect(life) : pursue(life, answeredAtMs);
  return { leadId: life.leadId, rep: life.rep.name, answeredAtMs, endsAtMs };
};

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

const create = (life: Life): void => {
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

const act = (life: Life, atMs: number, kind: ActivityKind, inbound = false, automated = false): void =>
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

const move = (life: Life, atMs: number, to: string, extras: Extras = {}): void =>
  deliver(life, {
    ...head(life, "crm", atMs),
    type: "stage-changed",
    lead_id: life.leadId,
    to_stage: to,
    changed_by: life.rep.name,
    ...extras,
  });

/** The first answer, after the autoresponder's: infinity where nobody ever answers. */
const answer = (life: Life): number => {
  const { rng } = life;
  if (rng.chance(0.35)) act(life, life.createdAtMs + 2000, "email", false, true);
  if (rng.chance(0.05)) return Number.POSITIVE_INFINITY;
  if (rng.chance(0.01)) {
    const before = life.createdAtMs - rng.between(1, 20) * hourMs;
    act(life, before, "call");
    return life.createdAtMs;
  }
  const forgotten = rng.chance(0.05);
  const waitMs = forgotten ? rng.between(2, 30) * hourMs : 15_000 + rng.around(life.rep.answerMedianMs, 0.75);
  const atMs = forgotten ? life.rhythm.workingMs(life.createdAtMs + waitMs) : life.createdAtMs + waitMs;
  act(life, atMs, rng.chance(0.6) ? "call" : "email");
  return atMs;
};

/** Nobody answered: some are closed weeks later, some wait for ever. */
const neglect = (life: Life): number => {
  if (life.rng.chance(0.5)) return Number.POSITIVE_INFINITY;
  const atMs = later(life, life.createdAtMs, 10, 25);
  close(life, atMs, "lost", "timing");
  return atMs;
};

const later = (life: Life, fromMs: number, daysMin: number, daysMax: number): number =>
  life.rhythm.workingMs(fromMs + life.rng.between(daysMin, daysMax) * dayMs);

/** Touches between two moments, with answers from the other side. */
const touches = (life: Life, fromMs: number, toMs: number, mean: number): void => {
  const { rng } = life;
  const count = rng.count(mean);
  for (let done = 0; done < count; done += 1) {
    const atMs = life.rhythm.workingMs(rng.between(fromMs, toMs));
    if (atMs >= toMs) continue;
    const kind = rng.chance(0.45) ? "call" : rng.chance(0.75) ? "email" : "message";
    act(life, atMs, kind, rng.chance(0.25), rng.chance(0.06));
  }
};

/** From the first answer to the end: contacted, qualified, proposal, negotiation, closed, and now and then back again. */
const pursue = (life: Life, answeredAtMs: number): number => {
  const { rng } = life;
  const promise = life.channel.quality * (0.7 + 0.3 * life.rep.skill);
  let atMs = answeredAtMs + rng.between(1, 30) * minuteMs;
  move(life, atMs, "contacted");
  const qualifiedMs = later(life, atMs, 0.8, 5);
  touches(life, atMs, qualifiedMs, 2.2);
  if (!rng.chance(0.56 * promise)) return giveUp(life, qualifiedMs);
  if (rng.chance(0.7)) {
    act(life, Math.max(atMs + hourMs, qualifiedMs - rng.between(1, 20) * hourMs), "meeting_booked");
    act(life, qualifiedMs, "meeting_held");
  }
  atMs = qualifiedMs + rng.between(5, 90) * minuteMs;
  move(life, atMs, "qualified");
  if (rng.chance(0.05)) handOver(life, atMs + rng.between(1, 30) * hourMs);
  const proposalMs = later(life, atMs, 2, 10);
  touches(life, atMs, proposalMs, 2.4);
  if (!rng.chance(0.62 * promise)) return giveUp(life, proposalMs);
  let amountMinor = Math.round((life.product.priceMinor * life.quantity * rng.between(0.8, 1.1)) / 100) * 100;
  move(life, proposalMs, "proposal", stated(life, amountMinor, proposalMs));
  const negotiationMs = later(life, proposalMs, 3, 12);
  touches(life, proposalMs, negotiationMs, 2.4);
  let closeMs = negotiationMs;
  if (rng.chance(0.7)) {
    if (rng.chance(0.3)) act(life, negotiationMs - 2 * hourMs, "meeting_held");
    amountMinor = Math.round((amountMinor * rng.between(0.85, 1.02)) / 100) * 100;
    move(life, negotiationMs, "negotiation", stated(life, amountMinor, negotiationMs));
    closeMs = later(life, negotiationMs, 3, 14);
    touches(life, negotiationMs, closeMs, 2);
  }
  return decide(life, closeMs, amountMinor);
};

const stated = (life: Life, amountMinor: number, atMs: number): Extras => ({
  amount_minor: amountMinor,
  currency,
  expected_close_on: Math.floor((atMs + life.rng.between(5, 25) * dayMs) / dayMs),
});

/** Another rep takes over. */
const handOver = (life: Life, atMs: number): void => {
  life.rep = life.rng.pick(dayReps);
  move(life, life.rhythm.workingMs(atMs), "qualified", { owner: life.rep.name, team: life.rep.team });
};

/** A lead that never became an opportunity: closed as such by most reps, left open by some. */
const giveUp = (life: Life, atMs: number): number => {
  if (life.rng.chance(0.25)) return atMs;
  const endMs = later(life, atMs, 0.2, 6);
  close(life, endMs, life.rng.chance(0.8) ? "lost" : "no_decision", life.rng.pick(lossReasons));
  return endMs;
};

const decide = (life: Life, atMs: number, amountMinor: number): number => {
  const { rng } = life;
  const won = 0.31 * life.rep.skill;
  const drawn = rng.unit();
  if (drawn < won) {
    win(life, atMs, amountMinor);
    return atMs;
  }
  const outcome = drawn < won + 0.14 ? "no_decision" : "lost";
  close(life, atMs, outcome, rng.pick(lossReasons));
  if (outcome === "no_decision" || !rng.chance(0.06)) return atMs;
  const backMs = later(life, atMs, 4, 18);
  move(life, backMs, "negotiation", stated(life, amountMinor, backMs));
  const againMs = later(life, backMs, 2, 9);
  if (rng.chance(0.5)) win(life, againMs, Math.round(amountMinor * 0.9));
  else close(life, againMs, "lost", "price");
  return againMs;
};

const close = (life: Life, atMs: number, outcome: "lost" | "no_decision", reason: string): void =>
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

const win = (life: Life, atMs: number, amountMinor: number): void => {
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
