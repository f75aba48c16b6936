/** A small seeded generator (mulberry32): the same seed and stream give the same numbers on every machine. */
export class Rng {
  #state: number;

  /** `stream` keeps apart the draws of different leads, hours and channels of one seed. */
  constructor(seed: number, stream: number) {
    this.#state = mix(mix(seed ^ 0x9e3779b9) + Math.imul(stream + 1, 0x85ebca6b));
  }

  /** Uniform in [0, 1). */
  unit(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    return mix(this.#state) / 4_294_967_296;
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** Uniform in [from, to). */
  between(from: number, to: number): number {
    return from + (to - from) * this.unit();
  }

  /** An integer in [0, bound). */
  below(bound: number): number {
    return Math.floor(this.unit() * bound);
  }

  pick<T>(items: ReadonlyArray<T>): T {
    return at(items, this.below(items.length));
  }

  /** Picks by weight. */
  weighted<T extends { readonly weight: number }>(items: ReadonlyArray<T>): T {
    let left = this.unit() * items.reduce((sum, item) => sum + item.weight, 0);
    for (const item of items) {
      left -= item.weight;
      if (left < 0) return item;
    }
    return at(items, items.length - 1);
  }

  /** Log-normal around a median; `spread` is the standard deviation of its logarithm. */
  around(median: number, spread: number): number {
    const normal = this.unit() + this.unit() + this.unit() + this.unit() - 2;
    return median * Math.exp(normal * spread * Math.sqrt(3));
  }

  /** How many of something happen where `mean` are expected: its floor, and one more with the remainder's chance. */
  count(mean: number): number {
    const jittered = mean * this.between(0.6, 1.4);
    return Math.floor(jittered) + (this.chance(jittered % 1) ? 1 : 0);
  }
}

const mix = (value: number): number => {
  let mixed = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
};

const at = <T>(items: ReadonlyArray<T>, index: number): T => {
  const item = items[index];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
};
