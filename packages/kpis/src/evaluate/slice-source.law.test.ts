import { dimensions, type FactRecord, ZoneCalendar } from "@leadwire/funnel";
import fc from "fast-check";
import { expect, test } from "vitest";
import { catalogue } from "../../catalogue/index.ts";
import { binOf, type Measure, type SliceRecord } from "../index.ts";
import { fact } from "../testing/facts.ts";
import { isMeasured, partialsOfFacts, placedAtMs } from "./array-source.ts";
import type { PartialQuery } from "./partial.ts";
import { SliceBook } from "./slice-book.ts";
import { canServe, partialsOfSlices } from "./slice-source.ts";

const zone = new ZoneCalendar("Europe/Bucharest");
const start = Date.parse("2026-03-27T00:00:00Z");
const spanMs = 5 * 86_400_000; // The change of clocks of 29 March lies in it.

const facts = fc.array(
  fc
    .record({
      measure: fc.constantFrom(...catalogue.measures),
      at: fc.integer({ min: start, max: start + spanMs }),
      amountMinor: fc.integer({ min: -50, max: 50 }),
      durationMs: fc.integer({ min: 0, max: 10_000 }),
      businessMs: fc.option(fc.integer({ min: 0, max: 10_000 })),
      costMinor: fc.option(fc.nat(50)),
      units: fc.constantFrom(0, 1, 2.5, 0.0625),
      owner: fc.constantFrom("ana", "ben"),
      cohort: fc.integer({ min: 0, max: 86_400_000 }),
      up: fc.boolean(),
      outcome: fc.nat(9),
    })
    .map(({ measure, durationMs, businessMs, owner, cohort, up, outcome, ...stated }) =>
      fact({
        ...stated,
        kind: measure.kind,
        outcome: measure.outcomes?.[outcome % measure.outcomes.length] ?? "",
        count: measure.level && !up ? -1 : 1,
        durationMs,
        bin: binOf(durationMs),
        businessMs,
        businessBin: businessMs === null ? null : binOf(businessMs),
        cohortAtMs: stated.at - cohort,
        dimensions: { owner, channel: owner === "ana" ? "ads" : "mail" },
      }),
    ),
  { maxLength: 40 },
);

const slicesOf = (measure: Measure, one: FactRecord, partition: number): ReadonlyArray<SliceRecord> => {
  const placedMs = placedAtMs(measure, one) ?? 0;
  const value = {
    none: 0,
    amountMinor: one.amountMinor,
    costMinor: one.costMinor ?? 0,
    unitsMilli: Math.round(one.units * 1000),
    durationMs: one.durationMs ?? 0,
    businessMs: one.businessMs ?? 0,
  };
  const { slicedBy = measure.dimensions } = measure;
  if (slicedBy === "none") return [];
  const starts = [
    ["minute", zone.minuteStartMs(placedMs)],
    ["hour", zone.localHourStartMs(placedMs)],
    ["day", zone.dayStartOf(placedMs)],
  ] as const;
  return starts.flatMap(([granularity, startMs]) =>
    (["company", ...slicedBy] as const).map((dimension) => ({
      measure: measure.id,
      dimension,
      value: dimension === "company" ? "" : one.dimensions[dimension],
      granularity,
      startMs,
      bin: measure.binned ? (measure.value === "businessMs" ? one.businessBin : one.bin) : null,
      origin: "funnel",
      partition,
      version: 0,
      count: one.count,
      sum: value[measure.value],
    })),
  );
};

/** Slices as tasks would write them: absolute values per partition, with a version that rises. */
const bookOf = (all: ReadonlyArray<FactRecord>, minutesFromMs: number): SliceBook => {
  const newest = (measure: Measure): number =>
    Math.max(Number.NEGATIVE_INFINITY, ...all.filter((one) => isMeasured(measure, one)).map((one) => one.atMs));
  const newestById = new Map(catalogue.measures.map((measure) => [measure.id, newest(measure)]));
  const book = new SliceBook({
    calendar: zone,
    minutesFromMs,
    hoursFromMs: Number.NEGATIVE_INFINITY,
    newestMs: (id) => newestById.get(id) ?? Number.NEGATIVE_INFINITY,
  });
  const held = new Map<string, SliceRecord>();
  for (const [index, one] of all.entries()) {
    for (const measure of catalogue.measures.filter((candidate) => isMeasured(candidate, one))) {
      for (const slice of slicesOf(measure, one, index % 3)) {
        const { count, sum, version, ...key } = slice;
        const before = held.get(JSON.stringify(key));
        const after = { ...slice, count: count + (before?.count ?? 0), sum: sum + (before?.sum ?? 0), version: index };
        held.set(JSON.stringify(key), after);
        book.apply(after);
        if (before !== undefined) book.apply(before); // Told late: the higher version stays.
      }
    }
  }
  return book;
};

const queries = fc
  .record({
    measure: fc.constantFrom(...catalogue.measures),
    edges: fc.tuple(fc.integer({ min: 0, max: spanMs }), fc.integer({ min: 0, max: spanMs })),
    unit: fc.constantFrom<"minute" | "hour" | "day">("minute", "hour", "day"),
    open: fc.boolean(),
    upTo: fc.oneof(fc.constant(start + 2 * spanMs), fc.integer({ min: start, max: start + spanMs })),
    grouped: fc.boolean(),
    bins: fc.boolean(),
  })
  .map(({ measure, edges, unit, open, upTo, grouped, bins }): PartialQuery => {
    const startOf = (ms: number): number =>
      unit === "minute" ? zone.minuteStartMs(ms) : unit === "hour" ? zone.localHourStartMs(ms) : zone.dayStartOf(ms);
    const [fromMs, toMs] = edges.sort((a, b) => a - b).map((edge) => startOf(start + edge)) as [number, number];
    const dimension = measure.dimensions.includes("owner") ? "owner" : "channel";
    return {
      measure,
      fromMs: open || measure.level ? null : fromMs,
      toMs,
      upToMs: upTo,
      by: grouped ? [dimension] : [],
      where: [],
      want: bins && measure.binned ? "bins" : "sums",
    };
  });

const comparable = (partials: ReturnType<typeof partialsOfFacts>) =>
  partials
    .filter((partial) => partial.count !== 0n || partial.sum !== 0n)
    .toSorted((a, b) => ((a.group[0] ?? "") < (b.group[0] ?? "") ? -1 : 1));

test("slices give what the facts give, bit for bit, wherever they can serve", () => {
  let served = 0;
  fc.assert(
    fc.property(facts, fc.array(queries, { minLength: 1, maxLength: 30 }), (all, asked) => {
      const book = bookOf(all, Number.NEGATIVE_INFINITY);
      for (const query of asked) {
        const answer = partialsOfSlices(book, query);
        if (answer === undefined) continue;
        served += 1;
        expect(comparable(answer)).toEqual(comparable(partialsOfFacts(all, query)));
      }
    }),
    { numRuns: 60 },
  );
  expect(served).toBeGreaterThan(100);
});

test("slices are not asked where they could not know", () => {
  const measure = catalogue.measures.find((one) => one.id === "leads_created");
  if (measure === undefined) throw new Error("leads_created is gone");
  const all = [fact({ kind: "lead_created", at: start + 3_600_000 })];
  const { grid } = bookOf(all, start);
  const query: PartialQuery = {
    measure,
    fromMs: start,
    toMs: start + 7_200_000,
    upToMs: start + 7_200_000,
    by: [],
    where: [],
    want: "sums",
  };
  expect(canServe(query, grid)).toBe(true);
  expect(canServe({ ...query, where: [["owner", "ana"]] }, grid)).toBe(false);
  expect(canServe({ ...query, by: ["owner", "team"] }, grid)).toBe(false);
  expect(canServe({ ...query, by: ["stage"] }, grid)).toBe(false);
  expect(canServe({ ...query, want: "ends" }, grid)).toBe(false);
  expect(canServe({ ...query, due: { fromMs: start, toMs: null } }, grid)).toBe(false);
  expect(canServe({ ...query, measure: { ...measure, slicedBy: ["team"] }, by: ["owner"] }, grid)).toBe(false);
  expect(canServe({ ...query, measure: { ...measure, slicedBy: "none" } }, grid)).toBe(false);
  expect(canServe({ ...query, fromMs: start + 1 }, grid)).toBe(false);
  // A fact of the last slice lies after `upTo`.
  expect(canServe({ ...query, upToMs: start + 1_800_000 }, grid)).toBe(false);
  // The minutes at the edge have been freed.
  expect(canServe({ ...query, fromMs: start - 60_000, toMs: start + 60_000 }, grid)).toBe(false);
  expect(dimensions).toContain("stage");
});
