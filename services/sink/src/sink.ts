import { controlTopic, derivedRegistry, type SchemaRegistry } from "@leadwire/events";
import { type LogPosition, type Partition, partitionName } from "@leadwire/log";
import { type StoredPosition, StoreError } from "@leadwire/store";
import { isLeft, isRight } from "fp-ts/lib/Either.js";
import { ExpiredGaps } from "./expired-gaps.ts";
import { insertIntervalMs } from "./insert-interval.ts";
import { OwnedReaders } from "./owned-readers.ts";
import { eventLoopPace, type Pace } from "./pace.ts";
import { PartitionReader } from "./partition-reader.ts";
import { type Persistence, persistUntil } from "./persistence.ts";
import { Reached } from "./reached.ts";
import { readMarks } from "./read-marks.ts";
import { RowBatch } from "./row-batch.ts";
import { SinkMonitor } from "./sink-monitor.ts";
import type { Sink, SinkOptions } from "./sink-options.ts";
import type { SinkCounts, SinkStatus } from "./sink-status.ts";
import { topicRoutes } from "./topic-route.ts";

const chunkBytes = 512 * 1024;
/** Positions of idle partitions move with the heartbeats: noted this often while nothing else is stored. */
const idleMarkMs = 10_000;
const idleWaitMs = 1_000;
/** A row that comes while nothing else is to be stored waits so long for others. */
const lingerMs = 20;
/** So long a partition that the group takes away waits for what was read of it to be stored. */
const settleMsMax = 5_000;
/** An insert under way when the sink is stopped has so long to be answered. */
const stopGraceMs = 10_000;

/**
 * Carries the topics of one generation into ClickHouse, each record at least once; repeats merge away there. Two
 * batches take turns: one is filled while the other is being stored, and while ClickHouse is away nothing is read.
 */
class TopicSink implements Sink {
  readonly finished: Promise<void>;
  readonly #options: SinkOptions;
  readonly #rowsMax: number;
  readonly #bytesMax: number;
  readonly #ageMs: number;
  readonly #pace: Pace;
  readonly #routes: ReturnType<typeof topicRoutes>;
  readonly #registry: SchemaRegistry;
  readonly #readers = new OwnedReaders();
  readonly #reached = new Reached();
  readonly #ended = Promise.withResolvers<void>();
  readonly #abort = new AbortController();
  /** Breaks off what ClickHouse does not answer. */
  readonly #cut = new AbortController();
  readonly #persist: Persistence;
  readonly #monitor: SinkMonitor;
  #gaps: ExpiredGaps | undefined;
  #partitionsTotal = 0;
  #assignedOnce = false;
  /** Ends the wait for the marks of partitions that are wanted back. */
  #opening = new AbortController();
  #leave: (() => Promise<void>) | undefined;
  #loop: Promise<void> = Promise.resolve();
  #stopping = false;
  /** A batch was given up, so no later one may be stored: its marks would stand for rows that are not there. */
  #givenUp = false;
  #over = false;
  #wake = new AbortController();
  #settled: ReadonlyArray<() => void> = [];
  #lastStoreMs = Number.NEGATIVE_INFINITY;

  constructor(options: SinkOptions) {
    this.#options = options;
    this.#rowsMax = options.rowsMax ?? 150_000;
    this.#bytesMax = options.bytesMax ?? 24 * 1_048_576;
    this.#ageMs = options.ageMs ?? 250;
    this.#pace = options.pace ?? eventLoopPace;
    this.#registry = options.registry ?? derivedRegistry;
    const routes = topicRoutes(options.generation, this.#registry);
    this.#routes =
      options.derivedOnly === true ? new Map([...routes].filter(([, { marks }]) => marks === "generation")) : routes;
    this.finished = this.#ended.promise;
    // Whoever does not look at it hears of it from `stop`.
    this.finished.catch(() => undefined);
    this.#monitor = new SinkMonitor(options, () => this.#readers.partitions());
    this.#persist = this.#persistUntil(this.#abort.signal);
  }

  #persistUntil(signal: AbortSignal): Persistence {
    return persistUntil(signal, this.#options, this.#pace, this.#monitor.meter);
  }

  readonly start = async (): Promise<void> => {
    const { log, generation, group = "leadwire-sink", name = group } = this.#options;
    const existing = new Map((await log.topics()).map((topic) => [topic.name, topic.partitions]));
    const topics = [...this.#routes.keys()].filter((topic) => existing.has(topic));
    this.#partitionsTotal = topics.reduce((sum, topic) => sum + (existing.get(topic) ?? 0), 0);
    const hasControl = existing.has(controlTopic);
    this.#gaps = new ExpiredGaps({ log, registry: this.#registry, generation, requestedBy: name, hasControl });
    void this.#monitor.run(this.#abort.signal);
    this.#leave = await log.join(group, topics, {
      onAssigned: (partitions) => this.#assigned(partitions),
      onRevoked: (partitions) => this.#revoked(partitions),
    });
    this.#loop = this.#run().then(this.#ended.resolve, this.#ended.reject);
  };

  readonly reached = (): ReadonlyArray<StoredPosition> => this.#reached.positions();

  readonly stored = (upTo: ReadonlyArray<LogPosition>): Promise<void> =>
    Promise.race([this.#reached.wait(upTo), this.finished]);

  readonly counts = (): SinkCounts => this.#readers.counts();

  readonly status = (): SinkStatus => ({
    ...this.#monitor.status(this.#reached.positions()),
    ready: this.#assignedOnce && !this.#over && this.#monitor.meter.waiting === undefined,
    partitions: this.#readers.size,
    insertIntervalMs: this.#intervalMs(),
    restatesRequested: this.#gaps?.requested ?? 0,
    ...this.counts(),
  });

  readonly stop = async (): Promise<void> => {
    this.#stopping = true;
    this.#abort.abort();
    this.#wake.abort();
    if (this.#leave === undefined) return;
    const cut = setTimeout(() => this.#cut.abort(), stopGraceMs);
    await this.#loop;
    clearTimeout(cut);
    await this.#leave();
    await this.finished;
  };

  /** Reads on where ClickHouse says; while it is away the group goes on, and reading begins once it answers. */
  async #assigned(partitions: ReadonlyArray<Partition>): Promise<void> {
    const opening = new AbortController();
    this.#opening = opening;
    const marks = readMarks(this.#options.store, this.#options.generation);
    const first = await marks();
    if (isRight(first)) return this.#open(partitions, first.right);
    if (first.left._tag === "Rejected") throw new StoreError(first.left);
    const signal = AbortSignal.any([this.#abort.signal, opening.signal]);
    void this.#persistUntil(signal)(marks)().then((later) => {
      if (signal.aborted) return;
      if (isRight(later)) this.#open(partitions, later.right);
      else this.#fail(new StoreError(later.left));
    });
  }

  #open(partitions: ReadonlyArray<Partition>, marks: ReadonlyArray<StoredPosition>): void {
    const stored = new Map(marks.map((mark) => [partitionName(mark), mark]));
    for (const partition of partitions) {
      const route = this.#routes.get(partition.topic);
      if (route === undefined) continue;
      const mark = stored.get(partitionName(partition));
      this.#readers.add(new PartitionReader(partition, route, mark, this.#expired));
      if (mark !== undefined) this.#reached.advance([mark]);
    }
    this.#assignedOnce = true;
    this.#monitor.meter.waiting = undefined;
    this.#wake.abort();
  }

  readonly #expired = async (partition: Partition): Promise<void> => {
    await this.#gaps?.ask(partition);
  };

  /**
   * Stops reading them, and waits a while until what was read of them is stored. Not for ever: while ClickHouse is away
   * the group has to go on, and rows that the next owner stores as well merge away.
   */
  async #revoked(partitions: ReadonlyArray<Partition>): Promise<void> {
    this.#opening.abort();
    this.#readers.remove(partitions);
    if (!this.#stopping && !this.#over) {
      const settled = Promise.withResolvers<void>();
      this.#settled = [...this.#settled, settled.resolve];
      this.#wake.abort();
      const waiting = new AbortController();
      await Promise.race([settled.promise, this.#pace.sleep(settleMsMax, waiting.signal)]);
      waiting.abort();
    }
    for (const partition of partitions) this.#reached.forget(partition);
  }

  /** Ends the sink from outside its loop. */
  #fail(fault: Error): void {
    this.#ended.reject(fault);
    void this.stop().catch(() => undefined);
  }

  async #run(): Promise<void> {
    const { generation } = this.#options;
    let filling = new RowBatch(generation, this.#registry);
    let resting = new RowBatch(generation, this.#registry);
    let storing: Promise<void> = Promise.resolve();
    try {
      while (!this.#stopping) {
        await this.#fill(filling);
        const settled = this.#settled;
        this.#settled = [];
        await storing;
        const idle = filling.rowCountMax === 0;
        if (idle && settled.length === 0 && this.#sinceStoreMs() < idleMarkMs) {
          this.#reached.advance(filling.marks());
          await this.#waitForData(idleWaitMs);
          continue;
        }
        storing = this.#store(filling);
        // Awaited at the next turn; a failure in between must not count as nobody's.
        storing.catch(() => undefined);
        [filling, resting] = [resting, filling];
        if (settled.length > 0) {
          await storing;
          for (const resolve of settled) resolve();
        }
      }
      await storing;
      await this.#store(filling);
    } finally {
      this.#over = true;
      for (const resolve of this.#settled) resolve();
    }
  }

  #sinceStoreMs(): number {
    return this.#options.nowMs() - this.#lastStoreMs;
  }

  #intervalMs(): number {
    return insertIntervalMs({
      ageMs: this.#ageMs,
      owned: this.#readers.size,
      total: this.#partitionsTotal,
      partsMax: this.#monitor.partsMax,
    });
  }

  /** Reads until the batch is full, or it is time for the next insert, or nothing is there and the batch is empty. */
  async #fill(batch: RowBatch): Promise<void> {
    const startMs = this.#options.nowMs();
    let firstRowMs: number | undefined;
    while (!this.#stopping && this.#settled.length === 0) {
      const read = await this.#readAll(batch);
      if (batch.rowCountMax > 0) firstRowMs ??= this.#options.nowMs();
      if (this.#isFull(batch)) return;
      if (firstRowMs === undefined) {
        // Where heartbeats never pause, how far they reach has to be noted all the same.
        if (!read || this.#options.nowMs() - startMs >= lingerMs) return;
        continue;
      }
      const dueMs = Math.max(firstRowMs + lingerMs, this.#lastStoreMs + this.#intervalMs());
      const leftMs = dueMs - this.#options.nowMs();
      if (leftMs <= 0) return;
      if (!read) await this.#waitForData(leftMs);
    }
  }

  #isFull(batch: RowBatch): boolean {
    return batch.rowCountMax >= this.#rowsMax || batch.byteLength >= this.#bytesMax;
  }

  /** One chunk of each partition; false when none had any. */
  async #readAll(batch: RowBatch): Promise<boolean> {
    let read = false;
    for (const reader of this.#readers.all()) {
      if (this.#stopping || this.#settled.length > 0 || this.#isFull(batch)) return true;
      if (!(await reader.readInto(batch, this.#options.log, chunkBytes))) continue;
      read = true;
      // Decoding is synchronous: whoever shares this thread gets a turn after each chunk.
      await this.#pace.breathe();
    }
    return read;
  }

  async #waitForData(timeoutMs: number): Promise<void> {
    const positions = this.#readers.positions();
    if (this.#wake.signal.aborted) this.#wake = new AbortController();
    if (this.#stopping || this.#settled.length > 0) return;
    await this.#options.log.waitForData(positions, timeoutMs, this.#wake.signal);
  }

  async #store(batch: RowBatch): Promise<void> {
    if (this.#givenUp) return;
    // At most one insert per table and age: small parts cost ClickHouse more than waiting costs a reader.
    const earlyMs = this.#intervalMs() - this.#sinceStoreMs();
    if (earlyMs > 0 && !this.#stopping) {
      await this.#pace.sleep(earlyMs, this.#abort.signal);
    }
    const { store, nowMs, onStored } = this.#options;
    const startMs = nowMs();
    this.#lastStoreMs = startMs;
    const outcome = await batch.store(store, this.#persist, this.#cut.signal);
    if (isLeft(outcome)) {
      // Stopped while ClickHouse was away: the marks still stand before these rows.
      this.#givenUp = true;
      if (this.#stopping && outcome.left._tag !== "Rejected") return;
      throw new StoreError(outcome.left);
    }
    const insertMs = nowMs() - startMs;
    this.#monitor.meter.stored(batch.rowCount, insertMs, nowMs());
    onStored?.(batch.rowCount, insertMs);
    this.#reached.advance(batch.marks());
    batch.clear();
  }
}

export const createSink = (options: SinkOptions): Sink => new TopicSink(options);
