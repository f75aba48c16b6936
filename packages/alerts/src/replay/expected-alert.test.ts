import { expect, test } from "vitest";
import { mismatches } from "./expected-alert.ts";

type Fields = Readonly<Record<string, string | number | null>>;
const alerts = (...all: ReadonlyArray<Fields>) => all.map((fields) => new Map(Object.entries(fields)));
const shown = (expected: ReadonlyArray<Fields>, found: ReadonlyArray<Fields>) =>
  mismatches(alerts(...expected), alerts(...found)).map(({ expected, found, fields }) => [
    expected === undefined ? null : Object.fromEntries(expected),
    found === undefined ? null : Object.fromEntries(found),
    fields,
  ]);

test("the stated fields of each alert have to be so, and the set has to be exactly this", () => {
  const found = [
    { rule: "r", lead: "L1", step: 0 },
    { rule: "r", lead: "L2", step: 1 },
  ];
  expect(shown([{ rule: "r", lead: "L2" }, { rule: "r" }], found)).toEqual([]);
  expect(shown([{ rule: "r" }], found)).toEqual([[null, found[1], []]]);
  expect(shown([{ rule: "r" }, { rule: "r" }, { rule: "q" }], found)).toEqual([[{ rule: "q" }, null, []]]);
});

test("an alert that fits several expectations goes where the others cannot", () => {
  const found = [
    { rule: "r", lead: "L1" },
    { rule: "r", lead: "L2" },
  ];
  expect(shown([{ rule: "r" }, { rule: "r", lead: "L1" }], found)).toEqual([]);
});

test("shows what was found beside what was expected, and in what they differ", () => {
  const expected = { rule: "r", lead: "L1", owner: "ana" };
  const found = { rule: "r", lead: "L1", owner: "bogdan" };
  expect(shown([expected], [{ rule: "r", lead: "L9" }, found])).toEqual([
    [expected, found, ["owner"]],
    [null, { rule: "r", lead: "L9" }, []],
  ]);
});

test("numbers are compared as people write them, and no value is null", () => {
  expect(shown([{ rule: "r", value: 0.333333333 }], [{ rule: "r", value: 1 / 3 }])).toEqual([]);
  expect(shown([{ rule: "r", value: 0.33 }], [{ rule: "r", value: 1 / 3 }])).toHaveLength(1);
  expect(shown([{ rule: "r", value: null }], [{ rule: "r" }])).toEqual([]);
  expect(shown([{ rule: "r", value: null }], [{ rule: "r", value: 0 }])).toHaveLength(1);
});
