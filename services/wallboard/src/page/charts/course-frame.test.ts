import { expect, test } from "vitest";
import { courseFrame, pointAt } from "./course-frame.ts";
import { englishReader } from "./testing/english-reader.ts";

const dayMs = 86_400_000;
const startsMs = Array.from({ length: 12 }, (_, index) => Date.UTC(2026, 10, 11) + index * dayMs);
const box = { widthPx: 600, heightPx: 250, remPx: 16 };
const wish = { data: { startsMs, unit: "leads" }, values: [10, 90], bars: true, unit: "day", labelsEm: 4 } as const;

test("keeps room for the axis at the left, the labels at the right and the periods below", () => {
  const { plot, fontPx } = courseFrame(wish, box, englishReader);
  expect(plot.left).toBeGreaterThan(fontPx);
  expect(plot.right).toBeCloseTo(600 - 4 * fontPx);
  expect(plot.bottom).toBeCloseTo(250 - 1.6 * fontPx);
});

test("stands bars in the middle of their room, and lets lines go from edge to edge", () => {
  const bars = courseFrame(wish, box, englishReader);
  expect(bars.xOf(0) - bars.plot.left).toBeCloseTo(bars.pointPx / 2, 1);
  expect(bars.plot.right - bars.xOf(11)).toBeCloseTo(bars.pointPx / 2, 1);
  const line = courseFrame({ ...wish, bars: false }, box, englishReader);
  expect(line.plot.right - line.xOf(11)).toBeLessThan(line.fontPx);
  expect(line.xOf(0) - line.plot.left).toBeLessThan(line.fontPx);
});

test("stands a lone point where now is", () => {
  const data = { ...wish.data, startsMs: startsMs.slice(-1) };
  for (const bars of [true, false]) {
    const { xOf, plot, pointPx } = courseFrame({ ...wish, data, bars }, box, englishReader);
    expect(xOf(0)).toBeGreaterThan((plot.left + plot.right) / 2);
    expect(bars ? pointPx : 0).toBeLessThanOrEqual((plot.right - plot.left) / 6);
  }
});

test("names periods inside the box, none over another, and none where the box is low", () => {
  const { periods, fontPx } = courseFrame(wish, box, englishReader);
  expect(periods.at(-1)?.text).toBe("Nov 22");
  for (const [index, { x }] of periods.slice(1).entries())
    expect(x - (periods[index]?.x ?? 0)).toBeGreaterThan(fontPx * 3);
  expect(courseFrame(wish, { ...box, heightPx: 50 }, englishReader).periods).toEqual([]);
});

test("gives up the axis' words before the chart where a box is narrow", () => {
  const { plot, ticks } = courseFrame({ ...wish, values: [1e9] }, { ...box, widthPx: 90 }, englishReader);
  expect(plot.left).toBe(0);
  expect(ticks.every(({ text }) => text === "")).toBe(true);
});

test("finds the point nearest to the mouse", () => {
  const frame = courseFrame(wish, box, englishReader);
  expect(pointAt(frame, 12, frame.xOf(3) + 5)).toBe(3);
  expect(pointAt(frame, 12, -100)).toBe(0);
  expect(pointAt(frame, 12, 10_000)).toBe(11);
});
