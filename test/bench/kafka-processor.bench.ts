import { join } from "node:path";
import { temporaryFolder } from "./demo-log.ts";
import { type ArmTask, runArm } from "./kafka/arm.ts";
import { derivedTopics, filledBroker } from "./kafka/filled-broker.ts";
import { heading, line, memoryLine } from "./report.ts";

/**
 * What the real processor costs over the demo's mix from a real broker, from its start until everything is told and
 * committed: `node test/bench/kafka-processor.bench.ts [EVENTS] [ARM]`. CPU is that of the processors' own processes,
 * starting up included.
 */
const events = Number(process.argv[2] ?? 2_000_000);
const wanted = process.argv[3] ?? "";

const folder = temporaryFolder();
const broker = await filledBroker(events, Date.now());
let runs = 0;

/** One arm in as many processes as asked; answers its µs of CPU per event. */
const measured = async (what: string, file: string, processes = 1): Promise<number> => {
  if (!file.includes(wanted)) return Number.NaN;
  runs += 1;
  const run = `bench-${runs}`;
  await broker.log.ensureTopics(derivedTopics(run));
  const { bootstrap } = broker;
  const tasks = Array.from({ length: processes }, (_, n): ArmTask => {
    return { bootstrap, events: broker.events, processes, run, folder: join(folder.path, run, String(n)) };
  });
  const { cpuUs, wallMs, rssBytes, warmCpuUs, warmRecords } = await runArm(file, tasks);
  line(what, broker.events, cpuUs, wallMs);
  process.stdout.write(
    `${"  of which after the first quarter".padEnd(70)} ${(warmCpuUs / warmRecords).toFixed(2).padStart(8)} µs CPU each\n`,
  );
  memoryLine("  resident at the end", rssBytes, broker.events, "event");
  return cpuUs / broker.events;
};

heading("processor from Kafka: caught up from nothing");
await measured("floor: kafkajs eachBatch that only counts", "./count-arm.ts");
await measured("naive: kafkajs, avsc, Map, JSON per change", "./naive-arm.ts");
const one = await measured("processor, one instance (at most 4)", "./processor-arm.ts");
const two = await measured("processor, two instances", "./processor-arm.ts", 2);
process.stdout.write(`two instances take ${(two / one).toFixed(2)} times the CPU of one (at most 1.1)\n`);
await broker.log.close();
await broker.stop();
folder.dispose();
