import type { FactPart } from "@leadwire/funnel/testing";
import type { CheckedQuestion, KpiAnswer } from "@leadwire/kpis";
import { describe, expect, test } from "vitest";
import type { AlertRule, Level } from "../rule/rule.ts";
import { calendar, ThresholdWorld, thresholdRule, workspace } from "../testing/threshold-world.ts";
import { ThresholdEvaluator, type ThresholdOptions } from "./threshold-evaluator.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const mondayMs = Date.parse("2026-03-16T09:00:20Z");

const lead = (atMs: number, owner = "ana", team = "north"): Omit<FactPart, "factId"> => ({
  kind: "lead_created",
  atMs,
  dimensions: { owner, team },
});

const closed = (atMs: number, outcome: "won" | "lost", owner = "ana"): Omit<FactPart, "factId"> => ({
  kind: "deal_closed",
  outcome,
  atMs,
  amountMinor: 100,
  dimensions: { owner },
});

/** An evaluator over a world of its own, and the questions that it asked facts. */
const open = (rules: ReadonlyArray<AlertRule>, options: Partial<ThresholdOptions> = {}, nowMs = mondayMs) => {
  const world = new ThresholdWorld(nowMs);
  const asked: Array<CheckedQuestion> = [];
  const evaluator = new ThresholdEvaluator({
    rules,
    live: world.live,
    calendar,
    workspace,
    askFacts: (question) => asked.push(question),
    ...options,
  });
  const once = (atMs: number) => {
    world.live.slices.advance(atMs);
    const change = world.live.takeChange();
    if (change !== undefined) evaluator.note(change);
    return [...evaluator.observe(atMs)].map(({ rule, group, standing, cause, value, threshold }) => {
      const name = Object.values(group).join(" ");
      return `${rule.id}${name === "" ? "" : ` of ${name}`} ${standing} by ${cause}: ${value} against ${threshold}`;
    });
  };
  return { world, evaluator, asked, once };
};

/** What facts say of a group. */
const answerOf = (group: KpiAnswer["group"], stated: Partial<KpiAnswer>): KpiAnswer => ({
  metric: "",
  group,
  value: null,
  unit: "money",
  window: { from: null, to: null },
  formula_version: 1,
  complete_through: null,
  flags: [],
  ...stated,
});

const prior = (times: number): Level => ({ _tag: "Relative", to: "prior", times, plus: 0 });

describe("while an import brings numbers", () => {
  test("nothing is looked at, and then what it has come to", () => {
    let untilMs = Number.NEGATIVE_INFINITY;
    const rule = thresholdRule({ metric: "win_rate", window: "30d", level: 0.25 });
    const { world, once, evaluator } = open([rule], { incompleteUntilMs: () => untilMs });
    once(mondayMs);
    untilMs = mondayMs + 12_000;
    world.add(closed(mondayMs - dayMs, "lost"));
    expect(once(mondayMs + 2_000)).toEqual([]);
    expect(evaluator.nextDueMs()).toBe(mondayMs + 12_000);
    expect(evaluator.heldUntilMs(rule, mondayMs)).toBe(mondayMs + 12_000);
    world.add(closed(mondayMs - dayMs, "won"));
    expect(once(mondayMs + 12_000)).toEqual(["r1 clear by data: 0.5 against 0.25"]);
  });

  test("what facts answered meanwhile is asked again", () => {
    let untilMs = Number.NEGATIVE_INFINITY;
    const rule = thresholdRule({
      metric: "sales",
      window: "month",
      level: { _tag: "Relative", to: "target", times: 1, plus: 0 },
    });
    const { once, evaluator, asked } = open([rule], { incompleteUntilMs: () => untilMs });
    once(mondayMs);
    untilMs = mondayMs + 12_000;
    once(mondayMs + 2_000);
    const [question] = asked;
    if (question === undefined) throw new Error("nothing was asked");
    evaluator.factsAnswered(question, [answerOf({}, { value: 5, target: 9 })]);
    expect(once(mondayMs + 12_000)).toEqual([]);
    expect(asked).toHaveLength(2);
  });
});

describe("groups", () => {
  test("are told as they are found, and again only when something about them is new", () => {
    const { world, once } = open([thresholdRule({ metric: "new_leads", window: "24h", by: ["rep"], level: 2 })]);
    world.add(lead(mondayMs - hourMs));
    world.add(lead(mondayMs - hourMs, "bogdan"));
    world.add(lead(mondayMs - hourMs, "bogdan"));
    expect(once(mondayMs)).toEqual(["r1 of ana fires by data: 1 against 2", "r1 of bogdan clear by data: 2 against 2"]);
    world.add(lead(mondayMs, "bogdan"));
    expect(once(mondayMs)).toEqual([]);
    world.add(lead(mondayMs));
    expect(once(mondayMs + 1_000)).toEqual(["r1 of ana clear by data: 2 against 2"]);
    expect(once(mondayMs + minuteMs)).toEqual([]);
  });

  test("that nothing is left of are gone, by data or by time", () => {
    const { world, once } = open([thresholdRule({ metric: "new_leads", window: "1h", by: ["rep"] })]);
    world.add(lead(mondayMs - 40 * minuteMs));
    world.add(lead(mondayMs, "bogdan"));
    expect(once(mondayMs)).toHaveLength(2);
    expect(once(mondayMs + 19 * minuteMs)).toEqual([]);
    expect(once(mondayMs + 20 * minuteMs)).toEqual(["r1 of ana unknown by gone: null against null"]);
    const [, ofBogdan] = world.facts;
    if (ofBogdan !== undefined) world.remove(ofBogdan);
    expect(once(mondayMs + 20 * minuteMs)).toEqual(["r1 of bogdan unknown by gone: null against null"]);
    expect(once(mondayMs + 30 * minuteMs)).toEqual([]);
  });

  test("that a filter names are there also while nothing happens in them", () => {
    const rule = thresholdRule({ metric: "new_leads", window: "1h", where: [["team", "north"]], level: 1 });
    const { world, once } = open([rule]);
    expect(once(mondayMs)).toEqual(["r1 of north fires by time: 0 against 1"]);
    world.add(lead(mondayMs, "ana", "south"));
    expect(once(mondayMs)).toEqual([]);
    world.add(lead(mondayMs));
    expect(once(mondayMs)).toEqual(["r1 of north clear by data: 1 against 1"]);
  });

  test("whose number is null, or rests on few facts, stand for nothing", () => {
    const rule = thresholdRule({ metric: "win_rate", window: "30d", by: ["rep"], level: 0.5, minimum: 2 });
    const { world, once } = open([rule]);
    world.add(closed(mondayMs - dayMs, "lost"));
    expect(once(mondayMs)).toEqual(["r1 of ana unknown by data: 0 against 0.5"]);
    world.add(closed(mondayMs - dayMs, "lost"));
    expect(once(mondayMs)).toEqual(["r1 of ana fires by data: 0 against 0.5"]);
  });

  test("of shares of amounts count the deals behind them, not the amounts", () => {
    const rule = thresholdRule({ metric: "win_rate.by_value", window: "30d", by: ["rep"], level: 0.5, minimum: 12 });
    const { world, once } = open([rule]);
    for (let n = 0; n < 11; n += 1) world.add(closed(mondayMs - dayMs, "lost"));
    expect(once(mondayMs)).toEqual(["r1 of ana unknown by data: 0 against 0.5"]);
    world.add(closed(mondayMs - dayMs, "lost"));
    expect(once(mondayMs)).toEqual(["r1 of ana fires by data: 0 against 0.5"]);
  });

  test("are told with the newest events behind them, once they fire", () => {
    const looked: Array<string> = [];
    const recentEvents: ThresholdOptions["recentEvents"] = (kinds, dimension, value) => {
      looked.push(`${[...kinds]} ${dimension} ${value}`);
      return ["web/1"];
    };
    const rule = thresholdRule({ metric: "new_leads", window: "1h", by: ["rep"], level: 2 });
    const { world, evaluator } = open([rule], { recentEvents });
    world.add(lead(mondayMs));
    const change = world.live.takeChange();
    if (change !== undefined) evaluator.note(change);
    expect(evaluator.observe(mondayMs)).toMatchObject([{ standing: "fires", events: ["web/1"] }]);
    expect(looked).toEqual(["lead_created owner ana"]);
  });
});

describe("what a value is held against", () => {
  test("the window before counts for a group that has fallen to nothing", () => {
    const { world, once } = open([
      thresholdRule({ metric: "new_leads", window: "7d", by: ["rep"], level: prior(0.5) }),
    ]);
    for (const daysAgo of [8, 9, 10]) world.add(lead(mondayMs - daysAgo * dayMs));
    expect(once(mondayMs)).toEqual(["r1 of ana fires by data: 0 against 1.5"]);
  });

  test("the same weekday and local time of the weeks before, also over a change of clocks", () => {
    // Bucharest is at +02:00 until 29 March 2026, and at +03:00 from then on.
    const level: Level = { _tag: "Baseline", weeks: 4, mads: -1 };
    const nowMs = Date.parse("2026-04-06T10:20:00+03:00");
    const { world, once } = open([thresholdRule({ metric: "new_leads", window: "1h", level })], {}, nowMs);
    world.add(lead(Date.parse("2026-01-05T12:00:00+02:00")));
    const leads: ReadonlyArray<readonly [string, number]> = [
      ["2026-03-30T09:30:00+03:00", 4],
      ["2026-03-23T09:30:00+02:00", 5],
      ["2026-03-16T09:30:00+02:00", 6],
      ["2026-03-09T09:30:00+02:00", 9],
      ["2026-04-06T09:59:00+03:00", 3],
      // After the last whole hour.
      ["2026-04-06T10:10:00+03:00", 50],
    ];
    for (const [at, count] of leads) for (let n = 0; n < count; n += 1) world.add(lead(Date.parse(at)));
    // Median of 4, 5, 6, 9 is 5.5; of their distances 1.5, 0.5, 0.5, 3.5 it is 1.
    expect(once(nowMs)).toEqual(["r1 fires by data: 3 against 4.5"]);
    expect(once(nowMs + 40 * minuteMs)).toEqual(["r1 clear by time: 50 against 0"]);
  });

  test("weeks before the first facts are unknown, not empty", () => {
    const level: Level = { _tag: "Baseline", weeks: 4, mads: -1 };
    const { world, once } = open([thresholdRule({ metric: "new_leads", window: "1h", level })]);
    for (const daysAgo of [7, 14]) world.add(lead(mondayMs - daysAgo * dayMs));
    expect(once(mondayMs)).toEqual(["r1 unknown by data: 0 against null"]);
  });

  test("targets come from facts, values from slices at once", () => {
    const level: Level = { _tag: "Relative", to: "target", times: 0.5, plus: 0 };
    const { world, evaluator, asked, once } = open([
      thresholdRule({ metric: "sales", window: "month", by: ["rep"], level }),
    ]);
    const sale = { kind: "sale", atMs: mondayMs, amountMinor: 300, dimensions: { owner: "ana" } } as const;
    world.add(sale);
    expect(once(mondayMs)).toEqual([]);
    const [question] = asked;
    if (question === undefined) throw new Error("facts were not asked");
    evaluator.factsAnswered(question, [answerOf({ owner: "ana" }, { value: 1, target: 1_000 })]);
    expect(once(mondayMs)).toEqual(["r1 of ana fires by data: 300 against 500"]);
    world.add(sale);
    expect(once(mondayMs)).toEqual(["r1 of ana clear by data: 600 against 500"]);
  });
});

describe("facts", () => {
  const behind = thresholdRule({
    metric: "quota_attainment",
    window: "month",
    by: ["rep"],
    level: { _tag: "Relative", to: "pace", times: 1, plus: -0.1 },
  });

  test("are asked what slices do not know, every five minutes at most", () => {
    const { asked, once } = open([behind]);
    for (let second = 0; second < 900; second += 10) once(mondayMs + second * 1_000);
    const minutes = asked.map(({ atMs }) => (atMs + 1 - calendar.minuteCeilMs(mondayMs)) / minuteMs);
    expect(minutes).toEqual([0, 6, 11]);
  });

  test("leave every alert as it is until they answer", () => {
    const { asked, evaluator, once } = open([behind]);
    expect(once(mondayMs)).toEqual([]);
    expect(evaluator.isWhole(behind)).toBe(false);
    const [question] = asked;
    if (question === undefined) throw new Error("facts were not asked");
    evaluator.factsAnswered(question, [
      answerOf({ owner: "ana" }, { value: 0.3 }),
      answerOf({ owner: "bogdan" }, { value: 0.6 }),
    ]);
    // On the 16th of March 11 of 22 business days have begun.
    expect(once(mondayMs)).toEqual([
      "r1 of ana fires by data: 0.3 against 0.4",
      "r1 of bogdan clear by data: 0.6 against 0.4",
    ]);
    expect(evaluator.isWhole(behind)).toBe(true);
  });

  test("of last month say nothing about this one", () => {
    const { asked, evaluator, once } = open([behind]);
    once(mondayMs);
    const [question] = asked;
    if (question === undefined) throw new Error("facts were not asked");
    once(Date.parse("2026-04-01T09:00:00Z"));
    evaluator.factsAnswered(question, [answerOf({ owner: "ana" }, { value: 0.3 })]);
    expect(once(Date.parse("2026-04-01T09:00:01Z"))).toEqual([]);
  });

  test("may answer at once, and know groups by several dimensions", () => {
    const rule = thresholdRule({ metric: "new_leads", window: "24h", by: ["rep", "team"], level: 2 });
    const answers = [answerOf({ owner: "ana", team: "north" }, { value: 1 })];
    const { evaluator, once } = open([rule], { askFacts: (question) => evaluator.factsAnswered(question, answers) });
    expect(once(mondayMs)).toEqual(["r1 of ana north fires by data: 1 against 2"]);
  });
});

describe("work", () => {
  const everyRep = thresholdRule({ metric: "new_leads", window: "1h", by: ["rep"], level: 2 });

  test("is spread over calls, what data changed first, and nothing is left out", () => {
    const { world, evaluator, once } = open([everyRep], { answersMax: 20 });
    for (let n = 0; n < 100; n += 1) world.add(lead(mondayMs - 30 * minuteMs, `rep${n}`));
    let told = once(mondayMs).length;
    for (let calls = 0; evaluator.nextDueMs() <= mondayMs; calls += 1) {
      expect(evaluator.isWhole(everyRep)).toBe(false);
      expect(calls).toBeLessThan(20);
      told += once(mondayMs).length;
    }
    expect(told).toBe(100);
    expect(evaluator.isWhole(everyRep)).toBe(true);
    // The window rolls for all at half past; what changes meanwhile does not wait for them.
    const halfPastMs = mondayMs + 30 * minuteMs;
    expect(once(halfPastMs).every((line) => line.includes("gone"))).toBe(true);
    for (const _ of [1, 2]) world.add(lead(halfPastMs, "rep99"));
    expect(once(halfPastMs)[0]).toBe("r1 of rep99 clear by data: 2 against 2");
  });

  test("is not done again for several rules that ask the same, nor at all for what no rule asks", () => {
    const rules = [0, 1, 2].map((level) =>
      thresholdRule({ id: `r${level}`, metric: "new_leads", window: "1h", by: ["rep"], level }),
    );
    const { world, evaluator, once } = open(rules);
    world.add(lead(mondayMs));
    once(mondayMs);
    let reads = 0;
    const { visitValue } = world.live.slices;
    Object.assign(world.live.slices, {
      visitValue: (...of: Parameters<typeof visitValue>) => {
        reads += 1;
        visitValue(...of);
      },
    });
    world.add(closed(mondayMs, "won"));
    once(mondayMs);
    expect(reads).toBe(0);
    world.add(lead(mondayMs));
    expect(once(mondayMs)).toEqual(["r2 of ana clear by data: 2 against 2"]);
    // Its three stretches: minutes, hours, days.
    expect(reads).toBe(3);
    expect(evaluator.nextDueMs()).toBe(calendar.minuteCeilMs(mondayMs));
  });
});
