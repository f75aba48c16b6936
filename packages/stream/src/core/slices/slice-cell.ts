const slotsMin = 16;

/**
 * The slices of all series in one stretch of time (one minute, hour or day), by series and bin. Facts come mostly in
 * the order of time, so a look-up stays within few small arrays; a stretch that expires goes as a whole.
 */
export class SliceCell {
  readonly granularity: number;
  readonly startMinute: number;
  /** Row numbers by hash, open addressing; -1: empty. */
  slots: Int32Array;
  rows = 0;

  /** `expected` rows are a guess: the cell grows as it fills. */
  constructor(granularity: number, startMinute: number, expected = 0) {
    this.granularity = granularity;
    this.startMinute = startMinute;
    let slots = slotsMin;
    while (slots * 2 < expected * 3) slots *= 2;
    this.slots = new Int32Array(slots).fill(-1);
  }

  get isFull(): boolean {
    return this.rows * 3 >= this.slots.length * 2;
  }
}

/** Where the search for a series and a bin (-1: none) begins, before it is masked. */
export const hashOfSlice = (series: number, packed: number): number => {
  const hash = Math.imul(series, 0x9e3779b1) ^ Math.imul(packed, 0x85ebca6b);
  return hash ^ (hash >>> 15);
};
