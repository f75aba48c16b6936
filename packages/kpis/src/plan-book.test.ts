import { expect, test } from "vitest";
import { PlanBook, type PlanEntry } from "./plan-book.ts";

const target = (factId: string, value: number): PlanEntry => ({
  kind: "target",
  factId,
  atMs: 0,
  subject: "sales",
  period: "2026-03",
  level: "company",
  name: "",
  value,
});

const counting = (...entries: ReadonlyArray<PlanEntry>): number | undefined =>
  new PlanBook(entries).targets(["sales"], "company", "2026-03").get("");

test.each([
  ["an event whose id goes on", "crm/e1/target/0", "crm/e1-2/target/0"],
  ["a source whose name goes on", "crm/e9/target/0", "crm-2/e1/target/0"],
  ["an event id with slashes", "crm/a/target/0", "crm/a/b/target/0"],
])("of two targets of one instant the later by source and event counts: %s", (_what, first, second) => {
  expect(counting(target(first, 1), target(second, 2))).toBe(2);
  expect(counting(target(second, 2), target(first, 1))).toBe(2);
});
