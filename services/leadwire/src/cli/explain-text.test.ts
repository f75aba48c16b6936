import { expect, test } from "vitest";
import type { ExplainDocument } from "../reports/explain/explain.ts";
import type { ExplainedFact } from "../reports/explain/explained-facts.ts";
import { explainText } from "./explain-text.ts";

const won: ExplainedFact = {
  fact_id: "crm/e4/deal_closed/0",
  kind: "deal_closed",
  outcome: "won",
  at: "2026-03-20T15:30:00.000Z",
  lead_id: "L1",
  deal_id: "L1",
  owner: "ana",
  group: { team: "north" },
  count: 1,
  value: 1,
  events: [
    { as: ["creation"], type: "lead-created", source: "web", id: "e1", occurred_at: "2026-03-02T08:00:00.000Z" },
    { as: ["origin"], type: "deal-closed", source: "crm", id: "e4", occurred_at: "2026-03-20T15:30:00.000Z" },
    { as: ["cause"], type: "stage-changed", source: "crm", id: "e9", occurred_at: "2026-03-21T15:30:00.000Z" },
  ],
};
const part = { measure: "deals_won", unit: "count", adds_up: true, facts: [won] } as const;
const document: ExplainDocument = {
  answer: {
    metric: "win_rate",
    group: { team: "north" },
    value: 0.5,
    unit: "ratio",
    numerator: 1,
    denominator: 2,
    window: { from: "2026-03-01T00:00:00.000Z", to: "2026-04-01T00:00:00.000Z" },
    formula_version: 1,
    complete_through: null,
    flags: [],
  },
  formula: "(count of deal_closed (won)) / (count of deal_closed (won, lost))",
  adds_up: true,
  plan: [
    {
      kind: "target",
      metric: "win_rate",
      scope: "team:north",
      period: "2026-03",
      value: 0.4,
      unit: "ratio",
      events: [],
    },
  ],
  parts: [
    { ...part, part: "numerator", what: "count of deal_closed (won)", total: 1, facts_count: 1, shown: 1 },
    { ...part, part: "denominator", what: "count of deal_closed (won)", total: 1, facts_count: 1, shown: 1 },
    {
      ...part,
      part: "denominator",
      what: "count of deal_closed (lost)",
      total: 3,
      facts_count: 3,
      shown: 0,
      facts: [],
    },
  ],
};

test("a number stands with its parts, their facts, and the events behind each", () => {
  const text = explainText(document, "Europe/Bucharest");
  expect(text).toContain("win_rate of team north = 50.00 %  (1 / 2)\n");
  expect(text).toContain("numerator: count of deal closed (won) = 1, from 1 fact\n");
  expect(text).toContain("since lead-created web/e1 (2026-03-02 10:00)");
  expect(text).toContain("; deal-closed crm/e4 (2026-03-20 17:30); last changed by stage-changed crm/e9");
  expect(text).toContain("denominator: count of deal closed (won) = 1, from 1 fact: those above\n");
  expect(text).toContain("target of win_rate for team:north in 2026-03 = 40.00 %\n");
  expect(text).toContain("Added up, the facts are what the answer was made of.\n");
});

test("what is cut, and what does not add up, is said", () => {
  const [first] = document.parts;
  if (first === undefined) throw new Error("no part");
  const text = explainText({ ...document, adds_up: false, parts: [{ ...first, facts_count: 1_200 }] }, "UTC");
  expect(text).toContain("1 of 1,200 are shown: --limit shows more.\n");
  expect(text).toContain("NOT what the answer was made of: npx leadwire verify");
});

test("a weighed fact shows what its value counts by", () => {
  const [first] = document.parts;
  if (first === undefined) throw new Error("no part");
  const weighed = { ...first, unit: "money", total: 90_000 } as const;
  const fact = { ...won, value: 90_000 };
  const textOf = (weigh: "bin" | "yearly", weight: number): string =>
    explainText({ ...document, parts: [{ ...weighed, weigh, facts: [{ ...fact, weight }] }] }, "UTC");
  expect(textOf("bin", 7_500)).toMatch(/900\.00.* × 0\.75 /u);
  expect(textOf("yearly", 24)).toMatch(/900\.00.* × 12 \/ 24 /u);
});
