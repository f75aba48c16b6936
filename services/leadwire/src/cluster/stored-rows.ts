import { derivedRegistry, type SchemaRegistry } from "@leadwire/events";
import { type EventLog, type LogPosition, partitionName, RecordCursor } from "@leadwire/log";
import { generationDatabase, logDatabase, readPositions, type Store, StoreError } from "@leadwire/store";
import { type DerivedIds, derivedIds, isHeartbeat } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import { NobodyAtWork } from "./nobody-at-work.ts";

export interface StoredRowsOptions {
  readonly log: EventLog;
  readonly store: Store;
  readonly generation: string;
  /** Whose schema ids stand on records; those derived from `schemas/` unless given. */
  readonly registry?: SchemaRegistry;
}

/** What waiting takes. */
export interface WaitTerms {
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Idle sinks note their positions every ten seconds. */
const silentMsMax = 20_000;
const pollMs = 50;
/** Heartbeats are looked through so far back for the last record that makes a row. */
const tailRecords = 5_000;
const chunkBytes = 1 << 20;
const missingNames: ReadonlyArray<string> = ["UNKNOWN_DATABASE", "UNKNOWN_TABLE"];

/** Knows up to where a cluster's topics are stored in ClickHouse. */
export class StoredRows {
  private readonly options: StoredRowsOptions;
  private readonly ids: DerivedIds;
  private readonly cursor = new RecordCursor();

  constructor(options: StoredRowsOptions) {
    this.options = options;
    this.ids = derivedIds(options.registry ?? derivedRegistry);
  }

  /** The first offset of each place that is not stored; a place that never was is missing. */
  async marks(): Promise<ReadonlyMap<string, number>> {
    const { store, generation } = this.options;
    const marks = new Map<string, number>();
    for (const database of [logDatabase, generationDatabase(generation)]) {
      const read = await readPositions(store, database)();
      if (isLeft(read)) {
        // No sink has ever run here.
        if (read.left._tag === "Rejected" && missingNames.includes(read.left.name)) continue;
        throw new StoreError(read.left);
      }
      for (const mark of read.right) marks.set(partitionName(mark), mark.nextOffset);
    }
    return marks;
  }

  /** Resolves once every row of the records before these ends is stored. Rejects NobodyAtWork, StoreError. */
  async passed(ends: ReadonlyArray<LogPosition>, { nowMs, sleep }: WaitTerms): Promise<void> {
    let marks = await this.marks();
    let waiting = await this.withRows(ends, marks);
    let movedAtMs = nowMs();
    for (;;) {
      const known = marks;
      waiting = waiting.filter((end) => (known.get(partitionName(end)) ?? 0) < end.offset);
      if (waiting.length === 0) return;
      await sleep(pollMs);
      const next = await this.marks();
      if ([...next].some(([name, offset]) => offset !== marks.get(name))) movedAtMs = nowMs();
      marks = next;
      if (nowMs() - movedAtMs <= silentMsMax) continue;
      const seconds = Math.round((nowMs() - movedAtMs) / 1000);
      throw new NobodyAtWork(
        `no sink has stored anything for ${seconds} s: start one with npx leadwire run sink, then ask again.`,
      );
    }
  }

  /** Moves each end back to behind its last record that makes a row: positions of heartbeats alone are noted seldom. */
  private async withRows(
    ends: ReadonlyArray<LogPosition>,
    marks: ReadonlyMap<string, number>,
  ): Promise<ReadonlyArray<LogPosition>> {
    const found = await Promise.all(
      ends.map(async (end) => {
        const stored = marks.get(partitionName(end)) ?? 0;
        return stored >= end.offset ? end : { ...end, offset: await this.behindLastRow(end, stored) };
      }),
    );
    return found;
  }

  private async behindLastRow({ offset: end, ...place }: LogPosition, stored: number): Promise<number> {
    const { log } = this.options;
    const { cursor } = this;
    const { start } = await log.bounds(place);
    const from = Math.max(start, stored, end - tailRecords);
    let behind = from;
    for (let at = from; at < end; ) {
      const chunk = await log.read(place, at, chunkBytes);
      if (chunk.nextOffset === at) break;
      cursor.reset(chunk.bytes, at);
      while (cursor.next() && cursor.offset < end) {
        const { bytes, valueStart, valueEnd } = cursor;
        if (valueStart >= 0 && !isHeartbeat(bytes, valueStart, valueEnd, this.ids)) behind = cursor.offset + 1;
      }
      at = chunk.nextOffset;
    }
    return behind;
  }
}
