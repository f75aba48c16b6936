import { expect, test } from "vitest";
import type { Expectation } from "./golden-case.ts";
import { mismatches } from "./golden-match.ts";

const expectation: Expectation = {
  metric: "win_rate",
  window: "all",
  atMs: 0,
  by: ["owner"],
  where: [],
  answers: [{ group: { owner: "ana" }, value: 0.5, denominator: 2 }],
};

test("agrees where every stated number does, whatever else the answer says", () => {
  expect(mismatches(expectation, [{ group: { owner: "ana" }, value: 0.5, numerator: 1, denominator: 2 }])).toEqual([]);
});

test("names a wrong number, a missing group and one too many", () => {
  expect(mismatches(expectation, [{ group: { owner: "ana" }, value: null, denominator: 2 }])).toEqual([
    "group ana: value: expected 0.5, found null",
  ]);
  expect(mismatches(expectation, [])).toEqual(["group ana: missing"]);
  expect(
    mismatches(expectation, [
      { group: { owner: "ana" }, value: 0.5, denominator: 2 },
      { group: { owner: "bo" }, value: 1 },
    ]),
  ).toEqual(["group bo: not expected"]);
});

test("tells null from 0 and holds numbers to the tolerance", () => {
  const answers = [{ group: { owner: "ana" }, value: 0.504, denominator: 2 }];
  expect(mismatches(expectation, answers)).toHaveLength(1);
  expect(mismatches(expectation, answers, 0.01)).toEqual([]);
  const nothing = { ...expectation, answers: [{ group: { owner: "ana" }, value: null }] };
  expect(mismatches(nothing, [{ group: { owner: "ana" }, value: 0 }])).toHaveLength(1);
});
