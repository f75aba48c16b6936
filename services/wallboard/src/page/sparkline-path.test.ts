import { expect, test } from "vitest";
import { sparklinePath } from "./sparkline-path.ts";

test("draws from the lowest to the highest value, the newest marked", () => {
  expect(sparklinePath([0, 10, 5], false)).toEqual({
    line: "M0 28L50 2L100 15",
    area: "",
    end: { x: 100, y: 15 },
  });
});

test("starts at zero when asked, so that a small change of a large count looks small", () => {
  expect(sparklinePath([40, 100], true)).toEqual({
    line: "M0 17.6L100 2",
    area: "M0 17.6L100 2L100 30L0 30Z",
    end: { x: 100, y: 2 },
  });
});

test("leaves zero out where all values lie close together far above it, without an area and without magnifying noise", () => {
  expect(sparklinePath([99, 100], true)).toMatchObject({ line: "M0 3.04L100 2", area: "" });
  expect(sparklinePath([60, 100], true)).toMatchObject({ line: "M0 23.67L100 2", area: "" });
});

test("leaves a gap where there is no value, and marks no end there", () => {
  const path = sparklinePath([1, 2, null, 3, null], false);
  expect(path.line).toBe("M0 28L25 15M75 2");
  expect(path.end).toBeNull();
});

test("puts a flat line in the middle and draws nothing of nothing", () => {
  expect(sparklinePath([4, 4], false).line).toBe("M0 15L100 15");
  expect(sparklinePath([0, 0], true).line).toBe("M0 28L100 28");
  expect(sparklinePath([null, null], false)).toEqual({ line: "", area: "", end: null });
  expect(sparklinePath([7], false).end).toEqual({ x: 0, y: 15 });
});
