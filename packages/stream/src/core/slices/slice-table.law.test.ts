import fc from "fast-check";
import { expect, test } from "vitest";
import { binIn, granularityIn, SliceColumn, SliceTable } from "./slice-table.ts";

type Model = Map<string, readonly [number, number]>;

const contentOf = (table: SliceTable): Model =>
  new Map(
    [...table.all()].map((row) => {
      table.rows.locate(row);
      const { f64, i32, f64At, i32At } = table.rows;
      const packed = i32[i32At + SliceColumn.granularityAndBin] as number;
      const start = i32[i32At + SliceColumn.startMinute] as number;
      const key = [granularityIn(packed), start, i32[i32At + SliceColumn.series], binIn(packed)].join();
      return [key, [f64[f64At + SliceColumn.count] as number, f64[f64At + SliceColumn.sum] as number]];
    }),
  );

const addition = fc.record({
  what: fc.constant("add" as const),
  granularity: fc.integer({ min: 0, max: 2 }),
  start: fc.integer({ min: -3, max: 12 }).map((n) => n * 60),
  series: fc.integer({ min: 0, max: 60 }),
  bin: fc.integer({ min: -1, max: 3 }),
  count: fc.constantFrom(-1, 1),
  sum: fc.integer({ min: -1000, max: 1000 }),
});
const steps = fc.array(
  fc.oneof(
    { weight: 60, arbitrary: addition },
    {
      weight: 1,
      arbitrary: fc.record({
        what: fc.constant("expire" as const),
        granularity: fc.integer({ min: 0, max: 1 }),
        before: fc.integer({ min: 0, max: 24 }).map((n) => n * 30),
      }),
    },
    { weight: 2, arbitrary: fc.constant({ what: "take" as const }) },
    { weight: 1, arbitrary: fc.constant({ what: "reindex" as const }) },
  ),
  { maxLength: 400, size: "max" },
);

test("the table is a map from series, stretch and bin to sums, whatever expires and restarts in between", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const table = new SliceTable();
      const model: Model = new Map();
      for (const step of all) {
        if (step.what === "take") table.takeChanged();
        else if (step.what === "reindex") Array.from(table.reindex());
        else if (step.what === "expire") {
          table.expire(step.granularity, step.before);
          for (const key of model.keys()) {
            const [granularity, start] = key.split(",").map(Number);
            if (granularity === step.granularity && (start as number) < step.before) model.delete(key);
          }
        } else {
          const { granularity, start, series, bin, count, sum } = step;
          table.add(table.cellOf(granularity, start), series, bin, count, sum);
          const key = [granularity, start, series, bin].join();
          const [oldCount, oldSum] = model.get(key) ?? [0, 0];
          model.set(key, [oldCount + count, oldSum + sum]);
        }
      }
      expect(contentOf(table)).toEqual(model);
    }),
    { numRuns: 200 },
  );
});

test("a change is told once, until it has been taken", () => {
  const table = new SliceTable();
  const day = table.cellOf(2, 0);
  table.add(day, 1, -1, 1, 5);
  table.add(day, 1, -1, 1, 5);
  table.add(day, 2, -1, 1, 5);
  expect([...table.takeChanged()]).toEqual([0, 1]);
  expect([...table.takeChanged()]).toEqual([]);
  table.add(day, 2, -1, -1, -5);
  expect([...table.takeChanged()]).toEqual([1]);
});

test("the row of an expired slice is used again", () => {
  const table = new SliceTable();
  for (let series = 0; series < 100; series += 1) table.add(table.cellOf(0, 10), series, -1, 1, 0);
  table.expire(0, 11);
  expect([...table.all()]).toEqual([]);
  for (let series = 0; series < 100; series += 1) table.add(table.cellOf(0, 20), series, -1, 1, 0);
  expect(table.rows.length).toBe(100);
});
