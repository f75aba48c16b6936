import fc from "fast-check";
import { expect, test } from "vitest";
import { PagedRows } from "./paged-rows.ts";

/** What a store holds after some commits: the newest copy of each page. */
type Pages = Map<number, Uint8Array>;

const capture = (rows: PagedRows, pages: Pages): number => {
  let written = 0;
  rows.takeChanges((page, bytes) => {
    pages.set(page, Uint8Array.from(bytes));
    written += 1;
  });
  return written;
};

const restored = (pages: Pages, length: number): PagedRows => {
  const rows = new PagedRows(1, 2);
  for (const [page, bytes] of pages) rows.restore(page, bytes);
  rows.length = length;
  return rows;
};

const valuesOf = (rows: PagedRows): ReadonlyArray<readonly [number, number]> =>
  Array.from({ length: rows.length }, (_, row) => {
    rows.locate(row);
    return [rows.f64[rows.f64At] as number, rows.i32[rows.i32At + 1] as number] as const;
  });

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant("add" as const), count: fc.integer({ min: 1, max: 300 }) }) },
  { weight: 5, arbitrary: fc.record({ what: fc.constant("change" as const), row: fc.nat(), value: fc.integer() }) },
  { weight: 2, arbitrary: fc.constant({ what: "capture" as const }) },
);

test("what was captured comes back, whatever was added, changed and captured before", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: "max" }), (steps) => {
      const rows = new PagedRows(1, 2);
      const model: Array<[number, number]> = [];
      const pages: Pages = new Map();
      for (const each of steps) {
        if (each.what === "capture") capture(rows, pages);
        else if (each.what === "add") {
          for (let n = 0; n < each.count; n += 1) {
            expect(rows.add()).toBe(model.length);
            model.push([0, 0]);
          }
        } else if (model.length > 0) {
          const row = each.row % model.length;
          rows.change(row);
          rows.f64[rows.f64At] = each.value / 2;
          rows.i32[rows.i32At + 1] = each.value;
          model[row] = [each.value / 2, each.value];
        }
      }
      capture(rows, pages);
      expect(valuesOf(rows)).toEqual(model);
      expect(valuesOf(restored(pages, rows.length))).toEqual(model);
    }),
    { numRuns: 60 },
  );
});

test("a capture holds only the pages that changed since the last one", () => {
  const rows = new PagedRows(1, 2);
  for (let n = 0; n < 5000; n += 1) rows.add();
  const pages: Pages = new Map();
  expect(capture(rows, pages)).toBe(Math.ceil(5000 / 255));
  expect(capture(rows, pages)).toBe(0);
  rows.change(4000);
  rows.change(4001);
  expect(capture(rows, pages)).toBe(1);
});

test("a row that only was read goes into no commit", () => {
  const rows = new PagedRows(1, 2);
  rows.add();
  capture(rows, new Map());
  rows.locate(0);
  expect(capture(rows, new Map())).toBe(0);
});

test("a row beyond the table is refused", () => {
  expect(() => new PagedRows(1, 2).locate(7)).toThrow("beyond the table");
});
