import { ExpiredOffset, type LogChunk, OffsetBeyondEnd, type Partition, stampBatch } from "@leadwire/log";

interface StoredBatch {
  readonly base: number;
  /** The offset behind its last record. */
  readonly next: number;
  readonly bytes: Buffer;
}

const noBytes = Buffer.alloc(0);

/** One partition of the simulated log. What has expired cannot be read any more, but is kept for the checks. */
export class SimPartition {
  readonly place: Partition;
  /** Every batch that was ever appended. */
  readonly batches: Array<StoredBatch> = [];
  start = 0;
  end = 0;
  records = 0;

  constructor(place: Partition) {
    this.place = place;
  }

  /** Appends a copy; `gap` offsets stay unused in front, as Kafka's own markers leave them. Returns the first offset. */
  append(batch: Buffer, count: number, appendTimeMs: number, gap: number): number {
    const base = this.end + gap;
    const bytes = Buffer.from(batch);
    stampBatch(bytes, base, appendTimeMs);
    this.end = base + count;
    this.records += count;
    this.batches.push({ base, next: this.end, bytes });
    return base;
  }

  read(from: number, maxBytes: number): LogChunk {
    const { topic, partition } = this.place;
    if (from < this.start) throw new ExpiredOffset(topic, partition, from, this.start);
    if (from > this.end) throw new OffsetBeyondEnd(topic, partition, from, this.end);
    const pieces: Array<Buffer> = [];
    let bytes = 0;
    let nextOffset = from;
    for (let n = this.indexOf(from); n < this.batches.length; n += 1) {
      const batch = this.batches[n] as StoredBatch;
      if (bytes > 0 && bytes + batch.bytes.length > maxBytes) break;
      pieces.push(batch.bytes);
      bytes += batch.bytes.length;
      nextOffset = batch.next;
    }
    const chunk = pieces.length === 0 ? noBytes : Buffer.concat(pieces);
    return { bytes: chunk, nextOffset, endOffset: this.end };
  }

  /** Forgets whole batches before an offset. */
  expire(before: number): void {
    for (const { next } of this.batches) if (next <= before && next > this.start) this.start = next;
  }

  private indexOf(from: number): number {
    let [low, high] = [0, this.batches.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.batches[middle] as StoredBatch).next <= from) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
