import { type ControlCodec, controlCodec, controlTopic, type SchemaRegistry } from "@leadwire/events";
import { type EventLog, type LogChunk, RecordCursor } from "@leadwire/log";
import { isLeft } from "fp-ts/lib/Either.js";
import { TopicFollower } from "./topic-follower.ts";

/** Of one partition: one behind the newest request's offset, 0 where there was none. */
interface Newest {
  readonly slices: number;
  readonly facts: number;
}

const none: Newest = { slices: 0, facts: 0 };

export interface RestateRequestsOptions {
  readonly log: EventLog;
  readonly generation: string;
  /** Whose schema ids stand on requests; those derived from `schemas/` are always read. */
  readonly registry: SchemaRegistry;
  /** A request has come. */
  readonly onRequest: () => void;
  readonly onFailure: (cause: unknown) => void;
  /** As TopicFollower takes it. */
  readonly breathe: () => Promise<unknown>;
}

/**
 * What readers ask of the tasks on the control topic: to tell again what the derived topics hold no longer. Read from
 * the topic's start, and held against what each state says it has served: so a request is served once by whoever has
 * the partition, also when an owner dies in the middle of it. Of each partition only the newest counts.
 */
export class RestateRequests {
  private readonly newest = new Map<number, Newest>();
  private readonly cursor = new RecordCursor();
  private readonly generation: string;
  private readonly codec: ControlCodec;
  private readonly onRequest: () => void;
  private readonly follower: TopicFollower;
  private position = 0;

  constructor({ log, generation, registry, onRequest, onFailure, breathe }: RestateRequestsOptions) {
    this.generation = generation;
    this.codec = controlCodec(registry);
    this.onRequest = onRequest;
    this.follower = new TopicFollower({
      log,
      partitions: [{ topic: controlTopic, partition: 0 }],
      onChunk: (chunk, from) => this.read(chunk, from),
      onRound: () => undefined,
      onFailure,
      breathe,
    });
  }

  /** Resolves once all requests made until now are known. */
  start(): Promise<void> {
    return this.follower.start((_, { start }) => start);
  }

  stop(): Promise<void> {
    return this.follower.stop();
  }

  get next(): number {
    return this.position;
  }
  slicesBefore(partition: number): number {
    return (this.newest.get(partition) ?? none).slices;
  }
  factsBefore(partition: number): number {
    return (this.newest.get(partition) ?? none).facts;
  }

  private read(chunk: LogChunk, from: number): void {
    const { cursor, codec } = this;
    cursor.reset(chunk.bytes, from);
    while (cursor.next()) {
      const { bytes, valueStart, valueEnd, offset } = cursor;
      if (codec.controlName(bytes, valueStart, valueEnd) !== "restate-requested") continue;
      const decoded = codec.decodeControl(bytes.subarray(valueStart, valueEnd));
      if (isLeft(decoded) || decoded.right.name !== "restate-requested") continue;
      const { generation, partition, scope } = decoded.right.record;
      if (generation !== this.generation) continue;
      this.newest.set(partition, { ...(this.newest.get(partition) ?? none), [scope]: offset + 1 });
    }
    this.position = chunk.nextOffset;
    this.onRequest();
  }
}
