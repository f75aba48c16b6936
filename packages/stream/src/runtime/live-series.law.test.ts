import fc from "fast-check";
import { expect, test } from "vitest";
import { LiveSeries } from "./live-series.ts";

/** A slice as it was told last, by its task. */
type Told = {
  readonly startMs: number;
  readonly value: string;
  readonly bin: number | null;
  count: number;
  sum: number;
  version: number;
};

const slices = fc.record({
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

test.each([false, true])(
  "any stretch, whole or one group of it, is the sum of what each task told last (bins: %s)",
  (binned) => {
    fc.assert(
      fc.property(steps, (played) => {
        const series = new LiveSeries();
        const told = new Map<string, Told>();
        for (const step of played) {
          if ("beforeMs" in step) {
            series.forget(step.beforeMs);
            for (const [key, { startMs }] of told) if (startMs < step.beforeMs) told.delete(key);
          } else if ("ends" in step) {
            const [fromMs, toMs] = step.ends;
            const stretch = { granularity: "day", fromMs, toMs } as const;
            const [found, expected] = [new Sums(), new Sums()];
            if (step.by === "all") series.visit(stretch, found.add);
            else for (const value of ["", "ana", "bogdan"]) series.visitValue(stretch, value, found.add);
            for (const { startMs, value, bin, count, sum } of told.values()) {
              if (startMs >= (fromMs ?? 0) && startMs < (toMs ?? 99)) expected.add(value, bin, count, sum);
            }
            expect(found.held).toEqual(expected.held);
          } else {
            const { startMs, value, task, version, count, sum } = step;
            const bin = binned ? step.bin : null;
            series.apply(startMs, value, bin, task, version, count, sum);
            const key = [startMs, value, bin, task].join();
            const held = told.get(key);
            if (held === undefined || version > held.version)
              told.set(key, { startMs, value, bin, count, sum, version });
          }
        }
      }),
      { numRuns: 200 },
    );
  },
);
