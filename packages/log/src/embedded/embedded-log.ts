import type {
  AssignmentListener,
  Bounds,
  EventLog,
  LogChunk,
  LogPosition,
  LogRecord,
  Partition,
  PrebuiltBatch,
  TopicSettings,
} from "../event-log.ts";
import { LogClosed } from "../log-fault.ts";
import { AppendPlanner, positionsOf } from "./append-plan.ts";
import { readBatches } from "./batch-reader.ts";
import { ConsumerGroups } from "./consumer-groups.ts";
import { DataWait } from "./data-wait.ts";
import { type CommitLimits, GroupCommit } from "./group-commit.ts";
import { type LmdbStore, openStore } from "./lmdb-store.ts";
import { clearPartition, expirePartition } from "./retention.ts";
import { TopicTable } from "./topic-table.ts";

export interface EmbeddedLogOptions {
  /** One log, one folder, one process and one thread of it. Made when missing. */
  readonly folder: string;
  /** The clock that append times are taken from, epoch ms. */
  readonly nowMs: () => number;
  readonly limits?: Partial<CommitLimits>;
}

const defaultLimits: CommitLimits = {
  transactionBytesMax: 32 * 1_048_576,
  pendingBytesMax: 256 * 1_048_576,
  freeBytesMin: 64 * 1_048_576,
};

/** The event log on one machine: Kafka's record batches in LMDB. Its methods reject a LogFault (log-fault.ts). */
export class EmbeddedLog implements EventLog {
  private readonly store: LmdbStore;
  private readonly table: TopicTable;
  private readonly planner: AppendPlanner;
  private readonly commits: GroupCommit;
  private readonly waits = new DataWait();
  private readonly groups: ConsumerGroups;
  private expiring: Promise<unknown> = Promise.resolve();
  private closing: Promise<void> | undefined;
  private closed = false;

  constructor(store: LmdbStore, nowMs: () => number, limits: CommitLimits) {
    this.store = store;
    this.table = new TopicTable(store);
    this.planner = new AppendPlanner(this.table);
    this.commits = new GroupCommit(store, nowMs, limits);
    this.groups = new ConsumerGroups((topic) =>
      this.table.topic(topic).states.map(({ partition }) => ({ topic, partition })),
    );
  }

  async ensureTopics(wanted: ReadonlyArray<TopicSettings>): Promise<void> {
    this.assertOpen();
    await this.table.ensure(wanted);
  }

  async topics(): Promise<ReadonlyArray<TopicSettings>> {
    this.assertOpen();
    return this.table.all().map(({ settings }) => settings);
  }

  async append(records: ReadonlyArray<LogRecord>): Promise<ReadonlyArray<LogPosition>> {
    this.assertOpen();
    const plan = this.planner.plan(records);
    await this.commits.submit(plan.batches);
    return positionsOf(plan);
  }

  async appendBatches(batches: ReadonlyArray<PrebuiltBatch>): Promise<ReadonlyArray<LogPosition>> {
    this.assertOpen();
    const pending = this.planner.prebuilt(batches);
    await this.commits.submit(pending);
    return pending.map(({ state, baseOffset }) => ({
      topic: state.topic,
      partition: state.partition,
      offset: baseOffset,
    }));
  }

  async read(partition: Partition, from: number, maxBytes: number): Promise<LogChunk> {
    this.assertOpen();
    return readBatches(this.store, this.table.state(partition), from, maxBytes);
  }

  async bounds(partition: Partition): Promise<Bounds> {
    this.assertOpen();
    const { start, end } = this.table.state(partition);
    return { start, end };
  }

  boundsOf(partitions: ReadonlyArray<Partition>): Promise<ReadonlyArray<Bounds>> {
    return Promise.all(partitions.map((partition) => this.bounds(partition)));
  }

  async waitForData(positions: ReadonlyArray<LogPosition>, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
    this.assertOpen();
    const places = positions.map((position) => ({ state: this.table.state(position), offset: position.offset }));
    return this.waits.until(places, timeoutMs, signal);
  }

  async join(group: string, topics: ReadonlyArray<string>, listener: AssignmentListener): Promise<() => Promise<void>> {
    this.assertOpen();
    return this.groups.join(group, topics, listener);
  }

  /** Deletes, in whole batches, what each topic's retention has outlived at `nowMs`; resolves to the number of batches. */
  expire(nowMs: number): Promise<number> {
    const run = this.expiring.then(() => this.expireAll(nowMs));
    this.expiring = run.catch(() => undefined);
    return run;
  }

  /**
   * Deletes whole topics that nobody reads or writes any more; those that are not there are passed over. A crash in
   * between leaves a topic with a part of its batches: told again it deletes the rest.
   */
  async dropTopics(names: ReadonlyArray<string>): Promise<void> {
    this.assertOpen();
    const run = this.expiring.then(async () => {
      for (const name of names) {
        const topic = this.table.all().find(({ settings }) => settings.name === name);
        if (topic === undefined) continue;
        for (const state of topic.states) await clearPartition(this.store, state, () => this.closed);
        if (this.closed) return;
        await this.table.forget(name);
      }
    });
    this.expiring = run.catch(() => undefined);
    return run;
  }

  /** Members give their partitions back first, while they can still append; what was appended is durable afterwards. */
  close(): Promise<void> {
    this.closing ??= this.groups.close().finally(() => this.shutDown());
    return this.closing;
  }

  private async expireAll(nowMs: number): Promise<number> {
    this.assertOpen();
    let deleted = 0;
    for (const { settings, states } of this.table.all()) {
      if (settings.retentionMs === undefined) continue;
      const beforeMs = nowMs - settings.retentionMs;
      for (const state of states) deleted += await expirePartition(this.store, state, beforeMs, () => this.closed);
    }
    return deleted;
  }

  private async shutDown(): Promise<void> {
    this.closed = true;
    this.waits.close();
    await this.expiring;
    await this.commits.close();
    await this.store.close();
  }

  private assertOpen(): void {
    if (this.closed) throw new LogClosed();
  }
}

/** Opens the log in a folder. Rejects LogInUse when this process has it open already, LogIoError when the disk refuses. */
export const openEmbeddedLog = async ({ folder, nowMs, limits }: EmbeddedLogOptions): Promise<EmbeddedLog> => {
  const store = openStore(folder);
  try {
    return new EmbeddedLog(store, nowMs, { ...defaultLimits, ...limits });
  } catch (error) {
    await store.close();
    throw error;
  }
};
