import type { SliceRecord } from "@leadwire/kpis";
import type { StoredPosition } from "@leadwire/store";
import type { Machine, Scheduler } from "./scheduler.ts";

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

  /** An insert, tried until it is answered; an answer may be lost, and the rows come twice. */
  async insert(scheduler: Scheduler, machine: Machine, apply: () => void): Promise<void> {
    const { random } = scheduler;
    for (;;) {
      await scheduler.turn(machine, random.pick([0, 0, 2]));
      if (this.isDown) {
        await scheduler.turn(machine, 20);
        continue;
      }
      apply();
      await scheduler.turn(machine);
      if (!random.chance(0.05)) return;
    }
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
