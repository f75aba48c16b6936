import { describe, expect, test } from "vitest";
import { histogramShape, slaPosition, withinSla } from "./histogram-shape.ts";
import { englishReader, plain } from "./testing/english-reader.ts";

const bandsOf = (...counts: number[]) =>
  [60, 300, 900, 3_600, null].map((toSeconds, index) => ({ toSeconds, count: counts[index] ?? 0 }));
const box = { widthPx: 500, heightPx: 200, remPx: 16 };
const bands = bandsOf(10, 20, 30, 25, 15);

describe("the SLA", () => {
  test("stands on the edge that it equals, else within its band in proportion", () => {
    expect(slaPosition(bands, 300)).toBe(2);
    expect(slaPosition(bands, 180)).toBe(1.5);
    expect(slaPosition(bands, 86_400)).toBe(4.5);
  });

  test("is met by all that ended before its edge, and says nothing inside of a band", () => {
    expect(withinSla(bands, 300)).toBeCloseTo(0.3);
    expect(withinSla(bands, 180)).toBeNull();
    expect(withinSla(bandsOf(), 300)).toBeNull();
  });
});

test("draws bands of one width up to their count, with the SLA between those within and those beyond", () => {
  const { bars, slaX, bottom } = histogramShape({ bands, slaSeconds: 300 }, box, englishReader);
  expect(slaX).toBe(200);
  expect(bars.map(({ side }) => side)).toEqual(["within", "within", "beyond", "beyond", "beyond"]);
  const [first, second, third] = bars;
  expect((second?.height ?? 0) / (first?.height ?? 1)).toBeCloseTo(2, 1);
  expect((third?.y ?? 0) + (third?.height ?? 0)).toBeCloseTo(bottom);
  expect(new Set(bars.map(({ width }) => width)).size).toBe(1);
});

test("marks the band that the SLA stands in, because nobody knows its parts", () => {
  const { bars } = histogramShape({ bands, slaSeconds: 180 }, box, englishReader);
  expect(bars[1]?.side).toBe("across");
});

test("names the edges between bands, none over another", () => {
  const { edges } = histogramShape({ bands, slaSeconds: 300 }, box, englishReader);
  expect(edges.map(({ text }) => plain(text))).toEqual(["1 min", "5 min", "15 min", "1 h"]);
  expect(edges.map(({ x }) => x)).toEqual([100, 200, 300, 400]);
  const narrow = histogramShape({ bands, slaSeconds: 300 }, { ...box, widthPx: 160 }, englishReader);
  expect(narrow.edges.length).toBeLessThan(4);
});

test("shortens a count that is wider than its band, and leaves out what does not fit at all", () => {
  const many = bandsOf(1_234_567, 1, 1, 1, 1);
  const textAt = (widthPx: number) =>
    histogramShape({ bands: many, slaSeconds: 300 }, { ...box, widthPx }, englishReader).bars[0]?.text;
  expect([textAt(900), textAt(350), textAt(100)]).toEqual(["1,234,567", "1.235M", ""]);
});
