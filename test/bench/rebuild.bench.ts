import { decodeFlat, FlatEvent } from "@leadwire/events";
import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type EmbeddedLog, RecordCursor } from "@leadwire/log";
import { PartitionTask, taskTopics } from "@leadwire/stream";
import { demoLog, generation, partitions, temporaryFolder } from "./demo-log.ts";

const events = Number(process.argv[2] ?? 1_000_000);
const workspace = { ...defaultWorkspace, currency: "EUR", timeZone: "Europe/Bucharest" };
const chunkBytes = 1 << 20;

const cpuUs = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

const line = (what: string, records: number, us: number, wallMs: number): void => {
  const rate = Math.round(records / (wallMs / 1000)).toLocaleString("en");
  process.stdout.write(`${what.padEnd(44)} ${records.toLocaleString("en").padStart(10)} ${rate.padStart(12)}/s ${(us / records).toFixed(2).padStart(7)} µs CPU/event\n`);
};

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

/** All tasks over the whole log. With output: facts and slices are encoded for their topics, and state is captured. */
const rebuild = async (log: EmbeddedLog, output: boolean): Promise<number> => {
  const calendar = new ZoneCalendar(workspace.timeZone);
  let records = 0;
  let bytes = 0;
  for (const topic of taskTopics(generation)) {
    for (let partition = 0; partition < partitions; partition += 1) {
      const task = new PartitionTask(topic, { workspace, calendar, generation, partition, partitions }, catalogue.measures);
      for (;;) {
        const chunk = await log.read({ topic, partition }, task.position, chunkBytes);
        if (chunk.nextOffset === task.position) break;
        records += task.process(chunk.bytes, chunk.nextOffset);
      }
      for (const { batch } of task.takeOutput()) bytes += batch.length;
      if (output) task.capture();
    }
  }
  process.stderr.write(`output ${(bytes / 1e6).toFixed(0)} MB, rss ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB\n`);
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
await timed("floor: read and decode", () => floorDecode(log));
await timed("rebuild: decode, fold, aggregate, output", () => rebuild(log, false));
await timed("the same, and state captures", () => rebuild(log, true));
await timed("floor: read and decode (again)", () => floorDecode(log));
await log.close();
folder.dispose();
