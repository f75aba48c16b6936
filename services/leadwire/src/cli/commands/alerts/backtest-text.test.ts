import { expect, test } from "vitest";
import type { BacktestAlertLine, BacktestDocument } from "../../../backtest/backtest-document.ts";
import { backtestText } from "./backtest-text.ts";

const alert: BacktestAlertLine = {
  rule: "win-rate-low",
  fingerprint: "f",
  labels: { team: "north" },
  severity: "warning",
  step: 0,
  summary: "",
  value: 0.2,
  numerator: 1,
  denominator: 5,
  threshold: 0.25,
  unit: "ratio",
  stands_at_start: false,
  fired_at: "2026-03-03T07:02:00.000Z",
  resolved_at: "2026-03-04T07:02:00.000Z",
  fired_for_ms: 86_400_000,
  time_to_fire_ms: 200,
};

const found: BacktestDocument = {
  rule: "win-rate-low",
  when: "win_rate 30d by team < 0.25",
  version: "v",
  from: "2026-02-28T22:00:00.000Z",
  to: "2026-03-09T22:00:00.000Z",
  currency: "EUR",
  events: 1_200,
  backfilled: 12,
  alerts: [
    alert,
    { ...alert, labels: { team: "south" }, stands_at_start: true, resolved_at: null, fired_for_ms: null },
  ],
  alerts_per_day: 1 / 9,
  busiest_day: { day: "2026-03-03", alerts: 1 },
  time_to_fire_ms: { median: 200, max: 90_000 },
  notifications: { ops: 1, wallboard: 2 },
};

test("so many a day are a whole number", () => {
  expect(backtestText({ ...found, alerts_per_day: 3_930.4 }, "UTC")).toContain("alerts          2, 3,930 a day");
});

test("says what would have been raised, in the workspace's time", () => {
  expect(backtestText(found, "Europe/Bucharest")).toBe(
    [
      "rule            win-rate-low",
      "when            win_rate 30d by team < 0.25",
      "played          2026-03-01 00:00 to 2026-03-10 00:00 (Europe/Bucharest)",
      "events          1,200 (12 of an import or a replay: taken as arrived when they happened)",
      "alerts          2, 0.11 a day",
      "busiest day     2026-03-03: 1",
      "time to fire    at once (median), 1 min 30 s at most",
      "notifications   ops 1, wallboard 2",
      "",
      "fired             alert       value                                fired for  time to fire",
      "────────────────  ──────────  ─────────────────────────────────  ───────────  ────────────",
      "2026-03-03 09:02  team=north  20.00 % (1 of 5), against 25.00 %     1.0 days       at once",
      "2026-03-03 09:02  team=south  20.00 % (1 of 5), against 25.00 %  still fires  stood before",
      "",
      "",
    ].join("\n"),
  );
});

test("says what another version would change", () => {
  const against = {
    ...found,
    file: "draft.yaml",
    both: 1,
    only_here: [],
    only_there: [{ ...alert, labels: { team: "west" } }],
    moved: [{ here: alert, there: alert, fires_later_ms: -3_600_000, resolves_later_ms: 90_000 }],
  };
  const text = backtestText({ ...found, against }, "UTC");
  expect(text).toContain("Against draft.yaml\nwhen            win_rate 30d by team < 0.25\nalerts          2,");
  expect(text).toContain("in both         1, of these at other times 1\n\nNew:\n");
  expect(text).toContain("team=west");
  expect(text).toMatch(/At other times:\n.*\n.*\n2026-03-03 07:02 {2}team=north {2}1 h earlier {2}1 min 30 s later/u);
  expect(text).not.toContain("No more:");
});
