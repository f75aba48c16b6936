import { PagedRows } from "../state/paged-rows.ts";

/** Columns of a slice's row. */
export const SliceColumn = { count: 0, sum: 1, series: 0, startMinute: 1, granularityAndBin: 2, state: 3 } as const;
const inUse = 1;

const mix = (series: number, startMinute: number, granularityAndBin: number): number => {
  let hash =
    Math.imul(series, 0x9e3779b1) ^ Math.imul(startMinute, 0x85ebca6b) ^ Math.imul(granularityAndBin, 0xc2b2ae35);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
};

/** A granularity and a bin (-1: none) in one integer. */
export const packBin = (granularity: number, bin: number): number => ((bin + 1) << 2) | granularity;
export const granularityIn = (packed: number): number => packed & 3;
export const binIn = (packed: number): number => (packed >> 2) - 1;

/** Slices expire in stretches of this length. */
const bucketMinutes = 720;
const newBuckets = (): ReadonlyArray<Map<number, Array<number>>> => [new Map(), new Map()];

/**
 * Slices of one task: (series, granularity, start, bin) to (count, sum), one flat row each. Absolute values; a slice
 * whose count and sum came back to 0 stays, since its zero must reach whoever knew it otherwise.
 */
export class SliceTable {
  readonly rows = new PagedRows(2, 4);
  private slots = new Int32Array(4096).fill(-1);
  private free: Array<number> = [];
  /** By granularity: rows by the stretch of time they begin in, so that expiry costs what expires. */
  private buckets = newBuckets();
  private epoch = 1;
  private changedAt = new Int32Array(1024);
  private changedRows: Array<number> = [];

  add(series: number, startMinute: number, granularityAndBin: number, count: number, sum: number): void {
    const row = this.rowOf(series, startMinute, granularityAndBin);
    const rows = this.rows;
    rows.change(row);
    rows.f64[rows.f64At + SliceColumn.count] = (rows.f64[rows.f64At + SliceColumn.count] as number) + count;
    rows.f64[rows.f64At + SliceColumn.sum] = (rows.f64[rows.f64At + SliceColumn.sum] as number) + sum;
    if (this.changedAt[row] === this.epoch) return;
    this.changedAt[row] = this.epoch;
    this.changedRows.push(row);
  }

  /** The rows that changed since the last call, in the order of their first change. */
  takeChanged(): ReadonlyArray<number> {
    const changed = this.changedRows;
    this.changedRows = [];
    this.epoch += 1;
    return changed;
  }

  /** Every row in use, in the order of rows. */
  *all(): Generator<number> {
    for (let row = 0; row < this.rows.length; row += 1) {
      this.rows.locate(row);
      if (this.rows.i32[this.rows.i32At + SliceColumn.state] === inUse) yield row;
    }
  }

  /** Frees the slices of a granularity that begin before a minute. Its readers forget them by the same rule. */
  expire(granularity: number, beforeMinute: number): void {
    const buckets = this.buckets[granularity];
    if (buckets === undefined) return;
    for (const [bucket, rows] of buckets) {
      if ((bucket + 1) * bucketMinutes > beforeMinute) continue;
      buckets.delete(bucket);
      for (const row of rows) this.release(row);
    }
  }

  /** Builds index and free list again after the rows were restored. */
  reindex(): void {
    this.free = [];
    this.buckets = newBuckets();
    for (let row = this.rows.length - 1; row >= 0; row -= 1) {
      this.rows.locate(row);
      if (this.rows.i32[this.rows.i32At + SliceColumn.state] !== inUse) this.free.push(row);
      else this.enlist(row);
    }
    this.changedAt = new Int32Array(Math.max(1024, this.rows.length * 2));
    this.index();
  }

  get capacityBytes(): number {
    return this.rows.capacityBytes + this.slots.byteLength + this.changedAt.byteLength;
  }

  private rowOf(series: number, startMinute: number, granularityAndBin: number): number {
    const mask = this.slots.length - 1;
    const rows = this.rows;
    let slot = mix(series, startMinute, granularityAndBin) & mask;
    for (let row = this.slots[slot] as number; row !== -1; row = this.slots[slot] as number) {
      rows.locate(row);
      const i32 = rows.i32;
      const at = rows.i32At;
      if (
        i32[at + SliceColumn.series] === series &&
        i32[at + SliceColumn.startMinute] === startMinute &&
        i32[at + SliceColumn.granularityAndBin] === granularityAndBin
      )
        return row;
      slot = (slot + 1) & mask;
    }
    return this.newRow(series, startMinute, granularityAndBin, slot);
  }

  private newRow(series: number, startMinute: number, granularityAndBin: number, slot: number): number {
    const rows = this.rows;
    const recycled = this.free.pop();
    const row = recycled ?? rows.add();
    if (recycled !== undefined) rows.change(row);
    rows.i32[rows.i32At + SliceColumn.series] = series;
    rows.i32[rows.i32At + SliceColumn.startMinute] = startMinute;
    rows.i32[rows.i32At + SliceColumn.granularityAndBin] = granularityAndBin;
    rows.i32[rows.i32At + SliceColumn.state] = inUse;
    this.slots[slot] = row;
    this.enlist(row);
    if (row >= this.changedAt.length) {
      const grown = new Int32Array(this.changedAt.length * 2);
      grown.set(this.changedAt);
      this.changedAt = grown;
    }
    if (rows.length * 2 > this.slots.length) this.index();
    return row;
  }

  /** Minutes and hours expire; days stay for ever and need no list. */
  private enlist(row: number): void {
    this.rows.locate(row);
    const { i32, i32At } = this.rows;
    const buckets = this.buckets[granularityIn(i32[i32At + SliceColumn.granularityAndBin] as number)];
    if (buckets === undefined) return;
    const bucket = Math.floor((i32[i32At + SliceColumn.startMinute] as number) / bucketMinutes);
    const rows = buckets.get(bucket);
    if (rows === undefined) buckets.set(bucket, [row]);
    else rows.push(row);
  }

  private release(row: number): void {
    const slot = this.slotOf(row);
    const rows = this.rows;
    rows.change(row);
    rows.i32[rows.i32At + SliceColumn.state] = 0;
    rows.f64[rows.f64At + SliceColumn.count] = 0;
    rows.f64[rows.f64At + SliceColumn.sum] = 0;
    this.free.push(row);
    this.vacate(slot);
  }

  private hashOf(row: number): number {
    this.rows.locate(row);
    const { i32, i32At } = this.rows;
    return mix(
      i32[i32At + SliceColumn.series] as number,
      i32[i32At + SliceColumn.startMinute] as number,
      i32[i32At + SliceColumn.granularityAndBin] as number,
    );
  }

  private slotOf(row: number): number {
    const mask = this.slots.length - 1;
    let slot = this.hashOf(row) & mask;
    while (this.slots[slot] !== row) slot = (slot + 1) & mask;
    return slot;
  }

  /** Empties a slot and moves later entries of its run back, so that none is cut off (Knuth 6.4, algorithm R). */
  private vacate(empty: number): void {
    const mask = this.slots.length - 1;
    let hole = empty;
    for (let slot = (hole + 1) & mask; this.slots[slot] !== -1; slot = (slot + 1) & mask) {
      const home = this.hashOf(this.slots[slot] as number) & mask;
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      this.slots[hole] = this.slots[slot] as number;
      hole = slot;
    }
    this.slots[hole] = -1;
  }

  private index(): void {
    const rows = this.rows;
    let size = 4096;
    while (size < rows.length * 3) size *= 2;
    this.slots = new Int32Array(size).fill(-1);
    for (let row = 0; row < rows.length; row += 1) {
      rows.locate(row);
      const at = rows.i32At;
      if (rows.i32[at + SliceColumn.state] !== inUse) continue;
      let slot = this.hashOf(row) & (size - 1);
      while (this.slots[slot] !== -1) slot = (slot + 1) & (size - 1);
      this.slots[slot] = row;
    }
  }
}
