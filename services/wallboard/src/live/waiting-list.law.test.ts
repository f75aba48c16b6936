import fc from "fast-check";
import { expect, test } from "vitest";
import { InventedOpenSet } from "../testing/invented-open-set.ts";
import { WaitingList } from "./waiting-list.ts";

const step = fc.record({
  slot: fc.nat(120),
  what: fc.constantFrom("wait", "wait", "wait", "serve", "serve", "answer"),
  createdAtMs: fc.nat(50),
  team: fc.constantFrom("north", "south"),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const expected = (open: InventedOpenSet, rows: number) =>
  [...open.leads.values()]
    .filter(({ dimensions }) => dimensions.team === "north")
    .toSorted((a, b) => b.created.atMs - a.created.atMs || (a.leadId < b.leadId ? -1 : 1))
    .slice(0, rows);

/** Mostly the youngest are answered. */
const apply = (open: InventedOpenSet, { slot, what, createdAtMs, team }: Step): void => {
  if (what === "wait") open.setLead(slot, createdAtMs, { team });
  else open.answer(what === "answer" ? slot : (expected(open, 3).at(slot % 3)?.slot ?? slot));
};

test("shows the youngest who wait, after any changes, as looking through all would", () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 40, size: "max" }),
      fc.array(step, { maxLength: 120, size: "max" }),
      fc.integer({ min: 1, max: 4 }),
      (before, steps, rows) => {
        const open = new InventedOpenSet();
        for (const each of before) apply(open, each);
        // One spare row: looking through all comes often.
        const list = new WaitingList(open, [["team", "north"]], rows, () => undefined, 1);
        for (const each of steps) {
          apply(open, each);
          expect(list.newest(rows)).toEqual(expected(open, rows));
          expect(list.total).toBe(expected(open, Number.POSITIVE_INFINITY).length);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("says that it changed, and follows nothing once it has ended", () => {
  const open = new InventedOpenSet();
  let told = 0;
  const list = new WaitingList(open, [], 5, () => {
    told += 1;
  });
  expect(list.takeChanged()).toBe(true);
  expect(list.takeChanged()).toBe(false);
  open.setDeal(1, 100, {});
  expect(told).toBe(0);
  open.setLead(1, 10);
  expect(list.takeChanged()).toBe(true);
  expect(told).toBe(1);
  list.end();
  expect(open.watchers).toBe(0);
});
