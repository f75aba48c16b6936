import type { BinPartial } from "./partial.ts";

/** Bins of durations, probabilities, usual terms and touches lie below. */
const directBinsMax = 1 << 14;

/** Slices are doubles that hold integers, and so are their sums: one that a double cannot hold is a broken invariant. */
const exact = (sum: number): number => {
  if (Math.abs(sum) > Number.MAX_SAFE_INTEGER) {
    throw new RangeError(`slices add up to ${sum}: more than is held exactly`);
  }
  return sum;
};

/**
 * Slices of one group, added up, by bin where `addBin` is told of them. Bins are places of an array, so that they come
 * out in order without being sorted; one instance serves group after group (`clear`).
 */
export class SliceSums {
  count = 0;
  sum = 0;
  #counts = new Float64Array(256);
  #sums = new Float64Array(256);
  #least = Number.POSITIVE_INFINITY;
  #most = -1;
  /** Bins that no array is made for, such as those of a term of 2,000 years. */
  readonly #beyond = new Map<number, readonly [count: number, sum: number]>();

  add(count: number, sum: number): void {
    this.count += count;
    this.sum = exact(this.sum + sum);
  }

  addBin(bin: number, count: number, sum: number): void {
    this.add(count, sum);
    if (!(bin >= 0 && bin < directBinsMax)) {
      const [heldCount, heldSum] = this.#beyond.get(bin) ?? [0, 0];
      this.#beyond.set(bin, [heldCount + count, exact(heldSum + sum)]);
      return;
    }
    if (bin >= this.#counts.length) this.#grow(bin);
    this.#counts[bin] = (this.#counts[bin] as number) + count;
    this.#sums[bin] = exact((this.#sums[bin] as number) + sum);
    if (bin < this.#least) this.#least = bin;
    if (bin > this.#most) this.#most = bin;
  }

  /** The bins that hold anything, in their order. */
  bins(): ReadonlyArray<BinPartial> {
    const bins: Array<BinPartial> = [];
    for (let bin = this.#least; bin <= this.#most; bin += 1) {
      const count = this.#counts[bin] as number;
      if (count !== 0) bins.push([bin, BigInt(count), BigInt(this.#sums[bin] as number)]);
    }
    if (this.#beyond.size === 0) return bins;
    for (const [bin, [count, sum]] of this.#beyond) if (count !== 0) bins.push([bin, BigInt(count), BigInt(sum)]);
    return bins.sort(([a], [b]) => a - b);
  }

  clear(): void {
    if (this.#most >= 0) {
      this.#counts.fill(0, this.#least, this.#most + 1);
      this.#sums.fill(0, this.#least, this.#most + 1);
    }
    this.#beyond.clear();
    this.#least = Number.POSITIVE_INFINITY;
    this.#most = -1;
    this.count = 0;
    this.sum = 0;
  }

  #grow(bin: number): void {
    const length = 2 ** Math.ceil(Math.log2(bin + 1));
    const [counts, sums] = [new Float64Array(length), new Float64Array(length)];
    counts.set(this.#counts);
    sums.set(this.#sums);
    this.#counts = counts;
    this.#sums = sums;
  }
}
