import { setImmediate as nextTurn } from "node:timers/promises";
import { type EventLog, ExpiredOffset, type LogChunk, type Partition } from "@leadwire/log";

/** Bounds how long one chunk holds up the event loop: some 4,000 slices, about 4 ms. */
const chunkBytes = 1 << 18;
const waitMs = 1_000;

export interface TopicFollowerOptions {
  readonly log: EventLog;
  readonly partitions: ReadonlyArray<Partition>;
  /** A chunk of one partition, in order; records below `from` are to be skipped. Must not throw but for a broken invariant. */
  readonly onChunk: (chunk: LogChunk, from: number, partition: Partition) => void;
  /** After every partition was read once and something was new. */
  readonly onRound: () => void;
  /** Records between the position held and the topic's start are gone; reading goes on at the start. */
  readonly onExpired?: (partition: Partition) => void;
  readonly onFailure: (cause: unknown) => void;
  /** Where to go on from instead, when a partition has this much to read: for readers of the newest alone. */
  readonly skipTo?: (position: number, endOffset: number) => number;
  /** Gives others a turn; the event loop's next one unless given (a simulation has a scheduler of its own). */
  readonly breathe?: () => Promise<unknown>;
}

interface Bounds {
  readonly start: number;
  readonly end: number;
}

/** Follows partitions of the log without a group: everyone reads all of them, and keeps no position anywhere. */
export class TopicFollower {
  private readonly options: TopicFollowerOptions;
  private readonly breathe: () => Promise<unknown>;
  private readonly positions: Array<number> = [];
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private caughtUp = false;

  constructor(options: TopicFollowerOptions) {
    this.options = options;
    this.breathe = options.breathe ?? (() => nextTurn());
  }

  /** Whether the last round left nothing unread. */
  get isCaughtUp(): boolean {
    return this.caughtUp;
  }

  /** Reads from where `from` says. Resolves once all is read that the partitions held at the start. */
  async start(from: (partition: Partition, bounds: Bounds) => number): Promise<void> {
    const { log, partitions } = this.options;
    const bounds = await Promise.all(partitions.map((partition) => log.bounds(partition)));
    for (const [index, partition] of partitions.entries()) {
      const held = bounds[index] as Bounds;
      this.positions[index] = from(partition, held);
    }
    const isBehind = (): boolean => bounds.some(({ end }, index) => (this.positions[index] as number) < end);
    do {
      await this.round();
      await this.breathe();
    } while (isBehind() && !this.stopping.signal.aborted);
    this.running = this.loop().catch((cause: unknown) => {
      this.caughtUp = false;
      this.options.onFailure(cause);
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async loop(): Promise<void> {
    const { log, partitions } = this.options;
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const places = partitions.map((partition, i) => ({ ...partition, offset: this.positions[i] as number }));
      const isThere = await log.waitForData(places, waitMs, signal);
      if (!isThere || signal.aborted) continue;
      await this.round();
      // A log in this process answers at once: without a turn of the event loop, a long catch-up would hold up all else.
      await this.breathe();
    }
  }

  private async round(): Promise<void> {
    let isNew = false;
    let isWhole = true;
    for (const [index, partition] of this.options.partitions.entries()) {
      const chunk = await this.read(index, partition);
      const position = this.positions[index] as number;
      if (chunk.nextOffset > position) {
        this.positions[index] = chunk.nextOffset;
        this.options.onChunk(chunk, position, partition);
        isNew = true;
      }
      if ((this.positions[index] as number) < chunk.endOffset) isWhole = false;
    }
    this.caughtUp = isWhole;
    if (isNew) this.options.onRound();
  }

  private async read(index: number, partition: Partition): Promise<LogChunk> {
    const { log, skipTo, onExpired } = this.options;
    for (;;) {
      const position = this.positions[index] as number;
      try {
        if (skipTo !== undefined) {
          const { end } = await log.bounds(partition);
          this.positions[index] = Math.max(position, skipTo(position, end));
        }
        return await log.read(partition, this.positions[index] as number, chunkBytes);
      } catch (fault) {
        if (!(fault instanceof ExpiredOffset)) throw fault;
        this.positions[index] = fault.start;
        onExpired?.(partition);
      }
    }
  }
}
