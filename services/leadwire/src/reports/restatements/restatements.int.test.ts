import type { SalesEvent } from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { restatementsText } from "../../cli/restatements-text.ts";
import { type ClockedEngine, openClockedEngine } from "../../testing/clocked-engine.ts";
import type { ReportArgs } from "../report.ts";
import type { RestatementsDocument } from "./restatements.ts";

// In UTC; February ends with the 29th.
const on = (month: number, day: number): number => Date.UTC(2060, month - 1, day, 12);
const head = (event_id: string, occurred_at: number, revision = 0) => ({
  event_id,
  source_system: "crm",
  occurred_at,
  revision,
  voided: false,
});
const lead = (id: string, atMs: number): SalesEvent => ({
  type: "lead-created",
  ...head(`new-${id}`, atMs),
  lead_id: id,
  owner: "ana",
});
const won = (id: string, atMs: number, amount_minor: number, revision = 0): SalesEvent => ({
  type: "deal-closed",
  ...head(`won-${id}`, atMs, revision),
  lead_id: id,
  outcome: "won",
  amount_minor,
  currency: "USD",
  lines: [],
});

let clocked: ClockedEngine;
const report = async (args: ReportArgs): Promise<RestatementsDocument> => {
  const made = await clocked.engine.report("restatements", args);
  if (isLeft(made)) throw new Error(made.left.message);
  return made.right as RestatementsDocument;
};
const sales = async (window: string, asOf: number): Promise<number | null | undefined> => {
  const question = { metric: "sales", window, by: [], where: [], at: "now", asOf: new Date(asOf).toISOString() };
  const answers = await clocked.engine.kpi(question);
  if (isLeft(answers)) throw new Error(answers.left.message);
  return answers.right[0]?.value;
};

beforeAll(async () => {
  clocked = await openClockedEngine(defaultWorkspace, on(3, 20));
  const { append, at, engine } = clocked;
  await append([lead("L1", on(3, 2)), won("L1", on(3, 10), 1_000), lead("L2", on(3, 5))]);
  await engine.settle();
  // Within the grace of one hour: nothing closed is changed.
  at(Date.UTC(2060, 3, 1, 0, 30));
  await append([won("L2", on(3, 28), 200)]);
  await engine.settle();
  at(on(4, 6));
  await append([lead("L3", on(3, 30)), won("L3", on(3, 31), 4_000)]);
  await engine.settle();
  // An import of two older months.
  at(on(4, 8));
  await append([lead("L4", on(2, 1)), won("L4", on(2, 9), 70), lead("L5", on(3, 1)), won("L5", on(3, 9), 80)], "b-7");
  await engine.settle();
  // A deal of March turns out to be of May: March loses it.
  at(on(5, 3));
  await append([won("L1", on(5, 2), 1_000, 1)]);
  await engine.settle();
}, 30_000);
afterAll(() => clocked.dispose());

test("a closed month's number that a later event changed stands with before, after, when and the event", async () => {
  const { restatements, cut } = await report({ since: "2060-03-01", metric: "sales" });
  expect(cut).toBe(false);
  expect(
    restatements.map(({ period, before, after, backfill }) => [period, before.value, after.value, backfill]),
  ).toEqual([
    ["2060-03", 5_280, 4_280, undefined],
    ["2060-03", 5_200, 5_280, "b-7"],
    ["2060-02", 0, 70, "b-7"],
    ["2060-03", 1_200, 5_200, undefined],
  ]);
  const [moved, ofImport] = restatements;
  expect(moved).toMatchObject({
    unit: "money",
    currency: "USD",
    event_count: 1,
    events: [{ type: "deal-closed", source: "crm", id: "won-L1" }],
  });
  expect(ofImport?.events.map(({ id }) => id)).toContain("won-L5");
  expect(Date.parse(moved?.at ?? "")).toBeGreaterThanOrEqual(on(5, 3));
});

test("before and after are what was answered just before and then", async () => {
  const { restatements } = await report({ since: "2060-03-01", metric: "sales" });
  for (const { period, before, after, at, backfill } of restatements) {
    expect(await sales(period, Date.parse(at))).toBe(after.value);
    if (backfill === undefined) expect(await sales(period, Date.parse(at) - 1)).toBe(before.value);
  }
});

test("an account's facts are restated by the event or the import that the account log took them from", async () => {
  const { restatements } = await report({ since: "2060-04-01", metric: "new_customers" });
  expect(
    restatements.map(({ period, before, after, backfill }) => [period, before.value, after.value, backfill]),
  ).toEqual([
    ["2060-03", 4, 3, undefined],
    ["2060-03", 3, 4, "b-7"],
    ["2060-02", 0, 1, "b-7"],
    ["2060-03", 2, 3, undefined],
  ]);
});

test("since, window and limit narrow what is told, and what is cut is said", async () => {
  const later = await report({ since: "2060-05-01", metric: "sales" });
  expect(later.restatements.map(({ period }) => period)).toEqual(["2060-03"]);
  const february = await report({ since: "2060-03-01", metric: "sales", window: "2060-02" });
  expect(february.restatements.map(({ period }) => period)).toEqual(["2060-02"]);
  const cut = await report({ since: "2060-03-01", metric: "sales", limit: "2" });
  expect([cut.restatements.length, cut.cut]).toEqual([2, true]);
  // The year and the quarter that ran on: the first quarter was closed on 1 April.
  const quarters = await report({ since: "2060-03-01", metric: "sales", period: "quarter" });
  expect(quarters.restatements.map(({ period }) => period)).toEqual(["2060-Q1", "2060-Q1", "2060-Q1"]);
  expect((await report({ since: "2060-03-01", metric: "sales", period: "year" })).restatements).toEqual([]);
});

test("without a metric all default numbers are told, and people read them in a table", async () => {
  const document = await report({ since: "2060-05-01" });
  const metrics = new Set(document.restatements.map(({ metric }) => metric));
  expect(metrics).toContain("sales");
  expect(metrics).toContain("win_rate");
  expect(metrics).not.toContain("sales_activity");
  const text = restatementsText(document, "UTC");
  expect(text).toMatch(/2060-05-03 12:00\S* +2060-03 +sales +52\.80 USD +42\.80 USD +deal-closed crm\/won-L1/u);
});
