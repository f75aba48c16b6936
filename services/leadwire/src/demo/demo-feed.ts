import type { SalesEvent } from "@leadwire/events";
import { timeZone } from "./company.ts";
import { type LeadGlance, liveLead } from "./lead-life.ts";
import { forecastOfNextMonth, planOfMonth, spendOfDay } from "./plan-and-spend.ts";
import { Rhythm } from "./rhythm.ts";
import { Rng } from "./rng.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const leadsPerHour = 2.5;
/** How many times more leads come in once the feed is live, so that a page moves while it is watched. */
const liveLeadFactor = 4;
const liveTouchesPerHour = 500;
const glancesKept = 2000;

/** What makes one demo: the same plan gives the same events, for ever. */
export interface DemoPlan {
  readonly seed: number;
  /** Where the company's history begins. */
  readonly fromMs: number;
  /** From here on the company is a busier one that never sleeps. Infinity: never. */
  readonly liveFromMs: number;
  /** 1 is the demo's company (some 600 events a day); 21 gives a million events in 90 days. */
  readonly scale: number;
}

export interface DemoEvent {
  readonly event: SalesEvent;
  /** When its system sends it: late events late, repeated ones again. Whole, and higher than that of any event before. */
  readonly sentAtMs: number;
}

interface Queued {
  readonly event: SalesEvent;
  readonly sentAtMs: number;
}

/**
 * Every event of the demo in the order of sending, without end. The instant of sending is unique, so it is the place to
 * go on from: `afterMs` is the last one sent (nothing comes twice and nothing is left out), whatever was run before.
 */
export function* demoFeed(plan: DemoPlan, afterMs = Number.NEGATIVE_INFINITY): Generator<DemoEvent, never> {
  const company = new Company(plan);
  let lastMs = Number.NEGATIVE_INFINITY;
  for (let hour = Math.floor(plan.fromMs / hourMs); ; hour += 1) {
    for (const { event, sentAtMs } of company.hour(hour)) {
      lastMs = Math.max(Math.ceil(sentAtMs), lastMs + 1);
      if (lastMs > afterMs) yield { event, sentAtMs: lastMs };
    }
  }
}

/** The company's history: everything sent before `toMs`, where the live part begins. */
export const demoHistory = (seed: number, fromMs: number, toMs: number, scale = 1): Generator<DemoEvent> =>
  until(demoFeed({ seed, fromMs, liveFromMs: toMs, scale }), toMs);

function* until(feed: Generator<DemoEvent, never>, toMs: number): Generator<DemoEvent> {
  for (const one of feed) {
    if (one.sentAtMs >= toMs) return;
    yield one;
  }
}

/** Plays the company hour by hour. What a lead will send in later hours waits in those hours' lists. */
class Company {
  readonly #plan: DemoPlan;
  readonly #rhythm = new Rhythm(timeZone);
  readonly #waiting = new Map<number, Queued[]>();
  readonly #glances: LeadGlance[] = [];
  #leads = 0;
  #touches = 0;

  constructor(plan: DemoPlan) {
    this.#plan = plan;
  }

  /** The events sent in an hour (since 1970), in order; to be asked for hour after hour. */
  hour(hour: number): ReadonlyArray<Queued> {
    const { seed, liveFromMs, scale } = this.#plan;
    const startMs = hour * hourMs;
    const live = startMs >= liveFromMs;
    const rng = new Rng(seed ^ 0x27d4eb2f, hour);
    if (hour % 24 === 0) this.#day(hour / 24);
    const mean = leadsPerHour * scale * this.#rhythm.hourAt(startMs).weight * (live ? liveLeadFactor : 1);
    const arrivals = Array.from({ length: rng.count(mean) }, () => startMs + Math.floor(rng.unit() * hourMs));
    for (const atMs of arrivals.sort((a, b) => a - b)) {
      if (atMs < this.#plan.fromMs) continue;
      this.#leads += 1;
      const glance = liveLead(seed, this.#leads, atMs, this.#rhythm, this.#send);
      this.#glances[this.#leads % glancesKept] = glance;
    }
    if (live) this.#touch(rng, startMs);
    const sent = this.#waiting.get(hour) ?? [];
    this.#waiting.delete(hour);
    return sent.sort((a, b) => a.sentAtMs - b.sentAtMs);
  }

  readonly #send = (event: SalesEvent, sentAtMs: number): void => {
    const hour = Math.floor(sentAtMs / hourMs);
    const list = this.#waiting.get(hour);
    if (list === undefined) this.#waiting.set(hour, [{ event, sentAtMs }]);
    else list.push({ event, sentAtMs });
  };

  #day(day: number): void {
    const { seed, liveFromMs, scale } = this.#plan;
    spendOfDay(seed, day, day * dayMs >= liveFromMs ? scale * liveLeadFactor : scale, this.#send);
    const date = new Date(day * dayMs).getUTCDate();
    if (date === 1) planOfMonth(day, scale, this.#send);
    if (date === 25) forecastOfNextMonth(seed, day, scale, this.#send);
  }

  /** Reps at work on leads that are answered and not yet at their end: every few seconds one, fewer at night. */
  #touch(rng: Rng, startMs: number): void {
    const count = Math.round(liveTouchesPerHour * (0.8 + 0.3 * this.#rhythm.hourAt(startMs).weight));
    for (let done = 0; done < count; done += 1) {
      const atMs = startMs + Math.floor(rng.unit() * (hourMs - 1000));
      const glance = this.#leadAtWork(rng, atMs);
      const kind = rng.chance(0.5) ? "call" : rng.chance(0.7) ? "email" : "message";
      const inbound = rng.chance(0.3);
      if (glance === undefined) continue;
      this.#touches += 1;
      this.#send(
        {
          type: "activity-logged",
          event_id: `touch.${this.#touches}`,
          source_system: kind === "call" ? "phone" : "mail",
          occurred_at: atMs,
          revision: 0,
          voided: false,
          lead_id: glance.leadId,
          kind,
          rep: glance.rep,
          direction: inbound ? "inbound" : "outbound",
          automated: false,
        },
        atMs + rng.between(150, 900),
      );
    }
  }

  #leadAtWork(rng: Rng, atMs: number): LeadGlance | undefined {
    for (let tries = 0; tries < 8; tries += 1) {
      const glance = this.#glances[rng.below(Math.max(1, this.#glances.length))];
      if (glance !== undefined && glance.answeredAtMs <= atMs && glance.endsAtMs > atMs) return glance;
    }
    return undefined;
  }
}
