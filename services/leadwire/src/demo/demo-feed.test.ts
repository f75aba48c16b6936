import { checkEvent, doorMessage, type SalesEvent } from "@leadwire/events";
import { describe, expect, test } from "vitest";
import { type DemoEvent, type DemoPlan, demoFeed, demoHistory } from "./demo-feed.ts";

const dayMs = 86_400_000;
const fromMs = Date.parse("2026-03-02T06:30:00Z");
const toMs = fromMs + 90 * dayMs;
const plan: DemoPlan = { seed: 1, fromMs, liveFromMs: toMs, scale: 1 };
const history = [...demoHistory(1, fromMs, toMs)];

const take = (feed: Generator<DemoEvent, never>, count: number): DemoEvent[] =>
  Array.from({ length: count }, () => feed.next().value);

const of = <T extends SalesEvent["type"]>(type: T): ReadonlyArray<Extract<SalesEvent, { readonly type: T }>> =>
  history.flatMap(({ event }) => (event.type === type ? [event as Extract<SalesEvent, { readonly type: T }>] : []));

describe("the demo's feed", () => {
  test("is the same for the same plan, and another for another seed", () => {
    expect(take(demoFeed(plan), 3000)).toEqual(take(demoFeed(plan), 3000));
    expect(take(demoFeed({ ...plan, seed: 2 }), 100)).not.toEqual(take(demoFeed(plan), 100));
  });

  test("goes on after any instant with what comes next, in the history and where it is live", () => {
    const whole = take(demoFeed(plan), history.length + 500);
    for (const index of [0, 1, 777, 12_345, history.length - 1, history.length, history.length + 300]) {
      const resumed = take(demoFeed(plan, whole[index]?.sentAtMs), 50);
      expect(resumed).toEqual(whole.slice(index + 1, index + 51));
    }
    expect(take(demoFeed(plan, fromMs - 1), 10)).toEqual(whole.slice(0, 10));
  });

  test("begins its live part where the history ends", () => {
    const whole = take(demoFeed(plan), history.length + 1);
    expect(whole.slice(0, history.length)).toEqual(history);
    expect(whole[history.length]?.sentAtMs).toBeGreaterThanOrEqual(toMs);
  });

  test("sends each event at an instant of its own, never before it happened", () => {
    let lastMs = 0;
    for (const { event, sentAtMs } of take(demoFeed(plan), history.length + 2000)) {
      expect(sentAtMs > lastMs && Number.isInteger(sentAtMs) && event.occurred_at <= sentAtMs).toBe(true);
      lastMs = sentAtMs;
    }
  });

  test("holds only events that the door lets in", () => {
    for (const { event } of take(demoFeed(plan), history.length + 2000)) {
      const checked = checkEvent(event);
      if (checked._tag === "Left") throw new Error(`${event.type} ${event.event_id}: ${doorMessage(checked.left)}`);
    }
  });

  test("gives one content to an id and revision", () => {
    const contents = new Map<string, string>();
    for (const { event } of history) {
      const id = `${event.source_system}/${event.event_id}/${event.revision}`;
      const content = JSON.stringify(event);
      expect(contents.get(id) ?? content).toBe(content);
      contents.set(id, content);
    }
    expect(contents.size).toBeLessThan(history.length);
  });

  test("moves every few seconds while it is live, by day and by night", () => {
    const live = take(demoFeed(plan, toMs - 1), 12_000);
    const hours = new Map<number, number>();
    for (const { sentAtMs } of live) {
      const hour = Math.floor(sentAtMs / 3_600_000);
      hours.set(hour, (hours.get(hour) ?? 0) + 1);
    }
    const counts = [...hours.values()].slice(1, -1);
    expect(counts.length).toBeGreaterThan(12);
    expect(Math.min(...counts)).toBeGreaterThan(180);
    expect(Math.max(...counts)).toBeLessThan(1800);
  });
});

describe("the demo's company", () => {
  const created = new Map(of("lead-created").map((lead) => [lead.lead_id, lead]));
  const closes = new Map(of("deal-closed").map((deal) => [deal.lead_id, deal]));
  const opportunities = new Set(
    of("stage-changed")
      .filter(({ to_stage }) => to_stage === "proposal")
      .map((one) => one.lead_id),
  );

  test("has 400 to 700 events a day", () => {
    expect(history.length / 90).toBeGreaterThan(400);
    expect(history.length / 90).toBeLessThan(700);
  });

  test("answers 60 to 75 % of its leads in five minutes", () => {
    const answeredMs = new Map<string, number>();
    for (const touch of of("activity-logged")) {
      if (touch.automated || touch.direction === "inbound") continue;
      answeredMs.set(touch.lead_id, Math.min(answeredMs.get(touch.lead_id) ?? Infinity, touch.occurred_at));
    }
    const met = [...created.values()].filter(
      (lead) => (answeredMs.get(lead.lead_id) ?? Infinity) - lead.occurred_at <= 300_000,
    );
    expect(met.length / created.size).toBeGreaterThan(0.6);
    expect(met.length / created.size).toBeLessThan(0.75);
  });

  test("wins 25 to 35 % of its opportunities, after three to six weeks", () => {
    const decided = [...closes.values()].filter((deal) => opportunities.has(deal.lead_id));
    const won = decided.filter((deal) => deal.outcome === "won");
    expect(won.length / decided.length).toBeGreaterThan(0.25);
    expect(won.length / decided.length).toBeLessThan(0.35);
    const cycles = won.map((deal) => (deal.occurred_at - (created.get(deal.lead_id)?.occurred_at ?? 0)) / dayMs);
    const mean = cycles.reduce((sum, days) => sum + days, 0) / cycles.length;
    expect(mean).toBeGreaterThan(21);
    expect(mean).toBeLessThan(42);
  });

  test("pays less for a customer than a deal brings", () => {
    const won = of("deal-closed").filter((deal) => deal.outcome === "won");
    const sales = won.reduce((sum, deal) => sum + deal.amount_minor, 0);
    const spend = of("spend").reduce((sum, one) => sum + one.amount_minor, 0);
    const customers = new Set(won.map((deal) => deal.account_id)).size;
    expect(spend / customers).toBeGreaterThan(20_000);
    expect(spend / customers).toBeLessThan(sales / won.length / 4);
  });

  test("has late and repeated events, corrections, reopened deals and leads that change hands", () => {
    const seen = new Set<string>();
    let [late, repeated] = [0, 0];
    for (const { event, sentAtMs } of history) {
      if (sentAtMs - event.occurred_at > 60_000) late += 1;
      const id = `${event.source_system}/${event.event_id}/${event.revision}`;
      if (seen.has(id)) repeated += 1;
      seen.add(id);
    }
    expect(late).toBeGreaterThan(100);
    expect(repeated).toBeGreaterThan(100);
    expect(history.some(({ event }) => event.revision > 0)).toBe(true);
    const firstClose = new Map<string, number>();
    for (const deal of of("deal-closed"))
      firstClose.set(deal.lead_id, Math.min(firstClose.get(deal.lead_id) ?? Infinity, deal.occurred_at));
    const reopened = of("stage-changed").filter(
      (move) => move.occurred_at > (firstClose.get(move.lead_id) ?? Infinity),
    );
    expect(reopened.length).toBeGreaterThan(5);
    expect(of("stage-changed").some((move) => move.owner !== undefined)).toBe(true);
  });
});
