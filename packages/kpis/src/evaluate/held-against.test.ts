import { expect, test } from "vitest";
import { ask, fact } from "../testing/facts.ts";

const at = "2026-04-01T00:00:00Z";
const sale = (day: string, amountMinor: number, owner = "ana") =>
  fact({ kind: "sale", factId: `${day}${owner}`, at: `${day}T12:00:00Z`, amountMinor, dimensions: { owner } });
const planned = (
  kind: "target" | "forecast",
  id: string,
  day: string,
  value: number,
  dimensions: Record<string, string> = {},
  subject = "sales",
) =>
  fact({
    kind,
    factId: `plan/${id}/${kind}/0`,
    at: `${day}T00:00:00Z`,
    period: "2026-03",
    ...(kind === "target" ? { subject, units: value } : { amountMinor: value }),
    dimensions,
  });

const sales = [
  sale("2026-03-03", 800),
  sale("2026-02-03", 500),
  sale("2026-02-09", 90, "bogdan"),
  sale("2025-03-09", 200),
];

test("a value stands beside that of the window before, or of a year ago", async () => {
  const [prior] = await ask(sales, { metric: "sales", window: "2026-03", at, compare: "prior" });
  expect(prior).toMatchObject({
    value: 800,
    compare: { value: 590, count: 2, window: { from: "2026-02-01T00:00:00.000Z", to: "2026-03-01T00:00:00.000Z" } },
    change: 210,
    change_ratio: 210 / 590,
  });
  expect(await ask(sales, { metric: "sales", window: "2026-03", at, compare: "year" })).toMatchObject([
    { compare: { value: 200 }, change: 600, change_ratio: 3 },
  ]);
});

test("groups of either side are there, and 0 before is no ratio", async () => {
  const answers = await ask(sales, { metric: "sales", window: "2026-03", at, by: ["rep"], compare: "prior" });
  expect(
    answers.map(({ group, value, compare, change, change_ratio }) => [
      group.rep,
      value,
      compare?.value,
      change,
      change_ratio,
    ]),
  ).toEqual([
    ["ana", 800, 500, 300, 0.6],
    ["bogdan", 0, 90, -90, -1],
  ]);
  expect(
    await ask(sales, { metric: "sales", window: "2026-04", at: "2026-06-01T00:00:00Z", compare: "prior" }),
  ).toMatchObject([{ value: 0, compare: { value: 800 }, change: -800, change_ratio: -1 }]);
  expect(await ask(sales, { metric: "sales", window: "2026-01", at, compare: "prior" })).toMatchObject([
    { change: 0, change_ratio: null },
  ]);
});

test("without a window before there is nothing to compare with, and no word of it where nobody asked", async () => {
  expect(await ask(sales, { metric: "sales", window: "all", at, compare: "prior" })).toMatchObject([
    { compare: null, change: null, change_ratio: null },
  ]);
  const [plain] = await ask(sales, { metric: "sales", window: "2026-03", at });
  expect(Object.keys(plain ?? {})).not.toContain("compare");
  await expect(ask(sales, { metric: "sales", window: "2026-03", at, compare: "before" })).rejects.toThrow(
    '"before" is nothing to compare with: write prior',
  );
});

test("a growth is compared with the growth of the window before", async () => {
  const [answer] = await ask(sales, { metric: "sales_growth", window: "2026-03", at, compare: "prior" });
  expect(answer).toMatchObject({ value: 210 / 590, compare: { value: null }, change: null });
});

test("a running total stands against its target with pace and gap", async () => {
  const facts = [...sales, planned("target", "t1", "2026-01-05", 1_000)];
  // Monday 9 March: 6 of 22 business days have begun.
  const asked = { metric: "sales", window: "month", at: "2026-03-09T10:00:00Z" };
  expect(await ask(facts, asked)).toMatchObject([{ target: 1_000, attainment: 0.8, gap: 200 }]);
  expect((await ask(facts, asked))[0]?.expected).toBeCloseTo((1_000 * 6) / 22, 9);
  expect((await ask(facts, { ...asked, at }))[0]).not.toHaveProperty("target");
  expect((await ask(facts, { ...asked, window: "30d" }))[0]).not.toHaveProperty("target");
});

test("a ratio and a level have a target, but no pace", async () => {
  const facts = [planned("target", "t1", "2026-01-05", 0.25, {}, "win_rate")];
  const [answer] = await ask(facts, { metric: "win_rate", window: "2026-03", at });
  expect(answer).toMatchObject({ value: null, target: 0.25, attainment: null, gap: null });
  expect(answer).not.toHaveProperty("expected");
});

test("a target of a statistic is its own; the metric's is the default number's", async () => {
  const facts = [planned("target", "t1", "2026-01-05", 60, {}, "lead_response_time.p90")];
  const asked = { window: "2026-03", at };
  expect((await ask(facts, { ...asked, metric: "lead_response_time.p90" }))[0]).toMatchObject({ target: 60 });
  expect((await ask(facts, { ...asked, metric: "lead_response_time" }))[0]).not.toHaveProperty("target");
});

test("a rep with a quota and no sale is in the list of quotas, one without a quota has no value", async () => {
  const facts = [...sales, planned("target", "t1", "2026-01-05", 100, { owner: "bogdan" })];
  const answers = await ask(facts, { metric: "quota_attainment", window: "2026-03", at, by: ["rep"] });
  expect(answers).toMatchObject([
    { group: { rep: "ana" }, value: null, flags: ["no_target", "small_sample"] },
    { group: { rep: "bogdan" }, value: 0, currency: "USD" },
  ]);
});

test("forecast accuracy is over the scopes with a forecast, by the last one before the period", async () => {
  const facts = [
    ...sales,
    sale("2026-03-04", 100, "bogdan"),
    sale("2026-03-05", 7, "(none)"),
    planned("forecast", "f1", "2026-02-01", 5, { owner: "ana" }),
    planned("forecast", "f2", "2026-02-20", 1_000, { owner: "ana" }),
    planned("forecast", "f3", "2026-03-01", 800, { owner: "ana" }),
    planned("forecast", "f4", "2026-02-20", 100, { owner: "carmen" }),
  ];
  const asked = { window: "2026-03", at };
  // |800 − 1,000| + |0 − 100| = 300 of 800; bogdan sold without a forecast, (none) is nobody.
  expect(await ask(facts, { ...asked, metric: "forecast_accuracy.reps" })).toMatchObject([
    { value: 500 / 800, numerator: 500, denominator: 800, count: 2, missing: 1 },
  ]);
  expect(await ask(facts, { ...asked, metric: "forecast_accuracy.reps_bias" })).toMatchObject([{ value: 300 / 800 }]);
  expect(await ask(facts, { ...asked, metric: "forecast_accuracy.reps", by: ["rep"] })).toMatchObject([
    { group: { rep: "(none)" }, value: null, flags: ["no_forecast"] },
    { group: { rep: "ana" }, value: 0.75, missing: 0 },
    { group: { rep: "bogdan" }, value: null, missing: 1 },
    { group: { rep: "carmen" }, value: null, denominator: 0 },
  ]);
  expect(await ask(facts, { ...asked, metric: "forecast_accuracy" })).toMatchObject([
    { value: null, flags: ["no_forecast"] },
  ]);
});

test("cautions count what a number leaves out", async () => {
  const lost = (id: string, amountMinor: number) =>
    fact({ kind: "deal_closed", outcome: "lost", factId: id, at: "2026-03-04T00:00:00Z", amountMinor });
  const [byValue] = await ask([lost("1", 0), lost("2", 0), lost("3", 9)], {
    metric: "win_rate.by_value",
    window: "2026-03",
    at,
  });
  expect(byValue).toMatchObject({ value: 0, flag_counts: { amounts_left_out: 2 } });
  expect(byValue?.flags).toContain("amounts_left_out");
  const [none] = await ask([lost("3", 9)], { metric: "win_rate.by_value", window: "2026-03", at });
  expect(none).not.toHaveProperty("flag_counts");
});

test("each statistic has its own dimensions, and says which", async () => {
  const asked = { window: "2026-03", at, by: ["stage"] };
  await expect(ask([], { ...asked, metric: "sales_cycle_length.mean" })).rejects.toThrow(
    "sales_cycle_length.mean has no dimension stage. sales_cycle_length.mean has company, owner (or rep), team",
  );
  expect(await ask([], { ...asked, metric: "sales_cycle_length.stage_mean" })).toEqual([]);
  await expect(ask([], { ...asked, by: ["channel"], metric: "quota_attainment" })).rejects.toThrow(
    /has no dimension channel\. quota_attainment\.attainment has company, owner \(or rep\), team\.$/,
  );
});

test("a share of what stood at the window's start is flagged where that was little", async () => {
  const active = (account: number) =>
    fact({ kind: "customer_active", factId: String(account), at: "2026-01-05T00:00:00Z", accountId: `A${account}` });
  const accounts = (many: number) => Array.from({ length: many }, (_, account) => active(account));
  const asked = { metric: "churn_rate", window: "2026-03", at };
  expect(await ask(accounts(9), asked)).toMatchObject([
    { value: 0, denominator: 9, count: 9, flags: ["small_sample"] },
  ]);
  expect(await ask(accounts(10), asked)).toMatchObject([{ value: 0, count: 10, flags: [] }]);
});

test("nothing is a share of a target below 0, and where less is better the answer says so", async () => {
  const below = [...sales, planned("target", "t1", "2026-01-05", -5)];
  expect(await ask(below, { metric: "sales", window: "2026-03", at })).toMatchObject([
    { target: -5, attainment: null },
  ]);
  const slow = [planned("target", "t1", "2026-01-05", 5, {}, "churn_rate")];
  expect(await ask(slow, { metric: "churn_rate", window: "2026-03", at })).toMatchObject([
    { target: 5, better: "lower" },
  ]);
});
