import { expect, test } from "vitest";
import { courseFrame } from "./course-frame.ts";
import { lineShape } from "./line-shape.ts";
import { englishReader } from "./testing/english-reader.ts";

/** In a frame of ten px a point, and ten px for a value of one. */
const shapeOf = (values: ReadonlyArray<number | null>) => {
  const data = { startsMs: values.map((_, index) => index * 3_600_000), unit: "leads" };
  const frame = courseFrame(
    { data, values: [0, 10], bars: false, unit: "hour", labelsEm: 0 },
    { widthPx: 200, heightPx: 200, remPx: 16 },
    englishReader,
  );
  return lineShape(values, { ...frame, xOf: (index) => index * 10, yOf: (value) => 100 - value * 10 });
};

test("draws what is over as a line, the running period dashed, and marks where it stands", () => {
  expect(shapeOf([1, 2, 3])).toEqual({
    line: "M0 90L10 80",
    running: "M10 80L20 70",
    area: "M0 90L10 80L20 70L20 100L0 100Z",
    alone: [],
    end: { x: 20, y: 70 },
  });
});

test("breaks the line at a gap, and shows a point without a neighbour", () => {
  const { line, running, alone, end } = shapeOf([1, 2, null, 3, null, 4, 5]);
  expect(line).toBe("M0 90L10 80");
  expect(alone).toEqual([{ x: 30, y: 70 }]);
  expect(running).toBe("M50 60L60 50");
  expect(end).toEqual({ x: 60, y: 50 });
});

test("joins nothing over a gap before the running point, and marks no end where it is missing", () => {
  expect(shapeOf([1, null, 4]).running).toBe("");
  expect(shapeOf([1, 2, null]).end).toBeNull();
});

test("draws one point, and nothing of nothing", () => {
  expect(shapeOf([7])).toEqual({ line: "", running: "", area: "", alone: [], end: { x: 0, y: 30 } });
  expect(shapeOf([])).toEqual({ line: "", running: "", area: "", alone: [], end: null });
});
