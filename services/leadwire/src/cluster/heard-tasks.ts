import { derivedRegistry, metricsTopic, type SchemaRegistry } from "@leadwire/events";
import { type EventLog, type LogChunk, type LogPosition, partitionName, RecordCursor } from "@leadwire/log";
import {
  type DerivedIds,
  decodeHeartbeat,
  derivedIds,
  type Heartbeat,
  isHeartbeat,
  TopicFollower,
  taskTopics,
} from "@leadwire/stream";
import { NobodyAtWork } from "./nobody-at-work.ts";

export interface HeardTasksOptions {
  readonly log: EventLog;
  readonly generation: string;
  /** Of every topic. */
  readonly partitions: number;
  /** Whose schema ids stand on records; those derived from `schemas/` unless given. */
  readonly registry?: SchemaRegistry;
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** The topic cannot be followed any more; whoever waits is told too. */
  readonly onFailure?: (cause: unknown) => void;
}

/** So many records before the end hold the last heartbeats of a partition that is idle. */
const tailRecords = 200;
/** Heartbeats come every second. */
const silentMsMax = 10_000;
/** A task that was behind when it was last heard tells its slices, and with them a heartbeat, less often. */
const behindSilentMsMax = 30_000;
const pollMs = 5;

/** Knows how far every task of a cluster is, from the heartbeats on the metrics topic. */
export class HeardTasks {
  private readonly options: HeardTasksOptions;
  private readonly follower: TopicFollower;
  private readonly cursor = new RecordCursor();
  private readonly ids: DerivedIds;
  private readonly beats = new Map<string, Heartbeat>();
  private readonly heardAtMs = new Map<string, number>();
  private startedAtMs = 0;
  private failure: unknown;

  constructor(options: HeardTasksOptions) {
    this.options = options;
    this.ids = derivedIds(options.registry ?? derivedRegistry);
    const topic = metricsTopic(options.generation);
    this.follower = new TopicFollower({
      log: options.log,
      partitions: Array.from({ length: options.partitions }, (_, partition) => ({ topic, partition })),
      onChunk: (chunk, from) => this.hear(chunk, from),
      onRound: () => undefined,
      onFailure: (cause) => {
        this.failure = cause;
        options.onFailure?.(cause);
      },
      skipTo: (position, end) => Math.max(position, end - tailRecords),
    });
  }

  /** Resolves once the last words of every partition are read. */
  async start(): Promise<void> {
    this.startedAtMs = this.options.nowMs();
    await this.follower.start((_, { start, end }) => Math.max(start, end - tailRecords));
  }

  stop(): Promise<void> {
    return this.follower.stop();
  }

  /** The next offset of its input that a task will read; 0 where it was not heard. */
  positionOf(topic: string, partition: number): number {
    return this.beats.get(partitionName({ topic, partition }))?.position ?? 0;
  }

  /** The newest time of any event that counts; null before the first. */
  get newestEventMs(): number | null {
    const derived = taskTopics(this.options.generation).at(-1);
    let newestMs: number | null = null;
    for (const { topic, newestEventMs } of this.beats.values()) {
      if (topic === derived || newestEventMs === null) continue;
      newestMs = Math.max(newestMs ?? newestEventMs, newestEventMs);
    }
    return newestMs;
  }

  /** Resolves once every task has told all that follows from the records before these ends. Rejects NobodyAtWork. */
  async passed(ends: ReadonlyArray<LogPosition>): Promise<void> {
    let waiting = ends;
    for (;;) {
      if (this.failure !== undefined) throw this.failure;
      waiting = waiting.filter((end) => {
        const beat = this.beats.get(partitionName(end));
        return beat === undefined || beat.position < end.offset;
      });
      if (waiting.length === 0) return;
      this.refuseSilence(waiting);
      await this.options.sleep(pollMs);
    }
  }

  private refuseSilence(waiting: ReadonlyArray<LogPosition>): void {
    const nowMs = this.options.nowMs();
    const silent = waiting.filter((place) => {
      const name = partitionName(place);
      const beat = this.beats.get(name);
      const limitMs = beat !== undefined && beat.position < beat.end ? behindSilentMsMax : silentMsMax;
      return nowMs - (this.heardAtMs.get(name) ?? this.startedAtMs) > limitMs;
    });
    const [first] = silent;
    if (first === undefined) return;
    const seconds = Math.round((nowMs - (this.heardAtMs.get(partitionName(first)) ?? this.startedAtMs)) / 1000);
    const what =
      silent.length === waiting.length && silent.length > 1
        ? `no processor has been heard for ${seconds} s`
        : `no processor has been heard for ${seconds} s that reads ${partitionName(first)}`;
    throw new NobodyAtWork(`${what}: start one with npx leadwire run processor, then ask again.`);
  }

  private hear({ bytes }: LogChunk, from: number): void {
    const { cursor } = this;
    cursor.reset(bytes, from);
    while (cursor.next()) {
      const { valueStart, valueEnd } = cursor;
      if (!isHeartbeat(cursor.bytes, valueStart, valueEnd, this.ids)) continue;
      const beat = decodeHeartbeat(cursor.bytes, valueStart, valueEnd, this.ids);
      const name = partitionName(beat);
      this.heardAtMs.set(name, this.options.nowMs());
      // A stale owner of the partition may still speak: what was told once stays told.
      if (beat.position >= (this.beats.get(name)?.position ?? 0)) this.beats.set(name, beat);
    }
  }
}
