import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseWorkspace, type Workspace } from "@leadwire/funnel";
import { isLeft } from "fp-ts/lib/Either.js";
import { demoWorkspaceYaml } from "leadwire";
import { randomOf } from "../../oracle/random.ts";
import { leadwireJsonIn } from "../leadwire-process.ts";
import { openAvroWriter } from "./avro-writer.ts";
import { type ChaosRig, startChaosRig } from "./chaos-rig.ts";
import { faultText, httpProducers, type PlannedFault, planOf, targetOf } from "./fault.ts";
import { inject } from "./inject.ts";
import { type Journal, openJournal } from "./journal.ts";
import { Acknowledged, ChaosProducer } from "./producer.ts";
import { sendOverHttp } from "./send-http.ts";
import { checkSettled, openWatch, type Settled } from "./settled.ts";
import { TargetLocks } from "./target-locks.ts";
import { openWorkload } from "./workload.ts";

export interface ChaosOptions {
  readonly seed: number;
  readonly faults: number;
  /** Of all producers together. */
  readonly eventsPerSecond: number;
  /** Asked of the query service and of the oracle. */
  readonly questions: number;
  readonly nowMs: () => number;
  /** The run is given up after so long. */
  readonly msMax?: number;
  /** A line of the journal. */
  readonly show: (line: string) => void;
}

export interface ChaosOutcome extends Settled {
  readonly acknowledged: Acknowledged;
  /** By kind. */
  readonly faults: ReadonlyMap<string, number>;
  readonly seconds: number;
  /** Kept where anything differs. */
  readonly folder: string;
}

const secondsPerFault = 4;

const startProducers = (
  rig: ChaosRig,
  { seed, faults, eventsPerSecond, nowMs }: ChaosOptions,
  acknowledged: Acknowledged,
) => {
  const random = randomOf(seed ^ 0x9d);
  const workload = openWorkload(seed, Math.ceil((faults + 10) * secondsPerFault * eventsPerSecond), nowMs());
  const doors = (): ReadonlyArray<string> =>
    [...rig.services.values()].flatMap(({ kind, url }) => (kind === "ingest" && url !== undefined ? [url] : []));
  const common = { workload, random, acknowledged, nowMs, perSecond: eventsPerSecond / (httpProducers + 1) };
  const writer = openAvroWriter(rig.bootstrap, random, acknowledged);
  const http = sendOverHttp(doors, random, acknowledged);
  const producers = Array.from(
    { length: httpProducers },
    () => new ChaosProducer({ ...common, batchMax: 20, send: http }),
  );
  producers.push(new ChaosProducer({ ...common, batchMax: 20, send: writer.send }));
  for (const producer of producers) producer.start();
  return { producers, writer };
};

const demoWorkspace = (): Workspace => {
  const parsed = parseWorkspace(demoWorkspaceYaml);
  if (isLeft(parsed)) throw new Error("the demo's workspace cannot be read");
  return parsed.right;
};

/** Breaks one thing after another, some at the same time, and resolves once all is whole again. */
const breakThings = async (
  plan: ReadonlyArray<PlannedFault>,
  rig: ChaosRig,
  producers: ReadonlyArray<ChaosProducer>,
  note: (text: string) => void,
): Promise<ReadonlyMap<string, number>> => {
  const locks = new TargetLocks();
  const counts = new Map<string, number>();
  const under: Array<Promise<void>> = [];
  for (const { number, afterMs, fault } of plan) {
    await sleep(afterMs);
    const work = locks.holding(targetOf(fault), async () => {
      note(`fault ${number}: ${faultText(fault)}`);
      counts.set(fault._tag, (counts.get(fault._tag) ?? 0) + 1);
      await inject(fault, { rig, producers, locks, note });
    });
    // Awaited below; a failure in between must not count as nobody's.
    work.catch(() => undefined);
    under.push(work);
  }
  await Promise.all(under);
  return counts;
};

const run = async (options: ChaosOptions, rig: ChaosRig, journal: Journal, crashes: ReadonlyArray<string>) => {
  const { seed, nowMs } = options;
  const { note } = journal;
  const applied = await leadwireJsonIn(rig.env, "topics", "apply", "--config", rig.config);
  const { generation } = applied as { readonly generation: string };
  await Promise.all([...rig.services.values()].map((service) => service.start()));
  note("everything has started");
  const acknowledged = new Acknowledged();
  const watch = await openWatch(rig, generation, demoWorkspace(), nowMs);
  const { producers, writer } = startProducers(rig, options, acknowledged);
  const faults = await breakThings(planOf(seed, options.faults), rig, producers, note);
  note("no more faults");
  await Promise.all(producers.map((producer) => producer.stop()));
  await writer.close();
  note(`every producer has its answers: ${acknowledged.records} records acknowledged`);
  const settled = await checkSettled({ rig, watch, acknowledged, seed, questions: options.questions, nowMs, note });
  const differences = [...settled.differences, ...crashes];
  return { ...settled, differences, acknowledged, faults, seconds: journal.elapsedMs() / 1_000, folder: rig.folder };
};

/** Rejects after a time, without ending what is under way. */
const within = <A>(msMax: number | undefined, work: Promise<A>): Promise<A> => {
  if (msMax === undefined) return work;
  const late = sleep(msMax, undefined, { ref: false }).then(() => {
    throw new Error(`it did not end within ${msMax / 1_000} s`);
  });
  return Promise.race([work, late]);
};

/**
 * Runs everything on a broker and a ClickHouse of its own, breaks it while producers write, and compares what is left
 * with what should be. No process is left behind. The folder stays where anything differs.
 */
export const runChaos = async (options: ChaosOptions): Promise<ChaosOutcome> => {
  const folder = mkdtempSync(join(tmpdir(), "leadwire-chaos-"));
  const journal = openJournal(join(folder, "journal.txt"), options.show);
  const crashes: Array<string> = [];
  const rig = await startChaosRig(folder, (name, how) => {
    journal.note(`${name}: ${how}`);
    crashes.push(`${name}: ${how}`);
  });
  try {
    const outcome = await within(options.msMax, run(options, rig, journal, crashes));
    for (const difference of outcome.differences) journal.note(`DIFFERS ${difference}`);
    await rig.stop();
    if (outcome.differences.length === 0) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    return outcome;
  } catch (fault) {
    journal.note(`gave up: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}`);
    await rig.stop();
    throw new Error(`the run gave up; its folder is ${folder}`, { cause: fault });
  }
};
