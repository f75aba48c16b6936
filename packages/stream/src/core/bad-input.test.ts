import { decodeQuarantined, encodeEvent, metricsTopic, type SalesEvent } from "@leadwire/events";
import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { encodeBatch, RecordCursor, stampBatch } from "@leadwire/log";
import fc from "fast-check";
import { isRight } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { leadCreated, stageChanged, touched } from "../testing/sample-events.ts";
import { PartitionTask } from "./partition-task.ts";

const fromMs = Date.UTC(2026, 5, 1);
const appendTimeMs = fromMs + 86_400_000;
const context = {
  workspace: defaultWorkspace,
  calendar: new ZoneCalendar("UTC"),
  generation: "g",
  partition: 0,
  partitions: 1,
};

const key = Buffer.from("k");

/** Runs records through a funnel task, one batch each; answers the task and what it put aside. */
const run = (values: ReadonlyArray<Buffer | null>) => {
  const task = new PartitionTask("leadwire.funnel", context, catalogue.measures);
  const reasons: Array<string> = [];
  for (const value of values) {
    const record = { key, value: value ?? Buffer.alloc(0) };
    task.process(encodeBatch([record], task.position, appendTimeMs), task.position + 1);
  }
  const put = task.takeOutput();
  for (const { topic, batch } of put) {
    if (topic !== "leadwire.quarantine") continue;
    const stamped = Buffer.from(batch);
    stampBatch(stamped, 0, appendTimeMs);
    const cursor = new RecordCursor();
    cursor.reset(stamped, 0);
    while (cursor.next()) {
      const record = decodeQuarantined(stamped.subarray(cursor.valueStart, cursor.valueEnd));
      if (isRight(record)) reasons.push(record.right.reason);
    }
  }
  const counts = task.ledger.entries().map((entry) => entry.counts);
  return {
    task,
    reasons,
    applied: counts.reduce((sum, { applied }) => sum + applied, 0),
    quarantined: counts.reduce((sum, { quarantined }) => sum + quarantined, 0),
    told: put.filter(({ topic }) => topic === metricsTopic("g")).length,
  };
};

const good = encodeEvent(leadCreated("L1", fromMs));
const unframed = Buffer.from(good);
unframed[0] = 1;
const unknownSchema = Buffer.from(good);
unknownSchema.writeInt32BE(12_345, 1);
const replaced = (from: string, to: string): Buffer => {
  const bytes = Buffer.from(good);
  const at = bytes.indexOf(from);
  if (at < 0) throw new Error(`${from} is not in the event`);
  bytes.write(to, at, "latin1");
  return bytes;
};
const event = (of: SalesEvent): Buffer => encodeEvent(of);

const cases: ReadonlyArray<readonly [string, Buffer, string]> = [
  ["nothing at all", Buffer.alloc(0), "not_framed"],
  ["text instead of Avro", Buffer.from("hello, world"), "not_framed"],
  ["another frame", unframed, "not_framed"],
  ["an unknown schema id", unknownSchema, "unknown_schema"],
  ["a record cut short", good.subarray(0, good.length - 3), "truncated_avro"],
  ["bytes behind the last field", Buffer.concat([good, Buffer.alloc(4)]), "malformed_avro"],
  ["a NUL in a text", replaced("L1-created", "L1\0created"), "nul_byte"],
  ["text that is not UTF-8", replaced("L1-created", "L1\xffcreated"), "wrong_encoding"],
  ["a value of 10 MB", event(leadCreated("L1", fromMs, { campaign: "x".repeat(10_000_000) })), "field_too_large"],
  ["a stage of no pipeline", event(stageChanged("L1", "nowhere", fromMs)), "unknown_stage"],
  ["a time far ahead", event(leadCreated("L1", appendTimeMs + 3_600_001)), "in_future"],
  [
    "a currency without a rate",
    event(leadCreated("L1", fromMs, { expected_value_minor: 5, currency: "EUR" })),
    "missing_rate",
  ],
];

test.each(cases)("%s goes to quarantine, and the stream goes on", (_what, value, reason) => {
  const { reasons, applied, quarantined, task } = run([value, event(touched("L2", "t", fromMs))]);
  expect(reasons).toEqual([reason]);
  expect({ applied, quarantined, position: task.position }).toEqual({ applied: 1, quarantined: 1, position: 2 });
});

test("an event exactly an hour ahead of its append time still counts", () => {
  expect(run([event(leadCreated("L1", appendTimeMs + 3_600_000))]).applied).toBe(1);
});

test("a bad record leaves no trace in the state of the good ones", () => {
  const events = [good, event(touched("L1", "t", fromMs + 1000))];
  const bad = cases.map(([, value]) => value);
  const clean = run(events).task.capture();
  const mixed = run([...bad.slice(0, 8), ...events.slice(0, 1), ...bad.slice(8), ...events.slice(1)]);
  expect(mixed.applied).toBe(2);
  expect(mixed.quarantined).toBe(cases.length);
  const slicesOf = (task: PartitionTask) => [...task.slicer.slices.all()].length;
  expect(slicesOf(mixed.task)).toBe(slicesOf(run(events).task));
  expect(clean.pages.length).toBeGreaterThan(0);
});

test("no bytes stop a partition: each record is applied, a duplicate or quarantined", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
          fc.record({ at: fc.nat({ max: good.length - 1 }), to: fc.nat({ max: 255 }) }).map(({ at, to }) => {
            const bytes = Buffer.from(good);
            bytes[at] = to;
            return bytes;
          }),
          fc.nat({ max: good.length }).map((length) => good.subarray(0, length)),
        ),
        { minLength: 1, maxLength: 20 },
      ),
      (values) => {
        const { task } = run(values);
        const total = task.ledger
          .entries()
          .reduce((sum, { counts }) => sum + counts.applied + counts.duplicate + counts.quarantined, 0);
        expect(total).toBe(values.length);
        expect(task.position).toBe(values.length);
      },
    ),
    { numRuns: 150 },
  );
});
