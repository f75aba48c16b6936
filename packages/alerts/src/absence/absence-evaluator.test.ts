import { describe, expect, test } from "vitest";
import type { AbsenceCondition, AlertRule, Patience } from "../rule/rule.ts";
import { alertRule } from "../testing/alert-rules.ts";
import { OpenSetPlay, onMonday } from "../testing/open-set-play.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;
const businessMinutes = (minutes: number): Patience => ({ _tag: "BusinessTime", ms: minutes * minuteMs });

const absence = (condition: Partial<AbsenceCondition>, more: Partial<AlertRule> = {}): AlertRule =>
  alertRule({
    id: "absence",
    condition: {
      _tag: "Absence",
      what: "lead_response",
      patience: businessMinutes(5),
      where: [],
      amountMinorMin: 0,
      ...condition,
    },
    ...more,
  });
const toManager = { patience: businessMinutes(15), severity: "critical", labels: { to: "manager" } } as const;
const unanswered = absence({}, { escalation: [toManager] });

describe("a lead without response", () => {
  test("fires when its business time is up, an answer that is under way awaited, and goes a step further", () => {
    const play = new OpenSetPlay([unanswered]);
    play.created("L1", onMonday("08:58"));
    expect(play.at(onMonday("09:05:00.199"))).toEqual([]);
    expect(play.evaluator.nextDueMs()).toBe(onMonday("09:05:00.200"));
    expect(play.at(onMonday("09:05:00.200"))).toEqual(["L1 ana fires 0 09:05:00"]);
    expect(play.at(onMonday("09:14:59"))).toEqual([]);
    expect(play.at(onMonday("09:15:01"))).toEqual(["L1 ana fires 1 09:15:00"]);
    expect(play.evaluator.nextDueMs()).toBe(Number.POSITIVE_INFINITY);
  });

  test("is nobody's business once it is answered in time, even at the last moment", () => {
    const play = new OpenSetPlay([unanswered]);
    play.created("L1", onMonday("10:00"));
    expect(play.at(onMonday("10:05"))).toEqual([]);
    play.answered("L1", onMonday("10:04:59"));
    expect(play.at(onMonday("10:05:01"))).toEqual([]);
    expect(play.at(onMonday("11:00"))).toEqual([]);
  });

  test("is put right by an answer, and says so once", () => {
    const play = new OpenSetPlay([unanswered]);
    play.created("L1", onMonday("10:00"));
    play.at(onMonday("10:06"));
    play.answered("L1", onMonday("10:07"));
    expect(play.at(onMonday("10:07:01"))).toEqual(["L1 ana clear 0 10:07:01"]);
    expect(play.at(onMonday("10:30"))).toEqual([]);
  });

  test("keeps its identity and its clock when it changes hands", () => {
    const play = new OpenSetPlay([unanswered]);
    play.created("L1", onMonday("10:00"));
    const [before] = play.observed(onMonday("10:06"));
    play.handedOver("L1", onMonday("10:08"), "bogdan");
    const [after] = play.observed(onMonday("10:08:01"));
    expect(after).toMatchObject({ identity: before?.identity, standing: "fires", step: 0, group: { owner: "bogdan" } });
    expect(play.at(onMonday("10:16"))).toEqual(["L1 bogdan fires 1 10:15:00"]);
  });

  test("fires at the instant it was due also where that was before a start, and each step at its own", () => {
    const play = new OpenSetPlay([unanswered]);
    play.created("L1", onMonday("10:00"));
    play.restart();
    expect(play.evaluator.isWhole(unanswered)).toBe(false);
    expect(play.at(onMonday("12:00"))).toEqual(["L1 ana fires 0 10:05:00", "L1 ana fires 1 10:15:00"]);
    expect(play.evaluator.isWhole(unanswered)).toBe(true);
  });

  test("raises nothing where it was put right while nobody looked", () => {
    const play = new OpenSetPlay([unanswered]);
    play.created("L1", onMonday("10:00"));
    play.answered("L1", onMonday("11:00"));
    play.restart();
    expect(play.at(onMonday("12:00"))).toEqual([]);
  });

  test("fires late where it was told of late, but never where a backfill brought it too late", () => {
    const play = new OpenSetPlay([unanswered]);
    const appendTimeMs = onMonday("11:00");
    play.created("late", onMonday("10:00"), { appendTimeMs });
    play.created("imported", onMonday("10:00"), { appendTimeMs, isBackfill: true });
    // Its manager is due at 11:05 only.
    play.created("young", onMonday("10:50"), { appendTimeMs, isBackfill: true });
    const found = ["late ana fires 0 10:05:00", "late ana fires 1 10:15:00"];
    expect(play.at(onMonday("11:00:01"))).toEqual(found);
    play.restart();
    expect(play.at(onMonday("11:30"))).toEqual([...found, "young ana fires 1 11:05:00"]);
  });

  test("an imported lead that changes hands stays what it was: due long ago", () => {
    const play = new OpenSetPlay([unanswered]);
    play.created("L1", onMonday("09:00"), { appendTimeMs: onMonday("11:00"), isBackfill: true });
    play.handedOver("L1", onMonday("11:10"), "bogdan");
    expect(play.at(onMonday("11:30"))).toEqual([]);
  });

  test("is looked at by the rules of its own team alone, also when it comes to another", () => {
    const inTeam = (team: string) => absence({ where: [["team", team]] }, { id: team });
    const play = new OpenSetPlay([inTeam("north"), inTeam("south")]);
    play.created("L1", onMonday("10:00"), {}, { team: "north" });
    const of = (atMs: number) => play.observed(atMs).map(({ rule, standing }) => `${rule.id} ${standing}`);
    expect(of(onMonday("10:06"))).toEqual(["north fires"]);
    play.handedOver("L1", onMonday("10:07"), "bogdan");
    expect(of(onMonday("10:08"))).toEqual(["north clear"]);
    expect(of(onMonday("10:30"))).toEqual([]);
  });
});

test("one call looks at so many leads for so many rules, and goes on with the next", () => {
  const play = new OpenSetPlay(Array.from({ length: 50 }, (_, n) => absence({}, { id: `r${n}` })));
  for (let n = 0; n < 100; n += 1) play.created(`L${n}`, onMonday("10:00"));
  play.restart();
  let calls = 0;
  do {
    expect(play.at(onMonday("10:01"))).toEqual([]);
    calls += 1;
  } while (!play.evaluator.isWhole(unanswered));
  expect(calls).toBeGreaterThan(2);
  expect(calls).toBeLessThan(7);
});

describe("an open deal", () => {
  const untouched = absence({ what: "deal_activity", patience: { _tag: "BusinessDays", days: 2 } });
  const overdue = absence({ what: "deal_close", patience: { _tag: "Clock", ms: 0 }, amountMinorMin: 1_000 });

  test("without activity is counted from the last one, else from its opening", () => {
    const play = new OpenSetPlay([untouched]);
    play.deal("D1", onMonday("10:00"));
    play.acted("D1", onMonday("10:00") + dayMs);
    expect(play.at(onMonday("17:01") + 2 * dayMs)).toEqual([]);
    expect(play.at(onMonday("17:01") + 3 * dayMs)).toEqual(["D1 nobody fires 0 2026-06-04T17:00:00"]);
    play.acted("D1", onMonday("18:00") + 3 * dayMs);
    expect(play.observed(onMonday("18:01") + 3 * dayMs).map(({ standing }) => standing)).toEqual(["clear"]);
  });

  test("is past its close once its day is over, where it is worth it", () => {
    const play = new OpenSetPlay([overdue]);
    const dueAtMs = onMonday("00:00");
    play.deal("big", onMonday("10:00"), { amountMinor: 1_000, dueAtMs });
    play.deal("small", onMonday("10:00"), { amountMinor: 999, dueAtMs });
    play.deal("old", onMonday("10:00"), { amountMinor: 5_000, dueAtMs: dueAtMs - dayMs }, { isBackfill: true });
    expect(play.at(onMonday("23:59:59"))).toEqual([]);
    const [found, ...others] = play.observed(onMonday("00:00:01") + dayMs);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ identity: { deal: "big" }, atMs: dueAtMs + dayMs, numerator: 1_000 });
  });

  test("is past its close by business days from the day after the expected one", () => {
    const play = new OpenSetPlay([absence({ what: "deal_close", patience: { _tag: "BusinessDays", days: 1 } })]);
    play.deal("D1", onMonday("10:00"), { dueAtMs: onMonday("00:00") });
    expect(play.at(onMonday("16:59:59") + dayMs)).toEqual([]);
    expect(play.at(onMonday("17:00:01") + dayMs)).toEqual(["D1 nobody fires 0 2026-06-02T17:00:00"]);
  });
});
