import type { TilePlace } from "../../board/board-definition.ts";
import { boardColumns } from "../../board/board-grid.ts";

/** Where a drag has come to, in cells from where it began. */
export type OnDrag = (columns: number, rows: number) => void;

/** How far it is from one cell to the next, in pixels; null where the board stands in one column, as on a phone. */
const stepsOf = (tile: HTMLElement, grid: HTMLElement, { columns, rows }: TilePlace): [number, number] | null => {
  const { gridTemplateColumns, columnGap, rowGap } = getComputedStyle(grid);
  if (gridTemplateColumns.split(" ").length !== boardColumns) return null;
  const box = tile.getBoundingClientRect();
  return [
    (box.width + (Number.parseFloat(columnGap) || 0)) / columns,
    (box.height + (Number.parseFloat(rowGap) || 0)) / rows,
  ];
};

/**
 * Follows the pointer until it is let go, in whole cells. Heard on the window: the tile itself moves about in the page
 * while it is dragged. What the board is scrolled by meanwhile counts, too.
 */
export const followDrag = (start: PointerEvent, place: TilePlace, onDrag: OnDrag, onEnd: () => void): void => {
  const from = start.target instanceof HTMLElement ? start.target : null;
  const tile = from?.closest<HTMLElement>(".tile") ?? null;
  const grid = tile?.closest<HTMLElement>(".grid") ?? null;
  const steps = tile === null || grid === null ? null : stepsOf(tile, grid, place);
  if (steps === null || grid === null) return;
  const [columnStep, rowStep] = steps;
  const scroller = grid.parentElement;
  const scrolledFrom = scroller?.scrollTop ?? 0;
  let last = "0 0";
  const end = new AbortController();
  const { signal } = end;
  const stop = (): void => {
    end.abort();
    onEnd();
  };
  addEventListener(
    "pointermove",
    (event) => {
      if (event.pointerId !== start.pointerId) return;
      const columns = Math.round((event.clientX - start.clientX) / columnStep);
      const down = event.clientY - start.clientY + (scroller?.scrollTop ?? 0) - scrolledFrom;
      const rows = Math.round(down / rowStep);
      if (`${columns} ${rows}` === last) return;
      last = `${columns} ${rows}`;
      onDrag(columns, rows);
    },
    { signal },
  );
  addEventListener("pointerup", stop, { signal });
  addEventListener("pointercancel", stop, { signal });
};
