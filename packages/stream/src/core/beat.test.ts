import { decodeControl, encodeEvent, type SalesEvent } from "@leadwire/events";
import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { encodeBatch } from "@leadwire/log";
import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { leadCreated, touched } from "../testing/sample-events.ts";
import { toldRecords } from "../testing/told-records.ts";
import { isLedger } from "./codec/derived-ids.ts";
import { decodeHeartbeat } from "./codec/heartbeat-codec.ts";
import { PartitionTask } from "./partition-task.ts";
import { releaseState } from "./state/task-state.ts";

const nowMs = Date.UTC(2026, 5, 1);
const context = {
  workspace: defaultWorkspace,
  calendar: new ZoneCalendar("UTC"),
  generation: "g",
  partition: 0,
  partitions: 1,
};
const newTask = (): PartitionTask => new PartitionTask("leadwire.funnel", context, catalogue.measures);

const give = (task: PartitionTask, events: ReadonlyArray<SalesEvent>, backfill?: string): void => {
  const headers = backfill === undefined ? {} : { headers: { backfill } };
  const records = events.map((event) => ({ key: null, value: encodeEvent(event), ...headers }));
  task.process(encodeBatch(records, task.position, nowMs), task.position + records.length);
};

/** The lines of the ledger that come with a heartbeat: source, backfill, applied and duplicate. */
const linesOf = (task: PartitionTask) =>
  toldRecords(task.beat(task.position, nowMs)).flatMap(({ topic, key, value }) => {
    if (!isLedger(value, 0, value.length)) return [];
    const decoded = decodeControl(value);
    if (isLeft(decoded) || decoded.right.name !== "ledger-updated") throw new Error("no line of the ledger");
    const { topic: of, partition, position, entries } = decoded.right.record;
    expect({ topic, key, of, partition }).toEqual({
      topic: "leadwire.metrics.g",
      key: "ledger/leadwire.funnel",
      of: "leadwire.funnel",
      partition: 0,
    });
    return entries.map((entry) => [position, entry.source_system, entry.backfill, entry.applied, entry.duplicate]);
  });

const lead = leadCreated("L", nowMs);

test("a heartbeat brings the counts that changed since the last one", () => {
  const task = newTask();
  expect(linesOf(task)).toEqual([]);
  give(task, [lead, lead]);
  give(task, [touched("L", "t", nowMs)], "b1");
  expect(linesOf(task)).toEqual([
    [3, "crm", "", 1, 1],
    [3, "crm", "b1", 1, 0],
  ]);
  expect(linesOf(task)).toEqual([]);
  give(task, [lead]);
  expect(linesOf(task)).toEqual([[4, "crm", "", 1, 2]]);
});

/** Another task, made from what this one would commit. */
const restored = (task: PartitionTask): PartitionTask => {
  const { head, pages } = task.capture();
  const reader = {
    pages: (table: number) => pages.filter((each) => each.table === table),
    page: (table: number, page: number): Buffer => {
      const found = pages.find((each) => each.table === table && each.page === page);
      if (found === undefined) throw new Error(`page ${page} of table ${table} was not captured`);
      return found.bytes;
    },
  };
  const again = newTask();
  releaseState(again.fold.state, reader);
  again.restore(head, reader);
  return again;
};

test("a restored task tells all its counts again", () => {
  const task = newTask();
  give(task, [lead, lead]);
  linesOf(task);
  const again = restored(task);
  expect(linesOf(again)).toEqual([[2, "crm", "", 1, 1]]);
  expect(again.counts()).toEqual(task.counts());
});

test("the counts of many imports come in records of bounded size", () => {
  const task = newTask();
  for (let n = 0; n < 450; n += 1) give(task, [touched("L", `t${n}`, nowMs)], `backfill-${n}`);
  const lines = toldRecords(task.beat(450, nowMs)).filter(({ value }) => isLedger(value, 0, value.length));
  expect(lines.length).toBe(3);
  expect(Math.max(...lines.map(({ value }) => value.length))).toBeLessThan(100_000);
});

/** Position, end and append time of the heartbeats among some outputs, on the metrics topic. */
const beatsOf = (outputs: ReturnType<PartitionTask["beat"]>) =>
  toldRecords(outputs).flatMap(({ topic, value }) => {
    if (topic !== "leadwire.metrics.g" || isLedger(value, 0, value.length)) return [];
    const { position, end, appendTimeMs } = decodeHeartbeat(value, 0, value.length);
    return [[position, end, appendTimeMs]];
  });

test("a sign of life claims no more than the last heartbeat did", () => {
  const task = newTask();
  expect(beatsOf(task.beatAgain(7))).toEqual([[0, 7, 0]]);
  give(task, [lead]);
  expect(beatsOf(task.beat(9, nowMs + 5))).toEqual([[1, 9, nowMs]]);
  give(task, [touched("L", "t", nowMs)]);
  expect(beatsOf(task.beatAgain(11))).toEqual([[1, 11, nowMs]]);
});

test("a restored task begins with the position it was committed at", () => {
  const task = newTask();
  give(task, [lead]);
  const again = restored(task);
  give(again, [touched("L", "t", nowMs)]);
  expect(beatsOf(again.beatAgain(5))).toEqual([[1, 5, nowMs]]);
});
