import { PagedRows } from "../state/paged-rows.ts";
import { hashOfSlice, SliceCell } from "./slice-cell.ts";

/** Columns of a slice's row. */
export const SliceColumn = { count: 0, sum: 1, series: 0, startMinute: 1, granularityAndBin: 2, state: 3 } as const;
/** Starts are stored in minutes, so that 32 bits hold them. */
export const minuteMs = 60_000;
/** 32-bit words of a row, and of its 64-bit columns, which come first. */
const rowWords = 8;
const wideWords = 4;
const inUse = 1;
const granularityCount = 3;
/** Rows seated in one step of building the cells again. */
const rowsPerStep = 1 << 15;

/** A granularity and a bin (-1: none) in one integer. */
const packBin = (granularity: number, bin: number): number => ((bin + 1) << 2) | granularity;
export const granularityIn = (packed: number): number => packed & 3;
export const binIn = (packed: number): number => (packed >> 2) - 1;

/**
 * Slices of one task: (series, granularity, start, bin) to (count, sum), one flat row each. Absolute values; a slice
 * whose count and sum came back to 0 stays, since its zero must reach whoever knew it otherwise.
 */
export class SliceTable {
  readonly rows = new PagedRows(2, 4);
  /** By granularity: start to cell. */
  private cells: ReadonlyArray<Map<number, SliceCell>> = newCells();
  private readonly newest: Array<SliceCell> = Array.from(
    { length: granularityCount },
    (_, granularity) => new SliceCell(granularity, Number.NaN),
  );
  /** By granularity: the rows of all its cells. */
  private seated = new Int32Array(granularityCount);
  private free: Array<number> = [];
  private epoch = 1;
  private changedAt = new Int32Array(1024);
  private changedRows = new Int32Array(1024);
  private changed = 0;

  /** The cell of a stretch of time; made when it is new. */
  cellOf(granularity: number, startMinute: number): SliceCell {
    const last = this.newest[granularity];
    if (last !== undefined && last.startMinute === startMinute) return last;
    const cells = this.cells[granularity];
    if (cells === undefined) throw new Error(`there is no granularity ${granularity}`);
    let cell = cells.get(startMinute);
    if (cell === undefined) {
      // Neighbours are about as full as each other, but the newest one may only have begun to fill.
      const usual = cells.size === 0 ? 0 : (this.seated[granularity] as number) / cells.size;
      cell = new SliceCell(granularity, startMinute, Math.max(last?.rows ?? 0, usual));
      cells.set(startMinute, cell);
    }
    this.newest[granularity] = cell;
    return cell;
  }

  /** Adds to one slice of a cell. */
  add(cell: SliceCell, series: number, bin: number, count: number, sum: number): void {
    const packed = packBin(cell.granularity, bin);
    const { rows } = this;
    const { slots } = cell;
    const mask = slots.length - 1;
    const hash = hashOfSlice(series, packed);
    let slot = hash & mask;
    let row = slots[slot] as number;
    for (; row !== -1; row = slots[slot] as number) {
      const page = rows.pageOf(row);
      const chunk = rows.chunkOf(page);
      const place = rows.rowInChunk(row, page);
      const narrowAt = place * rowWords + wideWords;
      const { i32, f64 } = chunk;
      if (i32[narrowAt + SliceColumn.series] === series && i32[narrowAt + SliceColumn.granularityAndBin] === packed) {
        const wideAt = place * (rowWords / 2);
        f64[wideAt] = (f64[wideAt] as number) + count;
        f64[wideAt + SliceColumn.sum] = (f64[wideAt + SliceColumn.sum] as number) + sum;
        rows.markPage(page, chunk);
        if (this.changedAt[row] !== this.epoch) this.note(row);
        return;
      }
      slot = (slot + 1) & mask;
    }
    row = this.newRow(cell, series, packed);
    rows.f64[rows.f64At + SliceColumn.count] = count;
    rows.f64[rows.f64At + SliceColumn.sum] = sum;
    if (this.changedAt[row] !== this.epoch) this.note(row);
    this.seat(cell, row, hash, slot);
  }

  /** The rows that changed since the last call, in the order of their first change; valid until the next `add`. */
  takeChanged(): Int32Array {
    const changed = this.changedRows.subarray(0, this.changed);
    this.changed = 0;
    this.epoch += 1;
    return changed;
  }

  /** Every row in use, in the order of rows. */
  *all(): Generator<number> {
    for (let row = 0; row < this.rows.length; row += 1) if (this.isInUse(row)) yield row;
  }

  /** Frees the slices of a granularity that begin before a minute. Its readers forget them by the same rule. */
  expire(granularity: number, beforeMinute: number): void {
    for (const cell of this.cells[granularity]?.values() ?? []) {
      if (cell.startMinute >= beforeMinute) continue;
      for (const row of cell.slots) if (row !== -1) this.release(row);
      this.cells[granularity]?.delete(cell.startMinute);
      this.seated[granularity] = (this.seated[granularity] as number) - cell.rows;
      this.newest[granularity] = new SliceCell(granularity, Number.NaN);
    }
  }

  /** Builds cells and free list again after the rows were restored, in steps. */
  *reindex(): Generator<void> {
    this.free = [];
    this.cells = newCells();
    this.seated = new Int32Array(granularityCount);
    for (let granularity = 0; granularity < granularityCount; granularity += 1)
      this.newest[granularity] = new SliceCell(granularity, Number.NaN);
    this.changedAt = new Int32Array(Math.max(1024, this.rows.length * 2));
    this.changed = 0;
    for (let row = this.rows.length - 1; row >= 0; row -= 1) {
      if (row % rowsPerStep === 0) yield;
      if (!this.isInUse(row)) {
        this.free.push(row);
        continue;
      }
      const { i32, i32At } = this.rows;
      const series = i32[i32At + SliceColumn.series] as number;
      const packed = i32[i32At + SliceColumn.granularityAndBin] as number;
      const cell = this.cellOf(granularityIn(packed), i32[i32At + SliceColumn.startMinute] as number);
      const hash = hashOfSlice(series, packed);
      this.seat(cell, row, hash, freeSlot(cell.slots, hash));
    }
  }

  /** What the slices and their index take. */
  get usedBytes(): number {
    let bytes = this.rows.usedBytes + this.changedAt.byteLength;
    for (const cells of this.cells) for (const cell of cells.values()) bytes += cell.slots.byteLength;
    return bytes;
  }

  /** A new row, located. */
  private newRow(cell: SliceCell, series: number, packed: number): number {
    const rows = this.rows;
    let row: number;
    if (this.free.length === 0) row = rows.add();
    else {
      row = this.free.pop() as number;
      rows.change(row);
    }
    const { i32, i32At } = rows;
    i32[i32At + SliceColumn.series] = series;
    i32[i32At + SliceColumn.startMinute] = cell.startMinute;
    i32[i32At + SliceColumn.granularityAndBin] = packed;
    i32[i32At + SliceColumn.state] = inUse;
    if (row >= this.changedAt.length) this.changedAt = grown(this.changedAt);
    return row;
  }

  /** Gives a row its slot in a cell: the free one that the search for it has ended at, unless the cell has to grow. */
  private seat(cell: SliceCell, row: number, hash: number, slot: number): void {
    cell.rows += 1;
    this.seated[cell.granularity] = (this.seated[cell.granularity] as number) + 1;
    if (!cell.isFull) {
      cell.slots[slot] = row;
      return;
    }
    this.widen(cell);
    place(cell.slots, row, hash);
  }

  private widen(cell: SliceCell): void {
    const slots = new Int32Array(cell.slots.length * 2).fill(-1);
    for (const row of cell.slots) {
      if (row === -1) continue;
      this.rows.locate(row);
      const { i32, i32At } = this.rows;
      const packed = i32[i32At + SliceColumn.granularityAndBin] as number;
      place(slots, row, hashOfSlice(i32[i32At + SliceColumn.series] as number, packed));
    }
    cell.slots = slots;
  }

  private note(row: number): void {
    this.changedAt[row] = this.epoch;
    if (this.changed === this.changedRows.length) this.changedRows = grown(this.changedRows);
    this.changedRows[this.changed] = row;
    this.changed += 1;
  }

  private isInUse(row: number): boolean {
    this.rows.locate(row);
    return this.rows.i32[this.rows.i32At + SliceColumn.state] === inUse;
  }

  private release(row: number): void {
    const rows = this.rows;
    rows.change(row);
    rows.i32[rows.i32At + SliceColumn.state] = 0;
    rows.f64[rows.f64At + SliceColumn.count] = 0;
    rows.f64[rows.f64At + SliceColumn.sum] = 0;
    this.free.push(row);
  }
}

const newCells = (): ReadonlyArray<Map<number, SliceCell>> =>
  Array.from({ length: granularityCount }, () => new Map<number, SliceCell>());

const freeSlot = (slots: Int32Array, hash: number): number => {
  const mask = slots.length - 1;
  let slot = hash & mask;
  while (slots[slot] !== -1) slot = (slot + 1) & mask;
  return slot;
};

const place = (slots: Int32Array, row: number, hash: number): void => {
  slots[freeSlot(slots, hash)] = row;
};

const grown = (array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
  const wider = new Int32Array(array.length * 2);
  wider.set(array);
  return wider;
};
