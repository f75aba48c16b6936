import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rowLayout } from "./row-layout.ts";

const remPx = 18;
const wish = { count: 6, nameEm: 6, valueEm: 4, noteEm: 4 };

describe("rows of a chart", () => {
  test("share the height, in type that grows with them", () => {
    const low = rowLayout(wish, { widthPx: 700, heightPx: 120, remPx });
    const high = rowLayout(wish, { widthPx: 700, heightPx: 300, remPx });
    expect([low.shown, high.shown]).toEqual([6, 6]);
    expect(high.rowPx).toBe(50);
    expect(high.fontPx).toBeGreaterThan(low.fontPx);
  });

  test("have their bar beside them where that fits, below where rows are high, and none where neither is", () => {
    const formOf = (widthPx: number, heightPx: number) => rowLayout(wish, { widthPx, heightPx, remPx }).form;
    expect(formOf(700, 240)).toBe("beside");
    expect(formOf(260, 300)).toBe("below");
    expect(formOf(200, 110)).toBe("bare");
  });

  test("never run out of their box, and are never too small to read", () => {
    fc.assert(
      fc.property(
        fc.record({
          count: fc.integer({ min: 1, max: 40 }),
          nameEm: fc.integer({ min: 0, max: 60 }),
          valueEm: fc.integer({ min: 1, max: 12 }),
          noteEm: fc.integer({ min: 0, max: 9 }),
        }),
        fc.integer({ min: 150, max: 1_800 }),
        fc.integer({ min: 40, max: 900 }),
        (rows, widthPx, heightPx) => {
          const { rowPx, shown, fontPx, form, nameEm, hasNote } = rowLayout(rows, { widthPx, heightPx, remPx });
          expect(shown * rowPx).toBeLessThanOrEqual(heightPx + 0.5);
          expect(shown).toBeGreaterThanOrEqual(1);
          expect(fontPx).toBeGreaterThanOrEqual(remPx * 0.8);
          expect(fontPx).toBeLessThan(rowPx);
          const columnsEm = nameEm + rows.valueEm + (hasNote ? rows.noteEm : 0);
          if (form === "beside") expect(columnsEm * fontPx).toBeLessThanOrEqual(widthPx);
        },
      ),
    );
  });
});
