import {
  derivedRegistry,
  type EventCodec,
  eventCodec,
  eventTopics,
  type SalesEvent,
  type SchemaRegistry,
} from "@leadwire/events";
import { type EventLog, type LogChunk, RecordCursor } from "@leadwire/log";
import { TopicFollower } from "@leadwire/stream";
import type { BoardEvent } from "../board-source.ts";
import { feedLine } from "./feed-line.ts";

export interface EventFeedOptions {
  readonly log: EventLog;
  /** Of every topic. */
  readonly partitions: number;
  /** Whose schema ids stand on records; those derived from `schemas/` unless given. */
  readonly registry?: SchemaRegistry;
  /** The log gave up. */
  readonly onFailure: (cause: unknown) => void;
  /** An event that the log got this long after it happened is marked as late (default 5 minutes). */
  readonly lateAfterMs?: number;
}

/** A deal won while the feed ran: neither read back from the log's end, nor imported, nor a correction. */
export interface BoardWin {
  readonly seq: number;
  /** `source_system/event_id`. */
  readonly id: string;
  readonly deal: string;
  readonly owner: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly occurredAtMs: number;
  readonly appendTimeMs: number;
}

export interface EventFeed {
  /** Events above `sinceSeq`, oldest first; the newest 50 of each kind are kept. */
  readonly events: (sinceSeq: number) => ReadonlyArray<BoardEvent>;
  /** Deals won above `sinceSeq`, oldest first; the newest 50 are kept. */
  readonly wins: (sinceSeq: number) => ReadonlyArray<BoardWin>;
  /** Calls the listener after a batch that brought any. Returns what ends it. */
  readonly onChange: (listener: () => void) => () => void;
  /** Calls the listener once, when the first activity-logged was seen. */
  readonly onActivity: (listener: () => void) => void;
}

const kept = 50;
/** Offsets read back from a partition's end, at the start and when there is more to read than anyone could show. */
const tailRecords = 50;
const skipRecords = 2_000;
const idsMax = 1_000;
const minutesMs = 60_000;

interface Arrived {
  readonly appendTimeMs: number;
  readonly line: Omit<BoardEvent, "seq">;
  readonly win?: Omit<BoardWin, "seq">;
}

/** The newest of each kind, in their order. */
const newestOfKinds = <T>(items: ReadonlyArray<T>, kindOf: (item: T) => string): Array<T> => {
  const counts = new Map<string, number>();
  const newest = items.toReversed().filter((item) => {
    const count = (counts.get(kindOf(item)) ?? 0) + 1;
    counts.set(kindOf(item), count);
    return count <= kept;
  });
  return newest.reverse();
};

const winOf = (event: SalesEvent, appendTimeMs: number): Omit<BoardWin, "seq"> | undefined => {
  if (event.type !== "deal-closed" || event.outcome !== "won" || event.revision > 0 || event.voided) return undefined;
  return {
    id: `${event.source_system}/${event.event_id}`,
    deal: event.deal_id ?? event.lead_id,
    owner: event.owner ?? "",
    amountMinor: event.amount_minor ?? 0,
    currency: event.currency ?? "",
    occurredAtMs: event.occurred_at,
    appendTimeMs,
  };
};

/** The last events of the log, from the tail of every partition at the start on. Keeps no position anywhere. */
export class LiveEventFeed implements EventFeed {
  private readonly follower: TopicFollower;
  private readonly lateAfterMs: number;
  private readonly decode: EventCodec["decodeEvent"];
  private readonly cursor = new RecordCursor();
  private readonly listeners = new Set<() => void>();
  private readonly shown = new Set<string>();
  private arrived: Array<Arrived> = [];
  private feed: Array<BoardEvent> = [];
  private won: Array<BoardWin> = [];
  private seq = 0;
  private activitySeen = false;
  private started = false;
  private activityListener: (() => void) | undefined;

  constructor(options: EventFeedOptions) {
    this.decode = eventCodec(options.registry ?? derivedRegistry).decodeEvent;
    this.lateAfterMs = options.lateAfterMs ?? 5 * minutesMs;
    this.follower = new TopicFollower({
      log: options.log,
      partitions: eventTopics.flatMap((topic) =>
        Array.from({ length: options.partitions }, (_, partition) => ({ topic, partition })),
      ),
      onChunk: (chunk, from) => this.read(chunk, from),
      onRound: () => {
        if (this.started) this.publish();
      },
      onFailure: options.onFailure,
      skipTo: (position, endOffset) => (endOffset - position > skipRecords ? endOffset - tailRecords : position),
    });
  }

  async start(): Promise<void> {
    await this.follower.start((_, { start, end }) => Math.max(start, end - tailRecords));
    this.started = true;
    // Partitions were read one after the other: what came first in time comes first.
    this.arrived.sort((a, b) => a.appendTimeMs - b.appendTimeMs);
    this.publish();
  }

  async stop(): Promise<void> {
    await this.follower.stop();
  }

  readonly events: EventFeed["events"] = (sinceSeq) => this.feed.filter(({ seq }) => seq > sinceSeq);

  readonly wins: EventFeed["wins"] = (sinceSeq) => this.won.filter(({ seq }) => seq > sinceSeq);

  readonly onChange: EventFeed["onChange"] = (listener) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly onActivity: EventFeed["onActivity"] = (listener) => {
    if (this.activitySeen) listener();
    else this.activityListener = listener;
  };

  private read({ bytes }: LogChunk, from: number): void {
    const { cursor } = this;
    cursor.reset(bytes, from);
    while (cursor.next()) {
      if (cursor.valueStart < 0) continue;
      const decoded = this.decode(bytes.subarray(cursor.valueStart, cursor.valueEnd));
      // What cannot be read is in quarantine, which the board does not show.
      if (decoded._tag === "Left") continue;
      const event = decoded.right;
      if (event.type === "activity-logged") this.noteActivity();
      if (!this.isNew(`${event.source_system}/${event.event_id}/${event.revision}`)) continue;
      const { appendTimeMs } = cursor;
      const isLive = this.started && (cursor.headerCount === 0 || cursor.header("backfill") === undefined);
      const win = isLive ? winOf(event, appendTimeMs) : undefined;
      const line = feedLine(event, appendTimeMs, this.lateAfterMs);
      this.arrived.push({ appendTimeMs, line, ...(win === undefined ? {} : { win }) });
      if (this.arrived.length > 40 * kept) this.arrived = newestOfKinds(this.arrived, (one) => one.line.kind);
    }
  }

  private publish(): void {
    if (this.arrived.length === 0) return;
    for (const { line, win } of newestOfKinds(this.arrived, (one) => one.line.kind)) {
      this.seq += 1;
      this.feed.push({ seq: this.seq, ...line });
      if (win !== undefined) this.won.push({ seq: this.seq, ...win });
    }
    this.arrived = [];
    this.feed = newestOfKinds(this.feed, ({ kind }) => kind);
    this.won = this.won.slice(-kept);
    for (const listener of this.listeners) listener();
  }

  /** Whether an event was not shown lately: producers may deliver one twice. */
  private isNew(id: string): boolean {
    if (this.shown.has(id)) return false;
    this.shown.add(id);
    if (this.shown.size > idsMax) {
      const [oldest] = this.shown;
      if (oldest !== undefined) this.shown.delete(oldest);
    }
    return true;
  }

  private noteActivity(): void {
    if (this.activitySeen) return;
    this.activitySeen = true;
    this.activityListener?.();
  }
}
