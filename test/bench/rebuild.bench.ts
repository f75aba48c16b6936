import { decodeFlat, FlatEvent } from "@leadwire/events";
import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type EmbeddedLog, RecordCursor } from "@leadwire/log";
import { PartitionTask, taskTopics } from "@leadwire/stream";
import { demoLog, generation, partitions, temporaryFolder } from "./demo-log.ts";
import { cpuUs, heading, line, memoryLine } from "./report.ts";

/** What a rebuild costs, step by step, over the demo's mix: `node test/bench/rebuild.bench.ts [EVENTS]`. */
const events = Number(process.argv[2] ?? 1_000_000);
const workspace = { ...defaultWorkspace, currency: "EUR", timeZone: "Europe/Bucharest" };
const chunkBytes = 512 * 1024;

interface Run {
  /** Facts and slices are encoded for their topics, after every chunk as the runner does. */
  readonly output: boolean;
  /** Changed pages of the state are copied at this many records; 0: never. */
  readonly captureEvery: number;
}

const floorDecode = async (log: EmbeddedLog): Promise<number> => {
  const cursor = new RecordCursor();
  const flat = new FlatEvent();
  let records = 0;
  for (const topic of taskTopics(generation)) {
    for (let partition = 0; partition < partitions; partition += 1) {
      for (let at = 0; ; ) {
        const chunk = await log.read({ topic, partition }, at, chunkBytes);
        if (chunk.nextOffset === at) break;
        cursor.reset(chunk.bytes, at);
        while (cursor.next()) {
          decodeFlat(cursor.bytes, cursor.valueStart, cursor.valueEnd, flat);
          records += 1;
        }
        at = chunk.nextOffset;
      }
    }
  }
  return records;
};

const told = { records: 0, bytes: 0, captured: 0 };

const runTask = async (log: EmbeddedLog, task: PartitionTask, { output, captureEvery }: Run): Promise<number> => {
  let records = 0;
  let uncaptured = 0;
  for (;;) {
    const chunk = await log.read(task, task.position, chunkBytes);
    if (chunk.nextOffset === task.position) break;
    const treated = task.process(chunk.bytes, chunk.nextOffset);
    records += treated;
    uncaptured += treated;
    if (output) {
      for (const { batch, count } of task.takeOutput()) {
        told.bytes += batch.length;
        told.records += count;
      }
    }
    if (captureEvery > 0 && uncaptured >= captureEvery) {
      for (const { bytes } of task.capture().pages) told.captured += bytes.length;
      uncaptured = 0;
    }
  }
  return records;
};

const stateBytes = { rows: 0, summaries: 0, slices: 0, history: 0, leads: 0 };

const measureState = (task: PartitionTask): void => {
  const { rows, arenas } = task.fold.state;
  if (task.topic !== "leadwire.funnel") return;
  const slices = task.slicer.slices.usedBytes;
  const history = arenas.at(-1)?.endBytes ?? 0;
  const all = rows.reduce((sum, table) => sum + table.usedBytes, 0) - task.slicer.slices.rows.usedBytes;
  stateBytes.rows += all + arenas.reduce((sum, { endBytes }) => sum + endBytes, 0) - history;
  stateBytes.slices += slices;
  stateBytes.history += history;
  stateBytes.leads += rows[3]?.length ?? 0;
  for (const table of rows.slice(3, 6)) stateBytes.summaries += table.usedBytes;
};

/** All tasks over the whole log. */
const rebuild = async (log: EmbeddedLog, run: Run): Promise<number> => {
  const calendar = new ZoneCalendar(workspace.timeZone);
  let records = 0;
  told.bytes = told.records = told.captured = 0;
  stateBytes.rows = stateBytes.summaries = stateBytes.slices = stateBytes.history = stateBytes.leads = 0;
  for (const topic of taskTopics(generation)) {
    for (let partition = 0; partition < partitions; partition += 1) {
      const context = { workspace, calendar, generation, partition, partitions, silent: !run.output };
      const task = new PartitionTask(topic, context, catalogue.measures);
      records += await runTask(log, task, run);
      measureState(task);
    }
  }
  return records;
};

const timed = async (what: string, run: () => Promise<number>): Promise<void> => {
  const us = cpuUs();
  const from = performance.now();
  const records = await run();
  line(what, records, cpuUs() - us, performance.now() - from);
};

const folder = temporaryFolder();
const log = await demoLog(folder.path, events);
await rebuild(log, { output: true, captureEvery: 200_000 });
heading("rebuild");
await timed("floor: read and decode", () => floorDecode(log));
await timed("rebuild: decode, fold, aggregate", () => rebuild(log, { output: false, captureEvery: 0 }));
await timed("the same, with output", () => rebuild(log, { output: true, captureEvery: 0 }));
memoryLine("  output", told.bytes, told.records, "record");
await timed("the same, with output and state captures", () => rebuild(log, { output: true, captureEvery: 20_000 }));
memoryLine("  captured", told.captured, events, "event");
memoryLine("state of leads, deals, names", stateBytes.rows, stateBytes.leads, "lead");
memoryLine("  of it what a step reads and writes", stateBytes.summaries, stateBytes.leads, "lead");
memoryLine("state of slices", stateBytes.slices, stateBytes.leads, "lead");
memoryLine("history (leaves memory once committed)", stateBytes.history, stateBytes.leads, "lead");
await log.close();
folder.dispose();
