import fc from "fast-check";
import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { type RowFilter, withinRows } from "./caller-rows.ts";

const names = ["team", "region", "rep", "owner"] as const;
const values = ["a", "b", "c"] as const;
const filters = fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...values)), { maxLength: 5 });

type Fact = Readonly<Record<"team" | "region" | "owner", string>>;

/** Every fact that there can be. */
const facts: ReadonlyArray<Fact> = values.flatMap((team) =>
  values.flatMap((region) => values.map((owner) => ({ team, region, owner }))),
);
const valueIn = (fact: Fact, name: string): string | undefined => Object(fact)[name === "rep" ? "owner" : name];

/** A question: every filter has to hold. */
const asks = (where: ReadonlyArray<RowFilter>) => (fact: Fact) =>
  where.every(([name, value]) => valueIn(fact, name) === value);

/** A token: of one dimension any of its values, of several dimensions all. */
const sees = (rows: ReadonlyArray<RowFilter>) => (fact: Fact) =>
  ["team", "region", "owner"].every((dimension) => {
    const own = rows.filter(([name]) => (name === "rep" ? "owner" : name) === dimension);
    return own.length === 0 || own.some(([, value]) => valueIn(fact, dimension) === value);
  });

test("a question within rows finds what was asked for and may be seen: no fact more, and none less", () => {
  fc.assert(
    fc.property(filters, filters, (asked, rows) => {
      const held = withinRows(asked, rows);
      if (isLeft(held)) return;
      const both = facts.filter((fact) => asks(asked)(fact) && sees(rows)(fact));
      expect(facts.filter(asks(held.right))).toEqual(both);
    }),
  );
});

test("it is refused only where one of several values has to be chosen, and then choosing one helps", () => {
  fc.assert(
    fc.property(filters, filters, (asked, rows) => {
      if (!isLeft(withinRows(asked, rows))) return;
      const chosen = [...asked, ...rows.filter(([name], index) => rows.findIndex((one) => one[0] === name) === index)];
      expect(withinRows(chosen, rows)._tag).toBe("Right");
    }),
  );
});

test("who sees everything is held to nothing, and a question that is held already stays as it is", () => {
  fc.assert(
    fc.property(filters, filters, (asked, rows) => {
      expect(withinRows(asked, [])).toEqual({ _tag: "Right", right: asked });
      const held = withinRows(asked, rows);
      if (!isLeft(held)) expect(withinRows(held.right, rows)).toEqual(held);
    }),
  );
});
