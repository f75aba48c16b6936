import { type LogPosition, type Partition, partitionName } from "@leadwire/log";
import type { PartitionReader } from "./partition-reader.ts";
import type { SinkCounts } from "./sink-status.ts";

const sum = (counts: Iterable<SinkCounts>): SinkCounts => {
  const total = { expired: 0, withoutRow: 0 };
  for (const { expired, withoutRow } of counts) {
    total.expired += expired;
    total.withoutRow += withoutRow;
  }
  return total;
};

/** The readers of the partitions that a sink has now, and what those before them counted. */
export class OwnedReaders {
  readonly #readers = new Map<string, PartitionReader>();
  #before: SinkCounts = { expired: 0, withoutRow: 0 };

  get size(): number {
    return this.#readers.size;
  }

  /** A copy: partitions may be given away while it is gone through. */
  all(): ReadonlyArray<PartitionReader> {
    return [...this.#readers.values()];
  }

  partitions(): ReadonlyArray<Partition> {
    return this.all().map(({ partition }) => partition);
  }

  positions(): ReadonlyArray<LogPosition> {
    return this.all().map((reader) => reader.position());
  }

  add(reader: PartitionReader): void {
    this.#readers.set(partitionName(reader.partition), reader);
  }

  /** What they counted stays in `counts`. */
  remove(partitions: ReadonlyArray<Partition>): void {
    for (const name of partitions.map(partitionName)) {
      const reader = this.#readers.get(name);
      if (reader === undefined) continue;
      this.#before = sum([this.#before, reader]);
      this.#readers.delete(name);
    }
  }

  /** Since the sink's start, also of partitions that were given away. */
  counts(): SinkCounts {
    return sum([this.#before, ...this.all()]);
  }
}
