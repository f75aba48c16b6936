import type { FactRecord } from "@leadwire/funnel";
import { expect, test } from "vitest";
import { catalogueOf } from "../catalogue.ts";
import {
  add,
  distinctOwners,
  dividedBy,
  due,
  type Expression,
  elapsed,
  ends,
  months,
  multiply,
  positive,
  subtract,
  taken,
  targetOf,
  weighed,
  whole,
  yearly,
} from "../expression.ts";
import { count, fraction, sum } from "../formula.ts";
import {
  contracts,
  customersActive,
  dealsWon,
  mrrLevel,
  openPipeline,
  pipelineByProbability,
  saleAmounts,
} from "../measures/index.ts";
import { type Metric, metric, type Unit } from "../metric.ts";
import { type AskLines, ask, fact } from "../testing/facts.ts";
import type { KpiAnswer } from "./answer.ts";

const at = "2026-04-01T00:00:00Z";
const march = { window: "2026-03", at };

const text = ["x", "x"] as const;
const metricOf = (numerator: Expression, denominator: Expression, unit: Unit): Metric =>
  metric({
    id: "tried",
    version: 1,
    better: "higher",
    value: { unit, formula: fraction(numerator, denominator) },
    nullRule: "",
    example: "",
    misleads: "",
    beside: [],
    texts: { en: text, ro: text, pl: text, ru: text, "zh-Hant": text },
  });

/** What an expression is worth over facts, with whatever else the question says. */
const worth = async (
  facts: ReadonlyArray<FactRecord>,
  expression: Expression,
  asked: Partial<Parameters<typeof ask>[1]> = {},
  lines: AskLines = {},
): Promise<ReadonlyArray<KpiAnswer>> => {
  const catalogue = catalogueOf([metricOf(expression, whole(1), "money")]);
  return ask(facts, { ...march, ...asked, metric: "tried" }, { ...lines, catalogue });
};

const target = (day: number, units: number, dimensions: Record<string, string> = {}, period = "2026-03") =>
  fact({
    kind: "target",
    factId: `plan/t${day}${period}${JSON.stringify(dimensions)}/target/0`,
    at: `2026-01-${String(day).padStart(2, "0")}T00:00:00Z`,
    subject: "sales",
    period,
    units,
    dimensions,
  });
const sale = (day: number, amountMinor: number, owner = "ana") =>
  fact({ kind: "sale", at: `2026-03-${String(day).padStart(2, "0")}T12:00:00Z`, amountMinor, dimensions: { owner } });

test("weighs a level by its bins, and a recurring amount by its term", async () => {
  const open = (bin: number, amountMinor: number) =>
    fact({ kind: "deal_pipeline", at: "2026-03-02T00:00:00Z", amountMinor, bin });
  const pipeline = [open(2_500, 1_000), open(5_000, 300)];
  expect(await worth(pipeline, weighed(pipelineByProbability))).toMatchObject([{ value: 4_000_000 }]);
  const contract = (bin: number, amountMinor: number) =>
    fact({ kind: "contract", outcome: "stated", at: "2026-03-02T00:00:00Z", amountMinor, bin });
  expect(await worth([contract(36, 360), contract(7, 70)], yearly(contracts))).toMatchObject([{ value: 240 }]);
});

test("compares each account with itself at the two ends of the window", async () => {
  const paid = (accountId: string, day: string, amountMinor: number, change = 0) =>
    fact({
      kind: "mrr_moved",
      factId: `${accountId}${day}`,
      at: `${day}T12:00:00Z`,
      accountId,
      amountMinor,
      count: change,
    });
  const facts = [
    paid("A", "2026-02-01", 100, 1),
    paid("A", "2026-03-05", 40),
    paid("B", "2026-02-01", 50, 1),
    paid("B", "2026-03-09", -50, -1),
    // Begins and ends within the window, or after it: in neither end.
    paid("C", "2026-03-02", 70, 1),
    paid("D", "2026-04-02", 70, 1),
  ];
  const value = async (take: Parameters<typeof ends>[1]) => (await worth(facts, ends(mrrLevel, take)))[0]?.value;
  expect(await value("started")).toBe(2);
  expect(await value("kept")).toBe(1);
  expect(await value("startSum")).toBe(150);
  expect(await value("endSum")).toBe(140);
  expect(await value("lesserSum")).toBe(100);
});

test("a customer that leaves and comes back within the window was kept", async () => {
  const active = (day: string, change: number) =>
    fact({ kind: "customer_active", factId: day, at: `${day}T00:00:00Z`, accountId: "A", count: change });
  const facts = [active("2026-01-05", 1), active("2026-03-05", -1), active("2026-03-09", 1)];
  expect(await worth(facts, ends(customersActive, "kept"))).toMatchObject([{ value: 1 }]);
});

test("counts reps after merging, and (none) is no rep", async () => {
  const won = (owner: string, team: string, id: string) =>
    fact({ kind: "deal_closed", outcome: "won", factId: id, at: "2026-03-02T00:00:00Z", dimensions: { owner, team } });
  const facts = [
    won("ana", "north", "1"),
    won("ana", "south", "2"),
    won("bogdan", "south", "3"),
    won("(none)", "south", "4"),
  ];
  expect(await worth(facts, distinctOwners(dealsWon))).toMatchObject([{ value: 2 }]);
  const byTeam = await worth(facts, distinctOwners(dealsWon), { by: ["team"] });
  expect(byTeam.map(({ group, value }) => [group.team, value])).toEqual([
    ["north", 1],
    ["south", 2],
  ]);
  expect(await worth(facts, distinctOwners(dealsWon), { by: ["rep"] })).toMatchObject([
    { group: { rep: "(none)" }, value: 0 },
    { group: { rep: "ana" }, value: 1 },
    { group: { rep: "bogdan" }, value: 1 },
  ]);
});

test("takes open deals by the day they are expected to close, the overdue apart", async () => {
  const open = (dueAt: string | null, amountMinor: number) =>
    fact({
      kind: "deal_pipeline",
      factId: `${dueAt}`,
      at: "2026-03-01T00:00:00Z",
      amountMinor,
      dueAtMs: dueAt === null ? null : Date.parse(dueAt),
    });
  const facts = [
    open("2026-03-09T00:00:00Z", 1),
    open("2026-03-10T00:00:00Z", 20),
    open("2026-03-31T00:00:00Z", 300),
    open("2026-04-01T00:00:00Z", 4_000),
    open(null, 50_000),
  ];
  const asked = { at: "2026-03-10T15:00:00Z" };
  expect(await worth(facts, due(openPipeline, "sum", "in_period"), asked)).toMatchObject([{ value: 320 }]);
  expect(await worth(facts, due(openPipeline, "sum", "overdue"), asked)).toMatchObject([{ value: 1 }]);
  expect(await worth(facts, due(openPipeline, "count", "in_period"), asked)).toMatchObject([{ value: 2 }]);
});

test("takes the target of the exact scope and period, the last one set", async () => {
  const facts = [target(1, 100), target(2, 250.5), target(3, 900, {}, "2026"), target(4, 40, { owner: "ana" })];
  expect(await worth(facts, targetOf("sales"))).toMatchObject([{ value: 250.5, flags: [] }]);
  expect(await worth(facts, targetOf("sales"), { window: "month", at: "2026-03-09T00:00:00Z" })).toMatchObject([
    { value: 250.5 },
  ]);
  expect(await worth(facts, targetOf("sales"), { window: "2026" })).toMatchObject([{ value: 900 }]);
  expect(await worth(facts, targetOf("sales"), { by: ["rep"] })).toMatchObject([{ group: { rep: "ana" }, value: 40 }]);
  for (const asked of [{ window: "30d" }, { window: "2026-04" }, { where: [["owner", "ana"]] as const }]) {
    expect(await worth(facts, targetOf("sales"), asked)).toMatchObject([{ value: null, flags: ["no_target"] }]);
  }
});

test("parts add up exactly, whatever they are divided by", async () => {
  const third = dividedBy(taken(count(saleAmounts)), whole(3));
  expect(await worth([sale(2, 5)], add(add(third, third), third))).toMatchObject([{ value: 1, numerator: 1 }]);
  expect(await worth([sale(2, 5)], add(third, dividedBy(third, whole(0))))).toMatchObject([{ value: null }]);
});

test("what remains of a target that is met divides nothing", async () => {
  const left = positive(subtract(targetOf("sales"), taken(sum(saleAmounts))));
  expect(await worth([target(1, 100), sale(2, 30)], left)).toMatchObject([{ value: 70 }]);
  expect(await worth([target(1, 100), sale(2, 100)], left)).toMatchObject([{ value: null }]);
});

test("months and elapsed business days are those of the calendar", async () => {
  expect(await worth([], multiply(months, whole(7)), { window: "2026-Q1" })).toMatchObject([{ value: 21 }]);
  expect(await worth([], months, { window: "all" })).toMatchObject([{ value: null }]);
  expect(await worth([], multiply(elapsed, whole(22)), { at: "2026-03-06T09:00:00Z" })).toMatchObject([{ value: 5 }]);
});

test("asks the 365 days before the instant that the window is read at", async () => {
  const facts = [
    sale(2, 5),
    fact({ kind: "sale", at: "2025-04-01T00:00:00Z", amountMinor: 70 }),
    fact({ kind: "sale", at: "2025-03-31T23:59:59Z", amountMinor: 900 }),
  ];
  expect(await worth(facts, taken(sum(saleAmounts), "trailing_year"))).toMatchObject([{ value: 75 }]);
  expect(await worth(facts, taken(count(saleAmounts), "prior"), { window: "all" })).toMatchObject([{ value: null }]);
});
