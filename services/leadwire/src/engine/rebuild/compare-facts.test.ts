import { dimensions } from "@leadwire/funnel";
import { expect, test } from "vitest";
import { factChanges } from "./compare-facts.ts";

const sums = (count: string, core: string, team = "1"): ReadonlyArray<string> => [
  count,
  core,
  ...dimensions.map((name) => (name === "team" ? team : "1")),
];

test("equal sums are equal facts", () => {
  const both = new Map([["lead_created", sums("2", "7")]]);
  const { facts, isChanged, isMoved } = factChanges(both, both);
  expect([facts, isChanged("lead_created"), isMoved("lead_created", "team")]).toEqual([[], false, false]);
});

test("facts that lie elsewhere in one dimension are moved there, and are the same for everything else", () => {
  const { facts, isChanged, isMoved } = factChanges(
    new Map([["lead_created", sums("2", "7")]]),
    new Map([["lead_created", sums("2", "7", "5")]]),
  );
  expect(facts).toEqual([{ kind: "lead_created", before: 2, after: 2 }]);
  expect([isChanged("lead_created"), isMoved("lead_created", "team"), isMoved("lead_created", "owner")]).toEqual([
    false,
    true,
    false,
  ]);
});

test("a kind that one of them lacks, or has otherwise, differs in every dimension", () => {
  const { facts, isMoved } = factChanges(
    new Map([["lead_sla", sums("2", "7")]]),
    new Map([
      ["lead_sla", sums("2", "8")],
      ["survey", sums("1", "3")],
    ]),
  );
  expect(facts).toEqual([
    { kind: "lead_sla", before: 2, after: 2 },
    { kind: "survey", before: 0, after: 1 },
  ]);
  expect([isMoved("lead_sla", "owner"), isMoved("survey", "owner"), isMoved("deal_won", "owner")]).toEqual([
    true,
    true,
    false,
  ]);
});
