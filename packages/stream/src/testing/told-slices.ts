import { factsTopic, metricsTopic } from "@leadwire/events";
import { ZoneCalendar } from "@leadwire/funnel";
import type { SliceRecord } from "@leadwire/kpis";
import { type EventLog, type Partition, RecordCursor } from "@leadwire/log";
import { isLedger } from "../core/codec/derived-ids.ts";
import { decodeFactChange } from "../core/codec/fact-codec.ts";
import { isHeartbeat } from "../core/codec/heartbeat-codec.ts";
import { decodeSlice } from "../core/codec/slice-codec.ts";
import { PartitionTask } from "../core/partition-task.ts";
import { slicesOf } from "../core/slices/slice-list.ts";
import { taskTopics } from "../core/task-inputs.ts";
import type { TaskSettings } from "../runtime/task-loader.ts";

const chunkBytes = 1 << 20;

const eachRecord = async (
  log: EventLog,
  place: Partition,
  visit: (bytes: Buffer, start: number, end: number) => void,
): Promise<void> => {
  const cursor = new RecordCursor();
  for (let at = (await log.bounds(place)).start; ; ) {
    const chunk = await log.read(place, at, chunkBytes);
    if (chunk.nextOffset === at) return;
    cursor.reset(chunk.bytes, at);
    while (cursor.next()) visit(cursor.bytes, cursor.valueStart, cursor.valueEnd);
    at = chunk.nextOffset;
  }
};

const eachPartition = async (
  log: EventLog,
  topic: string,
  partitions: number,
  visit: (bytes: Buffer, start: number, end: number) => void,
): Promise<void> => {
  for (let partition = 0; partition < partitions; partition += 1) await eachRecord(log, { topic, partition }, visit);
};

const keyOf = (slice: SliceRecord): string =>
  [
    slice.origin,
    slice.partition,
    slice.measure,
    slice.dimension,
    slice.value,
    slice.granularity,
    slice.startMs,
    slice.bin,
  ].join();

/** Key and numbers, without the version: which one is told last depends on batches. */
const listed = (slices: Iterable<SliceRecord>): ReadonlyArray<string> =>
  [...slices]
    .filter(({ count, sum }) => count !== 0 || sum !== 0)
    .map((slice) => `${keyOf(slice)} = ${slice.count}, ${slice.sum}`)
    .sort();

/** The slices that stand on the metrics topic for a reader that keeps the highest version of each. */
export const toldSlices = async (
  log: EventLog,
  { generation, partitions }: Pick<TaskSettings, "generation" | "partitions">,
): Promise<ReadonlyArray<string>> => {
  const newest = new Map<string, SliceRecord>();
  await eachPartition(log, metricsTopic(generation), partitions, (bytes, start, end) => {
    if (isHeartbeat(bytes, start, end) || isLedger(bytes, start, end)) return;
    const slice = decodeSlice(bytes, start, end);
    const held = newest.get(keyOf(slice));
    if (held === undefined || slice.version >= held.version) newest.set(keyOf(slice), slice);
  });
  return listed(newest.values());
};

/** How many changes of facts stand on the facts topic, repeats counted. */
export const toldFactChanges = async (
  log: EventLog,
  { generation, partitions }: Pick<TaskSettings, "generation" | "partitions">,
): Promise<{ readonly told: number; readonly different: number }> => {
  const different = new Set<string>();
  let told = 0;
  await eachPartition(log, factsTopic(generation), partitions, (bytes, start, end) => {
    if (isHeartbeat(bytes, start, end)) return;
    told += 1;
    const { fact, version } = decodeFactChange(bytes, start, end);
    different.add(`${fact.factId} ${version}`);
  });
  return { told, different: different.size };
};

/** The slices that one plain pass over the topics comes to. */
export const plainSlices = async (log: EventLog, settings: TaskSettings): Promise<ReadonlyArray<string>> => {
  const { workspace, measures, generation, partitions } = settings;
  const calendar = new ZoneCalendar(workspace.timeZone);
  const slices: Array<SliceRecord> = [];
  for (const topic of taskTopics(generation)) {
    for (let partition = 0; partition < partitions; partition += 1) {
      const context = { workspace, calendar, generation, partition, partitions, silent: true };
      const task = new PartitionTask(topic, context, measures);
      for (;;) {
        const chunk = await log.read(task, task.position, chunkBytes);
        if (chunk.nextOffset === task.position) break;
        task.process(chunk.bytes, chunk.nextOffset);
      }
      slices.push(...slicesOf(task));
    }
  }
  return listed(slices);
};
