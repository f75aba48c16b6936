import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { barShapes, stackedReach } from "./bar-shape.ts";
import { courseFrame } from "./course-frame.ts";
import { englishReader } from "./testing/english-reader.ts";

const points = 4;
const frameOf = (values: ReadonlyArray<number>) =>
  courseFrame(
    {
      data: { startsMs: Array.from({ length: points }, (_, index) => index), unit: "leads" },
      values,
      bars: true,
      unit: "hour",
      labelsEm: 2,
    },
    { widthPx: 500, heightPx: 200, remPx: 16 },
    englishReader,
  );
const course = fc.array(fc.option(fc.integer({ min: -100, max: 100 })), { minLength: points, maxLength: points });

describe("bars", () => {
  test("end at their value and stand on zero, also below it", () => {
    const frame = frameOf([-5, 10]);
    const [[up, down] = []] = barShapes([[10, -5, null, 0]], false, frame);
    expect([up?.y, (up?.y ?? 0) + (up?.height ?? 0)]).toEqual([frame.yOf(10), frame.yOf(0)]);
    expect(down?.y).toBe(frame.yOf(0));
    expect((down?.y ?? 0) + (down?.height ?? 0)).toBeCloseTo(frame.yOf(-5));
  });

  test("leave a gap where there is no value, and mark the running one", () => {
    const [bars = []] = barShapes([[1, null, 2, 3]], false, frameOf([3]));
    expect(bars.map(({ index, running }) => [index, running])).toEqual([
      [0, false],
      [2, false],
      [3, true],
    ]);
  });

  test("stand side by side in their room where they do not add up", () => {
    const frame = frameOf([1]);
    const [[left] = [], [right] = []] = barShapes([[1], [1]], false, frame);
    expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual(right?.x ?? 0);
    expect((right?.x ?? 0) + (right?.width ?? 0) - (left?.x ?? 0)).toBeLessThanOrEqual(frame.pointPx);
  });

  test("stand on each other without a gap or an overlap, and all of them within the axis", () => {
    fc.assert(
      fc.property(fc.array(course, { minLength: 1, maxLength: 5 }), (series) => {
        const frame = frameOf(stackedReach(series));
        const shapes = barShapes(series, true, frame);
        for (let index = 0; index < points; index++) {
          const stack = shapes.flatMap((bars) => bars.filter((bar) => bar.index === index));
          const total = series.reduce((sum, values) => sum + Math.abs(values[index] ?? 0), 0);
          const drawn = stack.reduce((sum, { height }) => sum + height, 0);
          const span = frame.yOf(0) - frame.yOf(total);
          const reached = Math.max(...stack.map(({ y, height }) => y + height)) - Math.min(...stack.map(({ y }) => y));
          // A bar is never thinner than a pixel.
          expect(Math.abs(drawn - span)).toBeLessThanOrEqual(stack.length + 0.1);
          if (stack.length > 0) expect(Math.abs(reached - span)).toBeLessThanOrEqual(stack.length + 0.1);
          for (const { y, height } of stack) {
            expect(y).toBeGreaterThanOrEqual(frame.plot.top - 0.1);
            expect(y + height).toBeLessThanOrEqual(frame.plot.bottom + 1.1);
          }
        }
      }),
    );
  });
});
