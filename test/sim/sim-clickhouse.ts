import type { SliceRecord } from "@leadwire/kpis";
import type { StoredPosition, StoreFault } from "@leadwire/store";
import type { Either } from "fp-ts/lib/Either.js";

/** A fact's row: its version decides which counts, its bytes are what the engine told. */
export interface FactRow {
  readonly id: string;
  readonly version: number;
  readonly isPresent: boolean;
  readonly text: string;
}

export const sliceKey = (slice: SliceRecord): string =>
  [
    slice.measure,
    slice.dimension,
    slice.value,
    slice.granularity,
    slice.startMs,
    slice.bin ?? "-",
    slice.origin,
    slice.partition,
  ].join("|");

/** ClickHouse as far as it matters here: replacing tables in which the highest version counts. */
export class SimClickHouse {
  readonly facts = new Map<string, FactRow>();
  readonly slices = new Map<string, SliceRecord>();
  readonly positions = new Map<string, StoredPosition>();
  isDown = false;

  /** One insert into a table; here a mutation may put its own order. */
  insert(_table: string, run: () => Promise<Either<StoreFault, void>>): Promise<Either<StoreFault, void>> {
    return run();
  }

  /** Up to where a topic is stored, by partition. */
  marksOf(topicPrefix: string): ReadonlyMap<number, number> {
    const marks = [...this.positions.values()].filter(({ topic }) => topic.startsWith(`${topicPrefix}.`));
    return new Map(marks.map(({ partition, nextOffset }) => [partition, nextOffset]));
  }

  putFact(row: FactRow): void {
    const held = this.facts.get(row.id);
    if (held === undefined || row.version >= held.version) this.facts.set(row.id, row);
  }

  putSlice(slice: SliceRecord): void {
    const key = sliceKey(slice);
    const held = this.slices.get(key);
    if (held === undefined || slice.version >= held.version) this.slices.set(key, slice);
  }

  putPosition(position: StoredPosition): void {
    const key = `${position.topic}/${position.partition}`;
    const held = this.positions.get(key);
    if (held === undefined || position.nextOffset >= held.nextOffset) this.positions.set(key, position);
  }
}
