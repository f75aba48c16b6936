import type { GridPlace } from "./grid-cursor.ts";

/** What a grid's cells measure. */
interface CellSizes {
  readonly rowPx: number;
  /** Of the column of row numbers, which stays where it is. */
  readonly numberPx: number;
  readonly widths: ReadonlyArray<number>;
}

/** Scrolls no further than it takes to see a cell whole. */
export const scrollToCell = (
  element: HTMLElement,
  { row, column }: GridPlace,
  { rowPx, numberPx, widths }: CellSizes,
): void => {
  const top = row * rowPx;
  if (row >= 0 && top < element.scrollTop) element.scrollTop = top;
  // The row of names covers one more.
  else if (row >= 0 && top + rowPx * 2 > element.scrollTop + element.clientHeight)
    element.scrollTop = top + rowPx * 2 - element.clientHeight;
  const left = widths.slice(0, column).reduce((sum, width) => sum + width, 0);
  const right = left + (widths[column] ?? 0) + numberPx;
  if (left < element.scrollLeft) element.scrollLeft = left;
  else if (right > element.scrollLeft + element.clientWidth) element.scrollLeft = right - element.clientWidth;
};
