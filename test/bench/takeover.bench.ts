import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { controlTopic, encodeEvent, keyOf, type SalesEvent, topicOf } from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type EmbeddedLog, type EventLog, openEmbeddedLog } from "@leadwire/log";
import { openKafkaLog } from "@leadwire/log/kafka";
import { Runner, type StateReader, StateSnapshots, StateStore, type TaskStore, taskName } from "@leadwire/stream";
import { startBreakableBroker } from "../../infra/kafka/temporary-broker.ts";
import { ProcessorChild } from "../e2e/processors/processor-group.ts";
import { fromMs, generation, temporaryFolder, topics } from "./demo-log.ts";
import { heading } from "./report.ts";

/**
 * How long a partition stands still when another process takes it over with a copy of its state on disk, or when its own
 * comes back: `node test/bench/takeover.bench.ts [LEADS]`. The group's own time (a session of 6 s after a kill) is apart.
 */
const leads = Number(process.argv[2] ?? 1_000_000);
const place = { topic: "leadwire.funnel", partition: 0 };
const nowMs = (): number => fromMs + 3_600_000;

const head = { source_system: "crm", revision: 0, voided: false };

/** Each lead is created and answered; every second one gets on. */
const eventsOf = (lead: number): ReadonlyArray<SalesEvent> => {
  const lead_id = `lead-${lead.toString(36).padStart(7, "0")}`;
  const atMs = fromMs - 90 * 86_400_000 + lead * 7_000;
  const owner = `rep-${lead % 40}`;
  const shared = { ...head, lead_id };
  const events: Array<SalesEvent> = [
    { ...shared, type: "lead-created", event_id: `${lead}-c`, occurred_at: atMs, owner, channel: `ch-${lead % 9}` },
    {
      ...shared,
      type: "activity-logged",
      event_id: `${lead}-a`,
      occurred_at: atMs + 600_000,
      kind: "email",
      direction: "outbound",
      automated: false,
      rep: owner,
    },
  ];
  if (lead % 2 === 0) {
    events.push({
      ...shared,
      type: "stage-changed",
      event_id: `${lead}-s`,
      occurred_at: atMs + 900_000,
      to_stage: "qualified",
    });
  }
  return events;
};

const append = async (log: EventLog, from: number, to: number): Promise<void> => {
  for (let lead = from; lead < to; lead += 5_000) {
    const some = Array.from({ length: Math.min(5_000, to - lead) }, (_, n) => eventsOf(lead + n)).flat();
    await log.append(
      some.map((event) => ({ topic: topicOf(event.type), key: Buffer.from(keyOf(event)), value: encodeEvent(event) })),
    );
  }
};

/** Counts the pages that a store gives out, and remembers how they were asked for. */
const counting = (store: StateStore): { readonly store: TaskStore; readonly again: () => number } => {
  const asked: Array<() => number> = [];
  const wrap = (reader: StateReader): StateReader => ({
    pages: (table) => {
      asked.push(() => [...reader.pages(table)].reduce((sum, { bytes }) => sum + bytes.length, 0));
      return reader.pages(table);
    },
    page: (table, page) => {
      asked.push(() => reader.page(table, page).length);
      return reader.page(table, page);
    },
  });
  return {
    again: () => asked.reduce((sum, read) => sum + read(), 0),
    store: {
      load: (task) => {
        const saved = store.load(task);
        return saved === undefined ? undefined : { ...saved, reader: wrap(saved.reader) };
      },
      readerOf: (task) => store.readerOf(task),
      heads: () => store.heads(),
      commit: (captures) => store.commit(captures),
      forget: (task) => store.forget(task),
      close: () => store.close(),
    },
  };
};

const row = (what: string, ms: number, more = ""): void => {
  process.stdout.write(`${what.padEnd(52)} ${(ms / 1_000).toFixed(2).padStart(8)} s ${more}\n`);
};

const runnerOver = (log: EmbeddedLog, store: TaskStore, snapshots?: StateSnapshots): Runner =>
  new Runner({
    ...(snapshots === undefined ? {} : { snapshots }),
    workspace: { ...defaultWorkspace, currency: "EUR" },
    measures: catalogue.measures,
    generation,
    partitions: 1,
    log,
    store,
    nowMs,
    onFailure: (cause) => {
      throw cause;
    },
  });

const told = async (log: EmbeddedLog, runner: Runner): Promise<void> => {
  const { end } = await log.bounds(place);
  while (!runner.hasTold(new Map([[`${place.topic}/0`, end]]))) await sleep(1);
};

/** On a real broker, while events go on coming: killed, started again at once, until it has read all there is. */
async function afterKill(): Promise<void> {
  const broker = await startBreakableBroker();
  const kafka = await openKafkaLog({ brokers: [broker.bootstrap], clientId: "takeover" });
  await kafka.ensureTopics([...topics, controlTopic].map((name) => ({ name, partitions: 1 })));
  await append(kafka, 0, leads);
  const settings = {
    bootstrap: broker.bootstrap,
    folder: join(folder.path, "killed"),
    generation,
    partitions: 1,
    sessionTimeoutMs: 6_000,
  };
  const killed = new ProcessorChild(settings);
  const { end } = await kafka.bounds(place);
  const reached = ({ line }: ProcessorChild): number => line?.positions[`${place.topic}/0`] ?? 0;
  while (reached(killed) < end) await sleep(50);
  let lead = leads;
  const producing = setInterval(() => {
    void append(kafka, lead, lead + 40);
    lead += 40;
  }, 50);
  await sleep(5_000);
  await killed.end("SIGKILL");
  const from = performance.now();
  const again = new ProcessorChild(settings);
  while (again.line?.ready !== true || reached(again) < (await kafka.bounds(place)).end - 200) await sleep(5);
  const { upMs, assignedMs } = again.line;
  row("killed while 2,000 events/s come: from assignment", upMs - assignedMs, "to caught up");
  row("the group's own time", performance.now() - from - (upMs - assignedMs), "session timeout 6 s, process start");
  clearInterval(producing);
  await again.end();
  await kafka.close();
  await broker.stop();
}

const folder = temporaryFolder();
const log = await openEmbeddedLog({ folder: join(folder.path, "log"), nowMs });
await log.ensureTopics(topics.map((name) => ({ name, partitions: 1 })));
await append(log, 0, leads);
const store = new StateStore(join(folder.path, "state"));

heading(`take-over of one partition with ${leads.toLocaleString("en")} leads`);
const delay = monitorEventLoopDelay({ resolution: 5 });
const longest = (): string => `longest stretch ${Math.round(delay.max / 1e6)} ms`;

const timed = async (what: string, work: () => Promise<void>): Promise<void> => {
  await sleep(20);
  delay.reset();
  delay.enable();
  const from = performance.now();
  await work();
  const ms = performance.now() - from;
  await sleep(20);
  delay.disable();
  row(what, ms, longest());
};

const first = runnerOver(log, store);
await timed("from the log's start", async () => {
  await first.start();
  await told(log, first);
});
await timed("the rest committed, and left", () => first.stop());

const { store: counted, again } = counting(store);
const second = runnerOver(log, counted);
await timed("from the copy on disk", async () => {
  await second.start();
  await told(log, second);
});
const readFrom = performance.now();
const bytes = again();
row("floor: the same pages read from LMDB", performance.now() - readFrom, `${Math.round(bytes / 1e6)} MB`);
await second.stop();

const snapshotsOver = (of: StateStore): StateSnapshots => {
  const shared = { folder: join(folder.path, "snapshots"), generation, writer: "bench", nowMs };
  return new StateSnapshots({ ...shared, store: of, onNotice: (text) => void process.stdout.write(`${text}\n`) });
};
await timed("a snapshot of it", async () => {
  await snapshotsOver(store).take(taskName(place), () => true);
});
const elsewhere = new StateStore(join(folder.path, "elsewhere"));
const third = runnerOver(log, elsewhere, snapshotsOver(elsewhere));
await timed("from the snapshot, on another disk", async () => {
  await third.start();
  await told(log, third);
});
await third.stop();
await elsewhere.close();
await store.close();
await log.close();
await afterKill();
folder.dispose();
