import { expect, test } from "vitest";
import { reachOf } from "./target-reach.ts";

const state = (value: number | null, target: number, pace: number | null, better: "higher" | "lower" = "higher") => {
  const reach = reachOf(
    { value, better },
    { value: target, reached: value === null || target === 0 ? null : value / target, pace },
  );
  return [reach.state, reach.tone];
};

test("is ahead of or behind the pace until the target is reached", () => {
  expect(state(70, 100, 0.6)).toEqual(["ahead", "better"]);
  expect(state(50, 100, 0.6)).toEqual(["behind", "worse"]);
  expect(state(60, 100, 0.6)).toEqual(["ahead", "better"]);
  expect(state(100, 100, 0.6)).toEqual(["reached", "better"]);
});

test("says nothing of the pace where time does not say how far it should be", () => {
  expect(state(70, 100, null)).toEqual(["plain", "plain"]);
  expect(state(120, 100, null)).toEqual(["reached", "better"]);
});

test("takes the target for a limit where lower is better", () => {
  expect(state(240, 300, 0.5, "lower")).toEqual(["within", "better"]);
  expect(state(300, 300, null, "lower")).toEqual(["within", "better"]);
  expect(state(360, 300, null, "lower")).toEqual(["over", "worse"]);
});

test("has no opinion without a value or a target to divide by", () => {
  expect(state(null, 100, 0.5)).toEqual(["plain", "plain"]);
  expect(state(5, 0, 0.5)).toEqual(["plain", "plain"]);
});
