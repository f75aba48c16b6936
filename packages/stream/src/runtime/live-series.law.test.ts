import fc from "fast-check";
import { expect, test } from "vitest";
import { LiveSeries } from "./live-series.ts";

interface Slice {
  readonly startMs: number;
  readonly value: string;
  /** Left out where the measure has none. */
  readonly bin: number;
  readonly task: number;
  readonly version: number;
  readonly count: number;
  readonly sum: number;
}

const slices: fc.Arbitrary<Slice> = fc.record({
  startMs: fc.nat(40),
  value: fc.constantFrom("", "ana", "bogdan"),
  bin: fc.nat(2),
  task: fc.nat(2),
  version: fc.nat(6),
  count: fc.integer({ min: -2, max: 3 }),
  sum: fc.integer({ min: -90, max: 90 }),
});
const edge = fc.option(fc.nat(42));
const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: slices },
    { weight: 4, arbitrary: fc.record({ ends: fc.tuple(edge, edge), by: fc.constantFrom("group", "all") }) },
    { weight: 1, arbitrary: fc.record({ beforeMs: fc.nat(20) }) },
  ),
  { maxLength: 60 },
);

/** Numbers by group and bin, without what adds up to nothing. */
class Sums {
  readonly byCell = new Map<string, { count: number; sum: number }>();
  readonly add = (value: string, bin: number | null, count: number, sum: number): void => {
    const held = this.byCell.get(`${value} ${bin}`) ?? { count: 0, sum: 0 };
    this.byCell.set(`${value} ${bin}`, { count: held.count + count, sum: held.sum + sum });
  };
  get held(): unknown {
    return Object.fromEntries([...this.byCell].filter(([, { count, sum }]) => count !== 0 || sum !== 0).sort());
  }
}

/** A series, and beside it, plainly, what each task said last. */
class Checked {
  private readonly series = new LiveSeries();
  private readonly told = new Map<string, Slice>();
  private readonly binned: boolean;

  constructor(binned: boolean) {
    this.binned = binned;
    // Enough of them for stretches that differ by a few.
    const usual = { value: "ana", bin: 1, task: 0, version: 0, count: 1, sum: 7 };
    for (let startMs = 0; startMs <= 40; startMs += 1) this.apply({ ...usual, startMs });
  }

  apply(slice: Slice): void {
    const { startMs, value, task, version, count, sum } = slice;
    const bin = this.binned ? slice.bin : null;
    this.series.apply(startMs, value, bin, task, version, count, sum);
    const key = [startMs, value, bin, task].join();
    if (version > (this.told.get(key)?.version ?? -1)) this.told.set(key, slice);
  }

  forget(beforeMs: number): void {
    this.series.forget(beforeMs);
    for (const [key, { startMs }] of this.told) if (startMs < beforeMs) this.told.delete(key);
  }

  read(fromMs: number | null, toMs: number | null, by: string): void {
    const stretch = { granularity: "day", fromMs, toMs } as const;
    const [found, expected] = [new Sums(), new Sums()];
    if (by === "all") this.series.visit(stretch, found.add);
    else for (const value of ["", "ana", "bogdan"]) this.series.visitValue(stretch, value, found.add);
    for (const { startMs, value, bin, count, sum } of this.told.values()) {
      if (startMs < (fromMs ?? 0) || startMs >= (toMs ?? 99)) continue;
      expected.add(value, this.binned ? bin : null, count, sum);
    }
    expect(found.held).toEqual(expected.held);
  }
}

test.each([false, true])(
  "any stretch, or one group of it, is the sum of what each task told last (bins: %s)",
  (binned) => {
    fc.assert(
      fc.property(steps, (played) => {
        const checked = new Checked(binned);
        for (const step of played) {
          if ("beforeMs" in step) checked.forget(step.beforeMs);
          else if ("ends" in step) checked.read(...step.ends, step.by);
          else checked.apply(step);
        }
      }),
      { numRuns: 150 },
    );
  },
);
