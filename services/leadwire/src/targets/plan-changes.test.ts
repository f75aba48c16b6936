import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { Converter } from "@leadwire/stream";
import { isRight } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { eventJudge } from "../engine/event-judge.ts";
import { planChanges } from "./plan-changes.ts";
import { type PlanFile, readPlanFile } from "./plan-file.ts";
import type { PlanLine } from "./plan-line.ts";

const workspace = {
  ...defaultWorkspace,
  timeZone: "Europe/Bucharest",
  currency: "EUR",
  rates: [{ currency: "USD", fromDay: 20_000, rate: "0.90" }],
};
const calendar = new ZoneCalendar(workspace.timeZone);
const nowMs = Date.UTC(2026, 2, 2, 9);
const rules = { workspace, calendar, catalogue, nowMs, revision: nowMs, judge: eventJudge(workspace) };

const read = (text: string): PlanFile => {
  const file = readPlanFile(Buffer.from(text));
  if (!isRight(file)) throw new Error(file.left);
  return file.right;
};

const changes = (text: string, standing: ReadonlyArray<PlanLine> = []) =>
  planChanges(read(text).rows, standing, rules, new Converter(workspace, calendar));

const sales: PlanLine = {
  metric: "sales",
  scope: "company",
  period: "2026-Q1",
  value: 50_000_000,
  set_at: "2026-01-05T00:00:00.000Z",
  counts: true,
};

test("takes values in the metric's own unit, money in minor units, and forecasts in their own currency", () => {
  const { events, added, rejected } = changes(
    [
      "metric,scope,period,value,currency",
      "sales,company,2026-Q1,500000.00,EUR",
      "win_rate,team:north,2026,0.25,",
      "lead_response_time.p90,rep:ana,2026-03,300,",
      "forecast,team:north,2026-03,65000.50,USD",
    ].join("\n"),
  );
  expect(rejected).toEqual([]);
  expect(added).toBe(4);
  expect(events).toMatchObject([
    { type: "target-set", metric: "sales", scope: "company", period: "2026-Q1", value: 50_000_000, occurred_at: nowMs },
    { type: "target-set", metric: "win_rate", scope: "team:north", value: 0.25 },
    { type: "target-set", metric: "lead_response_time.p90", scope: "rep:ana", value: 300 },
    { type: "forecast-submitted", scope: "team:north", period: "2026-03", amount_minor: 6_500_050, currency: "USD" },
  ]);
});

test("the same file again changes nothing, another value is a correction of its own", () => {
  const same = "metric;scope;period;value\r\nsales;company;2026-Q1;500000\r\n";
  expect(changes(same, [sales])).toMatchObject({ events: [], unchanged: 1 });
  const { events, corrected } = changes(same.replace("500000", "450000"), [sales]);
  expect(corrected).toBe(1);
  expect(events).toMatchObject([{ value: 45_000_000, occurred_at: nowMs, revision: nowMs }]);
  // Back to the first value: what counts is compared, not what was ever set.
  const lowered = { ...sales, value: 45_000_000, set_at: "2026-02-01T00:00:00.000Z" };
  expect(changes(same, [{ ...sales, counts: false }, lowered]).corrected).toBe(1);
});

test("what was set at a time of its own is compared with what was set then, and keeps its event", () => {
  const row = (value: string) => `metric,scope,period,value,set_at\nsales,company,2026-Q1,${value},2026-01-05\n`;
  const [first] = changes(row("500000")).events;
  expect(first?.occurred_at).toBe(Date.UTC(2026, 0, 4, 22));
  const set = { ...sales, set_at: "2026-01-04T22:00:00.000Z", counts: false };
  const later = { ...sales, value: 1, set_at: "2026-02-01T00:00:00.000Z" };
  expect(changes(row("500000.00"), [set, later])).toMatchObject({ events: [], unchanged: 1 });
  const [second] = changes(row("510000"), [set, later]).events;
  expect(second).toMatchObject({ event_id: first?.event_id, value: 51_000_000 });
});

test("refuses a row with its line, what was found and what was expected, and takes the others", () => {
  const { events, rejected } = changes(
    [
      "metric,scope,period,value,currency,set_at",
      "profit,company,2026,1,,",
      "sales,north,2026,1,,",
      "sales,company,2026-13,1,,",
      "sales,company,2026,1.005,,",
      "sales,company,2026,1,USD,",
      "win_rate,company,2026,25%,,",
      "win_rate,company,2026,0.25,EUR,",
      "forecast,company,2026,1,CHF,",
      "sales,company,2026,1,,soon",
      "sales,company,2026,1,,2027-01-01",
      "sales,company,2026,1,,",
      "sales,company,2026,2,,",
    ].join("\n"),
  );
  expect(events).toHaveLength(1);
  expect(rejected.map(({ line, why }) => `${line}: ${why}`)).toEqual([
    '2: metric is "profit": expected forecast or a metric. npx leadwire kpi --list shows them.',
    '3: scope is "north": expected company, team:NAME or rep:NAME.',
    '4: period is "2026-13": expected a year, quarter or month such as 2026, 2026-Q3 or 2026-07.',
    '5: value is "1.005": expected at most 2 decimals, as EUR has.',
    '6: currency is "USD": expected EUR, the workspace\'s, in which targets are set.',
    '7: value is "25%": expected a number in 0.25 for 25 %.',
    '8: currency is "EUR": expected nothing, since win_rate is no money.',
    expect.stringMatching(/^9: .*CHF/),
    expect.stringMatching(/^10: set_at is "soon": expected a day/),
    expect.stringMatching(/^11: /),
    "13: it is for the same metric, scope and period as line 12: expected one of them, or another set_at.",
  ]);
});

test("refuses a heading that it does not know, and rows that do not fit it", () => {
  expect(readPlanFile(Buffer.from("metric,scope,period,amount\n"))).toMatchObject({
    left: expect.stringContaining("It lacks value."),
  });
  expect(readPlanFile(Buffer.from("metric,scope,period,value,owner\n"))).toMatchObject({
    left: expect.stringContaining("It has no place for owner."),
  });
  expect(readPlanFile(Buffer.from(""))).toMatchObject({ left: expect.stringContaining("the file is empty") });
  const { rows, rejected } = read("metric,scope,period,value\nsales,company,2026\n,,,\nsales,company,2026,1\n");
  expect(rows.map(({ line }) => line)).toEqual([4]);
  expect(rejected).toEqual([{ line: 2, why: "the row has 3 fields; expected 4, as in the heading" }]);
});

test("a row that its metric cannot be held against, and a time ahead, are told in the file's own words", () => {
  const { events, rejected } = changes(
    [
      "metric,scope,period,value,currency,set_at",
      "cac,team:north,2026-03,100,,",
      "cac,rep:ana,2026-03,100,,",
      "cac,company,2026-03,100,,",
      "sales,team:north,2026-03,100,,2099-01-01",
    ].join("\n"),
  );
  expect(events).toMatchObject([{ metric: "cac", scope: "company" }]);
  expect(rejected).toMatchObject([
    { line: 2, why: 'scope is "team:north": expected company, since cac does not go by team.' },
    { line: 3, why: 'scope is "rep:ana": expected company, since cac does not go by rep.' },
    { line: 5, why: expect.stringMatching(/^set_at 2098-12-31T22:00:00\.000Z is more than 1 h after/u) },
  ]);
});
