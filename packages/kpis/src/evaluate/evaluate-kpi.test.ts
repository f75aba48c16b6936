import { expect, test } from "vitest";
import { ask, fact } from "../testing/facts.ts";

const at = "2026-04-01T00:00:00Z";
const march = { window: "2026-03", at };
const closed = (
  outcome: "won" | "lost" | "no_decision" | "disqualified",
  day: number,
  amountMinor = 0,
  owner = "ana",
) =>
  fact({
    kind: "deal_closed",
    outcome,
    at: `2026-03-${String(day).padStart(2, "0")}T12:00:00Z`,
    amountMinor,
    durationMs: outcome === "won" ? day * 86_400_000 : null,
    bin: null,
    dimensions: { owner },
  });
const won = [closed("won", 2, 100_000), closed("won", 4, 250_001, "ben"), closed("won", 9, 0)];
const notWon = [closed("lost", 5), closed("no_decision", 6), closed("disqualified", 7)];
const deals = [...won, ...notWon];

test("the answer has the keys of the contract, in their order", async () => {
  expect(JSON.stringify(await ask(deals, { metric: "win_rate", by: ["rep"], ...march }))).toBe(
    JSON.stringify([
      {
        metric: "win_rate",
        group: { rep: "ana" },
        value: 0.5,
        unit: "ratio",
        numerator: 2,
        denominator: 4,
        window: { from: "2026-03-01T00:00:00.000Z", to: "2026-04-01T00:00:00.000Z" },
        formula_version: 1,
        complete_through: "2026-04-01T00:00:00.000Z",
        flags: ["small_sample"],
      },
      {
        metric: "win_rate",
        group: { rep: "ben" },
        value: 1,
        unit: "ratio",
        numerator: 1,
        denominator: 1,
        window: { from: "2026-03-01T00:00:00.000Z", to: "2026-04-01T00:00:00.000Z" },
        formula_version: 1,
        complete_through: "2026-04-01T00:00:00.000Z",
        flags: ["small_sample"],
      },
    ]),
  );
});

test("a disqualified deal is not in the win rate", async () => {
  expect(await ask(deals, { metric: "win_rate", ...march })).toMatchObject([{ value: 3 / 5, denominator: 5 }]);
});

test("a zero denominator gives null, with one element for the company and none for groups", async () => {
  const [company, ...rest] = await ask([], { metric: "win_rate", ...march });
  expect(company).toMatchObject({ group: {}, value: null, numerator: 0, denominator: 0 });
  expect(rest).toEqual([]);
  expect(await ask([], { metric: "win_rate", by: ["owner"], ...march })).toEqual([]);
});

test("average deal size leaves deals of amount 0 out", async () => {
  expect(await ask(deals, { metric: "average_deal_size", ...march })).toMatchObject([
    { value: 175_000.5, unit: "money", currency: "USD", numerator: 350_001, denominator: 2 },
  ]);
});

test("mean cycle counts won deals with a known cycle, in seconds", async () => {
  expect(await ask(deals, { metric: "sales_cycle_length", ...march })).toMatchObject([
    { metric: "sales_cycle_length", statistic: "mean", value: 5 * 86_400, unit: "s", count: 3 },
  ]);
});

test("an instant that a window excludes or --at has not reached is not in it", async () => {
  const created = ["2026-02-28T23:59:59.999Z", "2026-03-01T00:00:00Z", "2026-03-31T23:59:59.999Z", at].map((text) =>
    fact({ kind: "lead_created", at: text }),
  );
  expect(await ask(created, { metric: "new_leads", ...march })).toMatchObject([{ value: 2, count: 2, unit: "leads" }]);
  const running = { metric: "new_leads", window: "2026-03", at: "2026-03-31T23:59:59.998Z" };
  expect(await ask(created, running)).toMatchObject([{ value: 1 }]);
  expect(await ask(created, { ...running, at: "2026-03-31T23:59:59.999Z" })).toMatchObject([{ value: 2 }]);
});

test("percentiles are nearest rank over the bins", async () => {
  const responses = [60_000, 120_000, 180_000, 3_600_000].map((durationMs, bin) =>
    fact({ kind: "lead_responded", outcome: "first_touch", at: "2026-03-05T10:00:00Z", durationMs, bin }),
  );
  const value = async (metric: string): Promise<unknown> =>
    (await ask(responses, { metric, ...march })).map((answer) => [answer.value, answer.count]);
  expect(await value("lead_response_time")).toEqual([[120, 4]]);
  expect(await value("lead_response_time.p90")).toEqual([[3600, 4]]);
  expect(await value("lead_response_time.mean")).toEqual([[990, 4]]);
});

test("an early touch is not in the response times", async () => {
  const early = fact({ kind: "lead_responded", outcome: "early_touch", at: "2026-03-05T10:00:00Z" });
  expect(await ask([early], { metric: "lead_response_time", ...march })).toMatchObject([{ value: null, count: 0 }]);
});

test("without any activity response metrics are null and say why", async () => {
  const missed = fact({ kind: "lead_sla", outcome: "missed", at: "2026-03-05T10:00:00Z" });
  expect(await ask([missed], { metric: "response_within_sla", ...march }, { hasActivity: false })).toMatchObject([
    { value: null, denominator: 1, flags: ["no_activity_data", "small_sample"] },
  ]);
  expect(await ask([missed], { metric: "response_within_sla", ...march })).toMatchObject([{ value: 0 }]);
});

const waiting = (at: string, leadId: string, count: number, owner: string) =>
  fact({
    kind: "lead_unanswered",
    at,
    leadId,
    count,
    cohortAtMs: Date.parse("2026-03-10T00:00:00Z"),
    dimensions: { owner },
  });

test("a level counts the facts before the window's end, and a group that all have left is none", async () => {
  const facts = [
    waiting("2026-03-10T00:00:00Z", "L1", 1, "ana"),
    waiting("2026-03-20T00:00:00Z", "L1", -1, "ana"),
    waiting("2026-03-20T00:00:00Z", "L1", 1, "ben"),
    waiting("2026-04-01T00:00:00Z", "L2", 1, "ben"),
  ];
  expect(await ask(facts, { metric: "unanswered_leads", by: ["owner"], ...march })).toMatchObject([
    { group: { owner: "ben" }, value: 1 },
  ]);
  expect(await ask(facts, { metric: "unanswered_leads.age_max", ...march })).toMatchObject([
    { value: 22 * 86_400, count: 1, unit: "s" },
  ]);
  const before = { metric: "unanswered_leads", window: "2026-03", at: "2026-03-15T00:00:00Z", by: ["owner"] };
  expect(await ask(facts, before)).toMatchObject([{ group: { owner: "ana" }, value: 1 }]);
});

test("the pipeline is a level of amounts and numbers", async () => {
  const enter = (day: string, count: number, amountMinor: number) =>
    fact({ kind: "deal_pipeline", at: day, count, amountMinor, dimensions: { stage: "proposal" } });
  const facts = [
    enter("2025-01-01T00:00:00Z", 1, 500),
    enter("2026-03-01T00:00:00Z", 1, 700),
    enter("2026-03-05T00:00:00Z", -1, -500),
  ];
  expect(await ask(facts, { metric: "pipeline_value", window: "30d", at })).toMatchObject([{ value: 700, count: 1 }]);
  expect(await ask(facts, { metric: "pipeline_volume", by: ["stage"], window: "30d", at })).toMatchObject([
    { group: { stage: "proposal" }, value: 1, unit: "deals" },
  ]);
});

test("growth compares with the prior, says the difference, and is null over all", async () => {
  const sale = (at: string, amountMinor: number) => fact({ kind: "sale", at, amountMinor });
  const facts = [sale("2026-02-10T00:00:00Z", 400), sale("2026-03-10T00:00:00Z", 500)];
  expect(await ask(facts, { metric: "sales_growth", ...march })).toMatchObject([
    { value: 0.25, numerator: 100, denominator: 400, difference_minor: 100, currency: "USD" },
  ]);
  expect(await ask(facts, { metric: "sales_growth", window: "all", at })).toMatchObject([
    { value: null, flags: ["no_prior"] },
  ]);
});

test("a group that is only in the prior window shrank by everything", async () => {
  const qualified = fact({ kind: "lead_qualified", at: "2026-02-10T00:00:00Z", dimensions: { team: "north" } });
  expect(await ask([qualified], { metric: "lead_velocity_rate", by: ["team"], ...march })).toMatchObject([
    { group: { team: "north" }, value: -1, numerator: -1, denominator: 1 },
  ]);
});

test("conversion places a win by its lead's creation and counts it once --at has reached it", async () => {
  const created = fact({ kind: "lead_created", at: "2026-03-02T00:00:00Z" });
  const wonLater = fact({ kind: "lead_won", at: "2026-05-01T00:00:00Z", cohortAtMs: created.atMs });
  const facts = [created, wonLater];
  expect(await ask(facts, { metric: "conversion_rate", ...march })).toMatchObject([{ value: 0, denominator: 1 }]);
  expect(await ask(facts, { metric: "conversion_rate", window: "2026-03", at: "2026-05-01T00:00:00Z" })).toMatchObject([
    { value: 1, numerator: 1 },
  ]);
});

test("cac leaves production out, and a channel without customers is null", async () => {
  const spend = (outcome: "advertising" | "production", amountMinor: number, channel: string) =>
    fact({ kind: "spend_day", outcome, at: "2026-03-02T00:00:00Z", amountMinor, dimensions: { channel } });
  const customer = fact({ kind: "customer_new", at: "2026-03-09T00:00:00Z", dimensions: { channel: "ads" } });
  const facts = [
    spend("advertising", 900, "ads"),
    spend("production", 5_000, "ads"),
    spend("advertising", 7, "mail"),
    customer,
  ];
  expect(await ask(facts, { metric: "cac", by: ["channel"], ...march })).toMatchObject([
    { group: { channel: "ads" }, value: 900, numerator: 900, denominator: 1 },
    { group: { channel: "mail" }, value: null, numerator: 7, denominator: 0 },
  ]);
});

test("filters hold together with groups", async () => {
  expect(await ask(deals, { metric: "win_rate", where: [["rep", "ben"]], ...march })).toMatchObject([{ value: 1 }]);
  expect(
    await ask(deals, { metric: "win_rate", by: ["company"], where: [["owner", "nobody"]], ...march }),
  ).toMatchObject([{ group: {}, value: null }]);
});

test.each([
  [{ metric: "cac", by: ["rep"] }, "cac has no dimension rep. cac has company, channel, campaign."],
  [
    { metric: "win_rate", by: ["colour"] },
    'There is no dimension "colour". win_rate has company, owner (or rep), team',
  ],
  [{ metric: "win_rate", by: ["rep", "owner"] }, '"owner" is asked for twice'],
  [{ metric: "win_rate", where: [["stage", "new"]] as const }, "win_rate has no dimension stage"],
])("a dimension that a metric does not have is refused with those it has: %j", async (part, message) => {
  await expect(ask([], { ...part, ...march })).rejects.toThrow(message);
});
