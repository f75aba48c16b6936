import {
  avroType,
  derivedRegistry,
  FramedEncoder,
  factChangeType,
  frameId,
  heartbeatType,
  publishedSchemas,
  schemaId,
  sliceUpdatedType,
} from "@leadwire/events";
import { type Dimension, dimensions, factKinds, factOutcomes, LiveFact, missing, type Name } from "@leadwire/funnel";
import { binOf } from "@leadwire/kpis";
import fc from "fast-check";
import { expect, test } from "vitest";
import { TextTable } from "../state/text-table.ts";
import { AvroWriter } from "./avro-writer.ts";
import { decodeFactChange } from "./fact-codec.ts";
import { accountIsLead, FactContext, FactEncoder, isDealKind } from "./fact-encoder.ts";
import { decodeHeartbeat, encodeHeartbeat, isHeartbeat } from "./heartbeat-codec.ts";
import { originNames, origins } from "./origin.ts";
import { decodeSlice, granularities } from "./slice-codec.ts";
import { SliceEncoder } from "./slice-encoder.ts";
import { Span } from "./span.ts";

const text = fc.oneof(fc.string({ unit: "grapheme", maxLength: 12 }), fc.string({ minLength: 40, maxLength: 300 }));
const amount = fc.integer({ min: -(10 ** 13), max: 10 ** 13 });
const instant = fc.integer({ min: -(2 ** 41), max: 2 ** 43 });
const optional = (value: fc.Arbitrary<number>) => fc.option(value, { nil: Number.NaN });

const sample = fc.record({
  kind: fc.integer({ min: 0, max: factKinds.length - 1 }),
  outcome: fc.integer({ min: 0, max: factOutcomes.length - 1 }),
  ordinal: fc.oneof(fc.nat({ max: 12 }), fc.nat({ max: 5000 })),
  atMs: instant,
  count: fc.constantFrom(1, -1),
  amountMinor: amount,
  costMinor: optional(amount),
  units: fc.nat().map((thousandths) => thousandths / 1000),
  durationMs: optional(fc.nat({ max: 2 ** 40 })),
  businessMs: optional(fc.nat({ max: 2 ** 40 })),
  bin: optional(fc.nat({ max: 10_000 })),
  dueAtMs: optional(instant),
  termMonths: optional(fc.nat({ max: 600 })),
  cohortAtMs: optional(instant),
  // Few different ones: facts that share dimensions take another way than those that do not.
  about: fc.tuple(text, text),
  dimensions: fc.array(fc.oneof({ weight: 40, arbitrary: fc.constant("ana") }, fc.constant(""), text), {
    minLength: 9,
    maxLength: 9,
  }),
  deal: fc.option(
    text.filter((id) => id.length > 0),
    { nil: undefined },
  ),
  account: fc.option(
    text.filter((id) => id.length > 0),
    { nil: undefined },
  ),
  accountIsLead: fc.boolean(),
  present: fc.boolean(),
  isBackfill: fc.boolean(),
  version: fc.nat({ max: 2 ** 48 }),
  appendTimeMs: instant,
  ids: fc.tuple(text, text, text, text, text),
});
type Sample = typeof sample extends fc.Arbitrary<infer T> ? T : never;

const spanOf = (value: string, span: Span): void => {
  const bytes = Buffer.from(`..${value}..`);
  span.set(bytes, 2, bytes.length - 4);
};

const liveFact = (s: Sample, names: TextTable, ids: TextTable): LiveFact => {
  const fact = new LiveFact();
  const { kind, outcome, ordinal, atMs, count, amountMinor, costMinor, units, durationMs, cohortAtMs } = s;
  const { businessMs, bin, dueAtMs, termMonths } = s;
  Object.assign(fact, { kind, outcome, ordinal, atMs, count, amountMinor, costMinor, units, durationMs, cohortAtMs });
  Object.assign(fact, { businessMs, bin, dueAtMs, termMonths });
  const [subject, period] = s.about;
  fact.subject = subject === "" ? missing : names.intern(subject);
  fact.period = period === "" ? missing : names.intern(period);
  fact.deal = s.deal === undefined ? missing : ids.intern(s.deal);
  fact.account = s.account === undefined ? (s.accountIsLead ? accountIsLead : missing) : ids.intern(s.account);
  const [owner, team, region, channel, campaign, segment, product, pipeline, stage] = s.dimensions.map((name) =>
    names.intern(name),
  ) as [Name, Name, Name, Name, Name, Name, Name, Name, Name];
  return Object.assign(fact, { owner, team, region, channel, campaign, segment, product, pipeline, stage });
};

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

test("a fact's change is the bytes that avsc writes for it, and comes back", () => {
  const names = new TextTable();
  const ids = new TextTable();
  names.intern("(none)");
  ids.intern("");
  const context = new FactContext(origins.funnel, 3);
  const encoder = new FactEncoder(context, names, ids, derivedRegistry.idOf("fact-changed"));
  fc.assert(
    fc.property(sample, (s) => {
      const [causeSource, cause, birthSource, birth, lead] = s.ids;
      context.version = s.version;
      context.appendTimeMs = s.appendTimeMs;
      context.isBackfill = s.isBackfill;
      context.causeSource = names.intern(causeSource);
      context.birthSource = names.intern(birthSource);
      spanOf(cause, context.cause);
      spanOf(birth, context.birth);
      spanOf(lead, context.entity);
      encoder.begin();
      // What is said of the record stands there for its second fact.
      encoder.encode(liveFact(s, names, ids), !s.present);
      encoder.encode(liveFact(s, names, ids), s.present);
      const dealPart = s.deal === undefined ? "" : `/${s.deal}`;
      const accountPart = factKinds[s.kind] === "customer_active" && lead !== "" ? `/${lead}` : "";
      const values = Object.fromEntries(dimensions.map((dimension, n) => [dimension, s.dimensions[n] as string]));
      const fact = {
        factId: `${birthSource}/${birth}/${factKinds[s.kind]}/${s.ordinal}${dealPart}${accountPart}`,
        leadId: lead,
        dealId: s.deal ?? (isDealKind(s.kind) ? lead : ""),
        accountId: s.account ?? (s.accountIsLead ? lead : ""),
        bin: orNull(Number.isNaN(s.bin) && !Number.isNaN(s.durationMs) ? binOf(s.durationMs) : s.bin),
        dimensions: values as Record<Dimension, string>,
      };
      const { buffer, at } = encoder.writer;
      const expected = factChangeType.toBuffer({
        origin: "funnel",
        partition: 3,
        present: s.present,
        version: s.version,
        append_time: s.appendTimeMs,
        cause_source: causeSource,
        cause_event_id: cause,
        fact_id: fact.factId,
        kind: factKinds[s.kind],
        at: s.atMs,
        outcome: factOutcomes[s.outcome] || "none",
        count: s.count,
        amount_minor: s.amountMinor,
        cost_minor: orNull(s.costMinor),
        units: s.units,
        duration_ms: orNull(s.durationMs),
        bin: fact.bin,
        cohort_at: orNull(s.cohortAtMs),
        lead_id: fact.leadId,
        deal_id: fact.dealId,
        account_id: fact.accountId,
        ...values,
        business_ms: orNull(s.businessMs),
        business_bin: Number.isNaN(s.businessMs) ? null : binOf(s.businessMs),
        due_at: orNull(s.dueAtMs),
        term_months: orNull(s.termMonths),
        subject: s.about[0],
        period: s.about[1],
        backfill: s.isBackfill,
      });
      expect(buffer.toString("hex", 5, at)).toBe(expected.toString("hex"));
      expect(buffer.toString("utf8", encoder.idStart, encoder.idEnd)).toBe(fact.factId);
      const decoded = decodeFactChange(buffer, 0, at);
      expect(decoded.fact).toMatchObject({
        ...fact,
        kind: factKinds[s.kind],
        atMs: s.atMs,
        amountMinor: s.amountMinor,
        businessMs: orNull(s.businessMs),
        dueAtMs: orNull(s.dueAtMs),
        termMonths: orNull(s.termMonths),
        subject: s.about[0],
        period: s.about[1],
      });
      expect(decoded).toMatchObject({ version: s.version, present: s.present, causeEventId: cause, causeSource });
      expect(decoded.isBackfill).toBe(s.isBackfill);
    }),
    { numRuns: 500 },
  );
});

test("a slice is the bytes that avsc writes for it, and comes back", () => {
  const encoder = new SliceEncoder(derivedRegistry.idOf("slice-updated"));
  const slice = fc.record({
    measure: text,
    dimension: fc.constantFrom("company", ...dimensions),
    value: text,
    granularity: fc.integer({ min: 0, max: 2 }),
    startMs: instant,
    bin: fc.integer({ min: -1, max: 4000 }),
    count: fc.integer(),
    sum: fc.integer({ min: -(10 ** 15), max: 10 ** 15 }),
    version: fc.nat({ max: 2 ** 48 }),
  });
  fc.assert(
    fc.property(slice, ({ measure, dimension, value, granularity, startMs, bin, count, sum, version }) => {
      const names = new AvroWriter();
      for (const name of [measure, dimension, value]) names.text(name);
      const prefix = new Span();
      prefix.set(names.buffer, 0, names.at);
      encoder.begin(origins.spend, 7, version);
      encoder.encode(prefix, granularity, startMs, bin, count, sum);
      const { buffer, at } = encoder.writer;
      const record = { measure, dimension, value, bin: bin < 0 ? null : bin, count, sum, version, partition: 7 };
      const expected = { ...record, origin: "spend", granularity: granularities[granularity], start: startMs };
      expect(buffer.toString("hex", 5, at)).toBe(sliceUpdatedType.toBuffer(expected).toString("hex"));
      const { start: _start, ...rest } = { ...expected, startMs };
      expect(decodeSlice(buffer, 0, at)).toEqual(rest);
    }),
    { numRuns: 300 },
  );
});

const someBeat = {
  topic: "leadwire.funnel",
  partition: 11,
  position: 2 ** 40,
  end: 2 ** 40 + 1,
  appendTimeMs: 1.7e12,
};

test("a fact of the version before is read as one of a backfill; one from before that is refused", () => {
  const names = new TextTable();
  names.intern("(none)");
  const context = new FactContext(origins.funnel, 3);
  const encoder = new FactEncoder(context, names, new TextTable(), derivedRegistry.idOf("fact-changed"));
  encoder.begin();
  const fact = new LiveFact();
  fact.account = accountIsLead;
  fact.deal = missing;
  encoder.encode(fact, true);
  const { buffer, at } = encoder.writer;
  const of = (version: number): Buffer => {
    const former = publishedSchemas.find((each) => each.name === "fact-changed" && each.version === version);
    if (former === undefined) throw new Error(`version ${version} of fact-changed is not published`);
    const bytes = Buffer.from(buffer.subarray(0, at - 1));
    bytes.writeInt32BE(schemaId(former.schema), 1);
    return bytes;
  };
  expect(decodeFactChange(buffer, 0, at).isBackfill).toBe(false);
  expect(decodeFactChange(of(2), 0, at - 1).isBackfill).toBe(true);
  expect(() => decodeFactChange(of(1), 0, at - 1)).toThrow("rebuild the generation");
});

test("a heartbeat of the first version is read: who wrote it had served no request", () => {
  const first = publishedSchemas.find(({ name, version }) => name === "heartbeat" && version === 1);
  if (first === undefined) throw new Error("the first version of heartbeat is not published");
  const { appendTimeMs, ...rest } = someBeat;
  const record = { ...rest, append_time: appendTimeMs, newest_event_time: null };
  const bytes = new FramedEncoder().encode(avroType(first.schema), schemaId(first.schema), record);
  expect(isHeartbeat(bytes, 0, bytes.length)).toBe(true);
  expect(decodeHeartbeat(bytes, 0, bytes.length)).toEqual({ ...someBeat, newestEventMs: null, requestsServed: 0 });
});

test("a heartbeat is the bytes that avsc writes for it, and comes back", () => {
  const beat = { ...someBeat, requestsServed: 77 };
  for (const newestEventMs of [null, 1_699_999_999_999]) {
    const bytes = encodeHeartbeat({ ...beat, newestEventMs });
    const { appendTimeMs, requestsServed, ...rest } = beat;
    const expected = heartbeatType.toBuffer({
      ...rest,
      append_time: appendTimeMs,
      newest_event_time: newestEventMs,
      requests_served: requestsServed,
    });
    expect(bytes.subarray(5).equals(expected)).toBe(true);
    expect(isHeartbeat(bytes, 0, bytes.length)).toBe(true);
    expect(decodeHeartbeat(bytes, 0, bytes.length)).toEqual({ ...beat, newestEventMs });
  }
});

test("kinds, outcomes, origins and granularities stand in the order of the schemas", () => {
  const symbols = (name: "fact-changed" | "slice-updated", field: string): unknown => {
    const schema = derivedRegistry.byId(derivedRegistry.idOf(name))?.schema;
    const type = schema?.fields.find((each) => each.name === field)?.type;
    return typeof type === "object" && "symbols" in type ? type.symbols : undefined;
  };
  expect(symbols("fact-changed", "kind")).toEqual(factKinds);
  expect(symbols("fact-changed", "outcome")).toEqual(factOutcomes.map((outcome) => outcome || "none"));
  expect(symbols("fact-changed", "origin")).toEqual(originNames);
  expect(symbols("slice-updated", "granularity")).toEqual(granularities);
});

test("a record of another schema is refused", () => {
  const bytes = encodeHeartbeat({
    topic: "t",
    partition: 0,
    position: 0,
    end: 0,
    appendTimeMs: 0,
    newestEventMs: null,
  });
  expect(frameId(bytes, 0, bytes.length)).toBe(derivedRegistry.idOf("heartbeat"));
  expect(() => decodeSlice(bytes, 0, bytes.length)).toThrow("rebuild the generation");
  expect(() => decodeFactChange(bytes, 0, 3)).toThrow("not framed");
});
