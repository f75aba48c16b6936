import type { AlertChanged } from "@leadwire/events";
import { sampleChange } from "@leadwire/events/testing";
import { defaultWorkspace, parseEventLine, ZoneCalendar } from "@leadwire/funnel";
import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { BacktestCollector } from "./backtest.ts";
import { BacktestAlerts } from "./backtest-alert.ts";
import { backtestDifference } from "./backtest-difference.ts";
import { playedLine } from "./played-record.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;
const utc = new ZoneCalendar("UTC");

const changed = (change: Partial<AlertChanged>): AlertChanged =>
  sampleChange({ fingerprint: "f", labels: {}, at: 0, evaluated_at: change.at ?? 0, started_at: 0, ...change });

const alertsOf = (fromMs: number, records: ReadonlyArray<readonly [AlertChanged, number | undefined]>) => {
  const alerts = new BacktestAlerts(fromMs);
  for (const [record, eventMs] of records) alerts.apply(record, eventMs);
  return alerts.list();
};

test("a firing lasts from its transition to its end, as far as it escalated", () => {
  const found = alertsOf(0, [
    [changed({ at: 10 * minuteMs }), 9 * minuteMs],
    [changed({ at: 20 * minuteMs, former: "firing", step: 1, severity: "critical", cause: "time" }), undefined],
    [changed({ at: 30 * minuteMs, former: "firing", status: "resolved" }), undefined],
    [changed({ at: 40 * minuteMs }), undefined],
  ]);
  expect(found).toMatchObject([
    { fired_at_ms: 10 * minuteMs, resolved_at_ms: 30 * minuteMs, step: 1, severity: "critical" },
    { fired_at_ms: 40 * minuteMs, resolved_at_ms: null, step: 0 },
  ]);
});

test("the time to fire runs from the event that caused it, over a time of waiting, or from the instant due", () => {
  const found = alertsOf(0, [
    [changed({ at: 10 * minuteMs, status: "pending" }), 8 * minuteMs],
    [changed({ at: 15 * minuteMs, former: "pending", cause: "time" }), undefined],
    [changed({ fingerprint: "g", at: 15 * minuteMs, evaluated_at: 15 * minuteMs + 200, cause: "time" }), undefined],
  ]);
  expect(found.map((alert) => alert.time_to_fire_ms)).toEqual([7 * minuteMs, 200]);
});

test("counts by day and receiver leave out what stood when the stretch began", () => {
  const collector = new BacktestCollector(0);
  const line = parseEventLine("1970-01-02 lead-created L1", {
    workspace: defaultWorkspace,
    sourceSystem: "t",
    number: 1,
  });
  if (isLeft(line)) throw new Error(line.left);
  const by = playedLine(line.right);
  const planned = {
    key: "",
    epoch: 1,
    group_key: "",
    group: {},
    kind: "changed",
    transitions: [],
    alerts: [],
  } as const;
  for (const [fingerprint, at] of [
    ["a", 0],
    ["b", dayMs + minuteMs],
    ["c", dayMs + 2 * minuteMs],
    ["d", 3 * dayMs],
  ] as const)
    collector.apply({ atMs: at, by, record: { name: "alert-changed", record: changed({ fingerprint, at }) } });
  for (const receiver of ["wall", "ops", "wall"])
    collector.apply({
      atMs: 0,
      by: undefined,
      record: { name: "notification-planned", record: { ...planned, receiver, planned_at: 0 } },
    });
  expect(collector.finish(4 * dayMs, utc)).toMatchObject({
    alerts: [{ stands_at_start: true }, { stands_at_start: false }, {}, {}],
    alerts_per_day: 0.75,
    busiest_day: { day: "1970-01-02", alerts: 2 },
    time_to_fire_ms: { median: 2 * minuteMs, max: 2 * dayMs },
    notifications: { ops: 1, wall: 2 },
  });
});

test("two versions raise the same alert where their firings of it have an instant in common", () => {
  const firing = (fingerprint: string, from: number, to: number | undefined) => {
    const ends = to === undefined ? [] : [changed({ fingerprint, at: to, former: "firing", status: "resolved" })];
    return alertsOf(
      -1,
      [changed({ fingerprint, at: from }), ...ends].map((each) => [each, undefined] as const),
    );
  };
  const here = [...firing("a", 10, 20), ...firing("b", 10, 20), ...firing("c", 10, undefined)];
  const there = [...firing("a", 15, 20), ...firing("b", 21, 30), ...firing("c", 10, undefined), ...firing("d", 1, 2)];
  const { both, only_here, only_there, moved } = backtestDifference(here, there);
  expect(both).toBe(2);
  expect(only_here.map(({ fingerprint }) => fingerprint)).toEqual(["b"]);
  expect(only_there.map(({ fingerprint }) => fingerprint)).toEqual(["b", "d"]);
  expect(moved).toMatchObject([{ here: { fingerprint: "a" }, fires_later_ms: 5, resolves_later_ms: 0 }]);
});
