import { channels, dayReps, lossReasons, nightReps, products } from "./company.ts";
import { act, close, create, type Life, later, move, type Send, stated, win } from "./lead-events.ts";
import type { Rhythm } from "./rhythm.ts";
import { Rng } from "./rng.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What the live feed has to know of a lead to write about it. */
export interface LeadGlance {
  readonly leadId: string;
  readonly rep: string;
  /** Never where nobody answered. */
  readonly answeredAtMs: number;
  readonly endsAtMs: number;
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
