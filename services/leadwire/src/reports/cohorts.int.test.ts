import { defaultWorkspace, type FactKind, type FactOutcome, type FactRecord } from "@leadwire/funnel";
import { plainFact } from "@leadwire/funnel/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openReportStore, type ReportStore } from "../testing/report-store.ts";
import type { CohortsDocument } from "./cohorts.ts";
import type { MovementsDocument } from "./movements.ts";

const at = (text: string): number => Date.parse(`2026-${text}T09:00:00Z`);
let count = 0;
const fact = (kind: FactKind, atMs: number, part: Partial<Omit<FactRecord, "dimensions">>): FactRecord => {
  count += 1;
  return plainFact({ factId: `crm/e${count}/${kind}/0`, kind, atMs, ...part });
};
const created = (on: string): FactRecord => fact("lead_created", at(on), {});
const won = (createdOn: string, on: string): FactRecord => fact("lead_won", at(on), { cohortAtMs: at(createdOn) });
const active = (on: string, accountId: string, sign: 1 | -1): FactRecord =>
  fact("customer_active", at(on), { accountId, count: sign });
const moved = (on: string, accountId: string, outcome: FactOutcome, amountMinor: number, accounts = 0): FactRecord =>
  fact("mrr_moved", at(on), { accountId, outcome, amountMinor, count: accounts });

const facts: ReadonlyArray<FactRecord> = [
  ...["01-03", "01-04", "01-30", "01-31"].map(created),
  won("01-03", "01-20"),
  won("01-31", "03-02"),
  ...["03-01", "03-05"].map(created),
  won("03-05", "03-06"),
  active("01-10", "A", 1),
  active("01-20", "B", 1),
  active("02-20", "B", -1),
  active("03-01", "B", 1),
  active("03-15", "C", 1),
  moved("01-10", "A", "new", 100, 1),
  moved("01-20", "B", "new", 50, 1),
  moved("02-10", "A", "expansion", 20),
  moved("02-20", "B", "churn", -50, -1),
  moved("03-01", "B", "reactivation", 30, 1),
  moved("03-09", "A", "contraction", -5),
];

let store: ReportStore;
beforeAll(async () => {
  store = await openReportStore(defaultWorkspace, at("03-20"));
  await store.hold(facts);
});
afterAll(() => store.dispose());

const cohorts = (metric: string, args: Record<string, string> = {}): Promise<CohortsDocument> =>
  store.report<CohortsDocument>("cohorts", { metric, window: "all", ...args });
const cells = ({ cohorts: told }: CohortsDocument) => told.map(({ cohort, size, values }) => [cohort, size, ...values]);

test("what part of each month's leads was won by each age, and no value for an age that has not begun", async () => {
  const document = await cohorts("conversion_rate");
  expect(cells(document)).toEqual([
    ["2026-01", 4, 0.25, 0.25, 0.5],
    ["2026-02", 0, null, null, null],
    ["2026-03", 2, 0.5, null, null],
  ]);
  expect(document.cohorts.map(({ running_age }) => running_age)).toEqual([2, 1, 0]);
  expect(cells(await cohorts("conversion_rate", { window: "2026-01", ages: "2" }))).toEqual([
    ["2026-01", 4, 0.25, 0.25],
  ]);
  const weeks = await cohorts("conversion_rate", { window: "2026-03", every: "week", at: "2026-03-09T10:00:00Z" });
  expect(cells(weeks)).toEqual([
    ["2026-W09", 1, 0, 0, 0],
    ["2026-W10", 1, 1, 1, null],
    ["2026-W11", 0, null, null, null],
  ]);
});

test("customers by the month they began: who is still one, who is not, and what they pay by now", async () => {
  expect(cells(await cohorts("retention_rate"))).toEqual([
    ["2026-01", 2, 1, 0.5, 1],
    ["2026-02", 0, null, null, null],
    ["2026-03", 1, 1, null, null],
  ]);
  expect(cells(await cohorts("churn_rate", { window: "2026-01" }))).toEqual([["2026-01", 2, 0, 0.5, 0]]);
  const paid = await cohorts("nrr", { window: "2026-01" });
  expect(paid.cohorts).toMatchObject([
    { size: 2, start_minor: 150, values: [1, 0.8, 145 / 150], numerators: [150, 120, 145] },
  ]);
});

test("another metric has no cohorts, and the message names those that have", async () => {
  await expect(cohorts("sales")).rejects.toThrow('"sales" has no cohorts: there are conversion_rate');
  await expect(cohorts("nrr", { every: "hour" })).rejects.toThrow('"hour" is no period here: write day, week');
});

test("monthly recurring revenue: start + movements = end, month by month", async () => {
  const document = await store.report<MovementsDocument>("movements", { window: "all" });
  expect(
    document.periods.map(({ period, start_minor, movements, end_minor, end_accounts, running, adds_up }) => [
      period,
      start_minor,
      ...Object.values(movements).map(({ amount_minor }) => amount_minor),
      end_minor,
      end_accounts,
      running,
      adds_up,
    ]),
  ).toEqual([
    ["2026-01", 0, 150, 0, 0, 0, 0, 150, 2, false, true],
    ["2026-02", 150, 0, 0, 20, 0, -50, 120, 1, false, true],
    ["2026-03", 120, 0, 30, 0, -5, 0, 145, 2, true, true],
  ]);
  const quarter = await store.report<MovementsDocument>("movements", { window: "2026-Q1", every: "quarter" });
  expect(quarter.periods).toMatchObject([{ period: "2026-Q1", start_minor: 0, end_minor: 145, adds_up: true }]);
});

test("a movement of a kind that nobody knows is noticed: the lines do not add up", async () => {
  await store.hold([...facts, moved("02-11", "A", "", 7)]);
  const document = await store.report<MovementsDocument>("movements", { window: "all" });
  expect(document.periods.map(({ adds_up }) => adds_up)).toEqual([true, false, false]);
  await store.hold(facts);
});
