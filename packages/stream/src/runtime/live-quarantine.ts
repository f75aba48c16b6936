import { quarantineTopic } from "@leadwire/events";
import { type EventLog, RecordCursor } from "@leadwire/log";
import { TopicFollower } from "./topic-follower.ts";

/** Read back at the start, of each partition: what went wrong before then is not counted. */
const tailRecords = 10_000;
const keptMs = 8 * 86_400_000;

export interface LiveQuarantineOptions {
  readonly log: EventLog;
  /** Of every topic. */
  readonly partitions: number;
  readonly onFailure: (cause: unknown) => void;
}

/** Counts the records put aside, but for rows of imports, by the second in which the log got them. */
export class LiveQuarantine {
  private readonly follower: TopicFollower;
  private readonly cursor = new RecordCursor();
  private readonly counts = new Map<number, number>();

  constructor({ log, partitions, onFailure }: LiveQuarantineOptions) {
    this.follower = new TopicFollower({
      log,
      partitions: Array.from({ length: partitions }, (_, partition) => ({ topic: quarantineTopic, partition })),
      onChunk: ({ bytes }, from) => this.read(bytes, from),
      onRound: () => undefined,
      onFailure,
    });
  }

  async start(): Promise<void> {
    await this.follower.start((_, { start, end }) => Math.max(start, end - tailRecords));
  }

  async stop(): Promise<void> {
    await this.follower.stop();
  }

  /** Records put aside from an instant on, which counts with all of its second; eight days are known. */
  since(fromMs: number): number {
    const first = Math.floor(fromMs / 1000);
    let sum = 0;
    for (const [second, count] of this.counts) if (second >= first) sum += count;
    return sum;
  }

  private read(bytes: Buffer, from: number): void {
    const { cursor, counts } = this;
    cursor.reset(bytes, from);
    let newestMs = 0;
    while (cursor.next()) {
      // Whoever imports is told of these by the import: they are no trouble of a source that sends now.
      if (cursor.headerCount > 0 && cursor.header("backfill") !== undefined) continue;
      const second = Math.floor(cursor.appendTimeMs / 1000);
      counts.set(second, (counts.get(second) ?? 0) + 1);
      newestMs = Math.max(newestMs, cursor.appendTimeMs);
    }
    const oldest = Math.floor((newestMs - keptMs) / 1000);
    for (const second of counts.keys()) if (second < oldest) counts.delete(second);
  }
}
