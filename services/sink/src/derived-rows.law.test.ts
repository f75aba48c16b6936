import { dimensions, type FactChange, type FactRecord, factKinds, factOutcomes } from "@leadwire/funnel";
import type { Granularity, SliceRecord } from "@leadwire/kpis";
import { factWriter, sliceWriter } from "@leadwire/store";
import { decodeFactChange, decodeSlice, factChangeStart, originNames, sliceStart } from "@leadwire/stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { factBytes, sliceBytes } from "./testing/derived-record.ts";
import { writtenBlock } from "./testing/written-block.ts";

const text = fc.oneof(
  fc.constantFrom("", "ana"),
  fc.string({ unit: "grapheme", maxLength: 12 }).filter((value) => value.isWellFormed()),
  // Long ones are copied in another way, and have lengths of two and of three bytes.
  fc.string({ minLength: 30, maxLength: 140 }),
  fc.constantFrom("x".repeat(8_191), "ż".repeat(4_096)),
);
const whole = fc.oneof(
  fc.integer({ min: -65, max: 65 }),
  fc.integer(),
  fc.maxSafeInteger().map((value) => Math.trunc(value / 2)),
  fc.integer({ min: 0, max: 51 }).chain((power) => fc.constantFrom(2 ** power - 1, 2 ** power, -(2 ** power))),
);
const int32 = fc.oneof(fc.integer({ min: -65, max: 65 }), fc.integer(), fc.constantFrom(2 ** 31 - 1, -(2 ** 31)));
const orNull = (value: fc.Arbitrary<number>) => fc.option(value, { nil: null });

const named = fc.tuple(...dimensions.map(() => text)).map((texts) => {
  const [owner = "", team = "", region = "", channel = "", campaign = "", segment = "", product = ""] = texts;
  return { owner, team, region, channel, campaign, segment, product, pipeline: texts[7] ?? "", stage: texts[8] ?? "" };
});
const fact: fc.Arbitrary<FactRecord> = fc.record({
  factId: text,
  kind: fc.constantFrom(...factKinds),
  atMs: whole,
  outcome: fc.constantFrom(...factOutcomes),
  count: int32,
  amountMinor: whole,
  costMinor: orNull(whole),
  units: fc.double({ noNaN: true }),
  durationMs: orNull(whole),
  bin: orNull(int32),
  businessMs: orNull(whole),
  businessBin: orNull(int32),
  dueAtMs: orNull(whole),
  termMonths: orNull(int32),
  cohortAtMs: orNull(whole),
  leadId: text,
  dealId: text,
  accountId: text,
  subject: text,
  period: text,
  dimensions: named,
});
const change: fc.Arbitrary<FactChange> = fc.record({
  present: fc.boolean(),
  fact,
  version: whole,
  appendTimeMs: whole,
  causeSource: text,
  causeEventId: text,
  isBackfill: fc.boolean(),
});
const origin = fc.constantFrom(...originNames);
const slice: fc.Arbitrary<SliceRecord> = fc.record({
  measure: text,
  dimension: fc.constantFrom("company" as const, ...dimensions),
  value: text,
  granularity: fc.constantFrom<Granularity>("minute", "hour", "day"),
  startMs: whole,
  bin: orNull(fc.nat()),
  origin,
  partition: int32,
  version: whole,
  count: whole,
  sum: whole,
});

/** A record in the middle of other bytes, as it stands in a chunk of the log. */
const within = (record: Buffer): Buffer => Buffer.concat([Buffer.from([255, 255]), record, Buffer.from([255, 255])]);

test("facts make the same block from their records as from what they decode to", async () => {
  const asObjects = factWriter("0");
  const asRecords = factWriter("0");
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(change, origin, int32), { maxLength: 8 }), async (changes) => {
      asObjects.clear();
      asRecords.clear();
      for (const each of changes) {
        const bytes = within(factBytes(...each));
        const end = bytes.length - 2;
        const decoded = decodeFactChange(bytes, 2, end);
        asObjects.add(decoded, originNames[decoded.origin], decoded.partition);
        asRecords.addRecord(bytes, factChangeStart(bytes, 2, end), end);
      }
      expect(asRecords.byteLength).toBe(asObjects.byteLength);
      expect(await writtenBlock(asRecords)).toBe(await writtenBlock(asObjects));
    }),
    { numRuns: 150 },
  );
});

test("slices make the same block from their records as from what they decode to", async () => {
  const asObjects = sliceWriter("0");
  const asRecords = sliceWriter("0");
  await fc.assert(
    fc.asyncProperty(fc.array(slice, { maxLength: 8 }), async (slices) => {
      asObjects.clear();
      asRecords.clear();
      for (const each of slices) {
        const bytes = within(sliceBytes(each));
        const end = bytes.length - 2;
        asObjects.add(decodeSlice(bytes, 2, end));
        asRecords.addRecord(bytes, sliceStart(bytes, 2, end), end);
      }
      expect(await writtenBlock(asRecords)).toBe(await writtenBlock(asObjects));
    }),
    { numRuns: 150 },
  );
});

test("a record cut anywhere, or with a byte too many, is refused and never sent", async () => {
  const [first] = fc.sample(slice, { numRuns: 1, seed: 7 });
  if (first === undefined) throw new Error("no sample");
  const record = sliceBytes({ ...first, measure: "sales", value: "ana", sum: 2 ** 40 });
  const other = sliceBytes({ ...first, sum: -(2 ** 40) });
  const bytes = Buffer.concat([record, other]);
  for (let end = 0; end <= record.length + 1; end += 1) {
    const writer = sliceWriter("0");
    const add = (): void => writer.addRecord(bytes, sliceStart(bytes, 0, end), end);
    if (end === record.length) {
      expect(add).not.toThrow();
      continue;
    }
    expect(add).toThrow(/derived record/);
    if (end < 5) continue;
    await expect(writtenBlock(writer)).rejects.toThrow("begun and not ended");
  }
});
