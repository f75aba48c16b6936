import type { SliceStretch } from "@leadwire/kpis";
import { LiveSum, type SliceVisitor } from "./live-sum.ts";

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
const sumsMax = 128;
/** A stretch is made from another where they differ by less than one of so many slices. */
const rolledShare = 4;
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
  /** Stretches that were read lately, the least recent first. */
  private readonly sums = new Map<string, LiveSum>();

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
    for (const known of this.sums.values()) {
      if (known.covers(startMs)) known.add(value, bin, count - countBefore, sum - sumBefore);
    }
    return true;
  }

  visit(stretch: SliceStretch, visitor: SliceVisitor): void {
    const from = stretch.fromMs === null ? 0 : this.indexOf(stretch.fromMs);
    const to = stretch.toMs === null ? this.starts.length : this.indexOf(stretch.toMs);
    if (to - from >= sumSlicesMin) {
      this.sumOf(stretch).visit(visitor);
      return;
    }
    for (let i = from; i < to; i += 1) {
      for (const { value, bin, count, sum } of (this.buckets[i] as Bucket).values()) visitor(value, bin, count, sum);
    }
  }

  /** One group of a stretch, at a cost that does not depend on the others, nor (but for the first time) on its length. */
  visitValue(stretch: SliceStretch, value: string, visitor: SliceVisitor): void {
    this.sumOf(stretch).visitValue(value, visitor);
  }

  /** The groups of a stretch. Some may be empty again. */
  valuesIn(stretch: SliceStretch): Iterable<string> {
    return this.sumOf(stretch).values();
  }

  /** The start of the oldest slice held; undefined where there is none. */
  get oldestStartMs(): number | undefined {
    return this.starts[0];
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
  }

  /** Groups and bins held, over all stretches. */
  get size(): number {
    return this.buckets.reduce((sum, bucket) => sum + bucket.size, 0);
  }

  private sumOf(stretch: SliceStretch): LiveSum {
    const { fromMs, toMs } = stretch;
    const key = `${fromMs}/${toMs}`;
    const known = this.sums.get(key);
    if (known !== undefined) {
      this.sums.delete(key);
      this.sums.set(key, known);
      return known;
    }
    const made = this.merged(stretch);
    const [oldest] = this.sums.keys();
    if (this.sums.size >= sumsMax && oldest !== undefined) this.sums.delete(oldest);
    this.sums.set(key, made);
    return made;
  }

  /** Merges a stretch: from the sum of one that differs by a few slices, as a window's that rolls does, else from all. */
  private merged(stretch: SliceStretch): LiveSum {
    const [from, to] = this.placeOf(
      stretch.fromMs ?? Number.NEGATIVE_INFINITY,
      stretch.toMs ?? Number.POSITIVE_INFINITY,
    );
    let near: { readonly known: LiveSum; readonly from: number; readonly to: number } | undefined;
    let differing = (to - from) / rolledShare;
    for (const known of this.sums.values()) {
      const [knownFrom, knownTo] = this.placeOf(known.fromMs, known.toMs);
      const others = Math.abs(knownFrom - from) + Math.abs(knownTo - to);
      if (others >= differing) continue;
      near = { known, from: knownFrom, to: knownTo };
      differing = others;
    }
    const made = near === undefined ? new LiveSum(stretch) : near.known.copyFor(stretch);
    if (near === undefined) {
      this.addTo(made, from, to, 1);
      return made;
    }
    this.addTo(made, from, near.from, 1);
    this.addTo(made, near.from, from, -1);
    this.addTo(made, near.to, to, 1);
    this.addTo(made, to, near.to, -1);
    return made;
  }

  private addTo(made: LiveSum, from: number, to: number, sign: 1 | -1): void {
    for (let i = from; i < to; i += 1) {
      for (const { value, bin, count, sum } of (this.buckets[i] as Bucket).values()) {
        made.add(value, bin, sign * count, sign * sum);
      }
    }
  }

  /** Where a stretch lies among the slices. */
  private placeOf(fromMs: number, toMs: number): readonly [from: number, to: number] {
    const from = this.indexOf(fromMs);
    return [from, Math.max(from, this.indexOf(toMs))];
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
