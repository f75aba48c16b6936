/** A small seeded generator (mulberry32): the same seed gives the same company for ever. */
export interface Random {
  /** From 0 included to 1 excluded. */
  readonly next: () => number;
  /** A whole number, both ends included. */
  readonly whole: (least: number, most: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <A>(from: ReadonlyArray<A>) => A;
  /** One of them, or undefined with the given probability. */
  readonly maybe: <A>(missing: number, from: ReadonlyArray<A>) => A | undefined;
}

export const randomOf = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const pick = <A>(from: ReadonlyArray<A>): A => {
    const picked = from[whole(0, from.length - 1)];
    if (picked === undefined) throw new Error("nothing to pick from");
    return picked;
  };
  const chance = (probability: number): boolean => next() < probability;
  return { next, whole, chance, pick, maybe: (missing, from) => (chance(missing) ? undefined : pick(from)) };
};
