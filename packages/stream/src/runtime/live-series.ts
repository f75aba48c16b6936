import type { SliceStretch } from "@leadwire/kpis";

/** What one task said last of one slice. */
interface Part {
  /** Origin and partition in one number. */
  readonly task: number;
  version: number;
  count: number;
  sum: number;
}

/** One group (and bin) in one stretch of time: the sum of its parts, and the parts that it is the sum of. */
interface Total {
  readonly value: string;
  readonly bin: number | null;
  count: number;
  sum: number;
  readonly parts: Array<Part>;
}

type Bucket = Map<string, Total>;
type Merged = Map<string, { readonly value: string; readonly bin: number | null; count: number; sum: number }>;
type Visitor = (value: string, bin: number | null, count: number, sum: number) => void;

/** A stretch merged ahead: what windows read again and again, while only their newest slices change. */
interface Sum {
  readonly fromMs: number;
  readonly toMs: number;
  readonly merged: Merged;
}

const sumsMax = 128;
/** A shorter stretch is read slice by slice. */
const sumSlicesMin = 4;

const keyOf = (value: string, bin: number | null): string => (bin === null ? value : `${bin} ${value}`);

/**
 * The slices of one measure by one dimension at one granularity, merged over the tasks, in the order of their starts.
 * Keeps the highest version of each task's word, so being told twice, late or by a stale owner changes nothing.
 */
export class LiveSeries {
  private readonly starts: Array<number> = [];
  private readonly buckets: Array<Bucket> = [];
  private readonly sums = new Map<string, Sum>();
  /** No sum reaches further. */
  private summedToMs = Number.NEGATIVE_INFINITY;

  /** Takes a task's word on a slice; false where it is known already, or older than what is known. */
  apply(
    startMs: number,
    value: string,
    bin: number | null,
    task: number,
    version: number,
    count: number,
    sum: number,
  ): boolean {
    const total = this.totalOf(this.bucketAt(startMs), value, bin);
    const held = total.parts.find((part) => part.task === task);
    if (held !== undefined && version <= held.version) return false;
    const [countBefore, sumBefore] = held === undefined ? [0, 0] : [held.count, held.sum];
    if (held === undefined) total.parts.push({ task, version, count, sum });
    else {
      held.version = version;
      held.count = count;
      held.sum = sum;
    }
    if (count === countBefore && sum === sumBefore) return false;
    total.count += count - countBefore;
    total.sum += sum - sumBefore;
    if (startMs < this.summedToMs) this.dropSumsOf(startMs);
    return true;
  }

  visit(stretch: SliceStretch, visitor: Visitor): void {
    const from = stretch.fromMs === null ? 0 : this.indexOf(stretch.fromMs);
    const to = stretch.toMs === null ? this.starts.length : this.indexOf(stretch.toMs);
    if (to - from >= sumSlicesMin) {
      for (const { value, bin, count, sum } of this.sumOf(stretch, from, to).values()) visitor(value, bin, count, sum);
      return;
    }
    for (let i = from; i < to; i += 1) {
      for (const { value, bin, count, sum } of (this.buckets[i] as Bucket).values()) visitor(value, bin, count, sum);
    }
  }

  /** The start of the newest slice that is not empty; undefined where all are. */
  newestStartMs(): number | undefined {
    for (let i = this.starts.length - 1; i >= 0; i -= 1) {
      for (const { count, sum } of (this.buckets[i] as Bucket).values()) {
        if (count !== 0 || sum !== 0) return this.starts[i];
      }
    }
    return undefined;
  }

  /** Drops what begins before an instant. */
  forget(beforeMs: number): void {
    const kept = this.indexOf(beforeMs);
    if (kept === 0) return;
    this.starts.splice(0, kept);
    this.buckets.splice(0, kept);
    this.sums.clear();
    this.summedToMs = Number.NEGATIVE_INFINITY;
  }

  /** Groups and bins held, over all stretches. */
  get size(): number {
    return this.buckets.reduce((sum, bucket) => sum + bucket.size, 0);
  }

  private sumOf({ fromMs, toMs }: SliceStretch, from: number, to: number): Merged {
    const key = `${fromMs}/${toMs}`;
    const known = this.sums.get(key);
    if (known !== undefined) return known.merged;
    const merged: Merged = new Map();
    for (let i = from; i < to; i += 1) {
      for (const [group, { value, bin, count, sum }] of this.buckets[i] as Bucket) {
        const held = merged.get(group);
        if (held === undefined) merged.set(group, { value, bin, count, sum });
        else {
          held.count += count;
          held.sum += sum;
        }
      }
    }
    const made = { fromMs: fromMs ?? Number.NEGATIVE_INFINITY, toMs: toMs ?? Number.POSITIVE_INFINITY, merged };
    const [oldest] = this.sums.keys();
    if (this.sums.size >= sumsMax && oldest !== undefined) this.sums.delete(oldest);
    this.sums.set(key, made);
    this.summedToMs = Math.max(this.summedToMs, made.toMs);
    return merged;
  }

  private dropSumsOf(startMs: number): void {
    let summedToMs = Number.NEGATIVE_INFINITY;
    for (const [key, { fromMs, toMs }] of this.sums) {
      if (startMs >= fromMs && startMs < toMs) this.sums.delete(key);
      else summedToMs = Math.max(summedToMs, toMs);
    }
    this.summedToMs = summedToMs;
  }

  private totalOf(bucket: Bucket, value: string, bin: number | null): Total {
    const key = keyOf(value, bin);
    const known = bucket.get(key);
    if (known !== undefined) return known;
    const total: Total = { value, bin, count: 0, sum: 0, parts: [] };
    bucket.set(key, total);
    return total;
  }

  private bucketAt(startMs: number): Bucket {
    const at = this.indexOf(startMs);
    if (this.starts[at] === startMs) return this.buckets[at] as Bucket;
    const bucket: Bucket = new Map();
    this.starts.splice(at, 0, startMs);
    this.buckets.splice(at, 0, bucket);
    return bucket;
  }

  /** The first slice that begins at or after an instant. */
  private indexOf(startMs: number): number {
    const { starts } = this;
    let [low, high] = [0, starts.length];
    // Nearly always it is one of the newest.
    if (high > 0 && (starts[high - 1] as number) < startMs) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] as number) < startMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
