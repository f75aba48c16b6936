import { useEffect, useState } from "preact/hooks";
import type { AnswerColumn } from "./answer-lines.ts";
import { type GridCursor, type GridPlace, type GridSize, gridMove, gridRange, gridStart } from "./grid-cursor.ts";

interface GridKeys {
  readonly size: GridSize;
  /** The keyboard stands here now. */
  readonly onMove: (at: GridPlace) => void;
  readonly onWiden: (column: number, byRem: number) => void;
  readonly onTurn: (column: number) => void;
}

const placeOf = (target: EventTarget | null): GridPlace | undefined => {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-at]") : null;
  const [row, column] = cell?.dataset.at?.split(" ").map(Number) ?? [];
  return row === undefined || column === undefined ? undefined : { row, column };
};

/** Where keyboard and pointer stand in a grid and what they have selected; begins anew with other columns. */
export const useGridCursor = (columns: ReadonlyArray<AnswerColumn>, { size, onMove, onWiden, onTurn }: GridKeys) => {
  const [cursor, setCursor] = useState<GridCursor>(gridStart);
  useEffect(() => setCursor(gridStart), [columns]);
  const range = gridRange(cursor);
  const onKeyDown = (event: KeyboardEvent): void => {
    const { at } = cursor;
    const isFar = event.ctrlKey || event.metaKey;
    if (event.altKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      onWiden(at.column, event.key === "ArrowLeft" ? -1 : 1);
    } else if (isFar && event.key.toLowerCase() === "a") {
      setCursor({ at: { row: size.rows - 1, column: size.columns - 1 }, anchor: { row: 0, column: 0 } });
    } else if (at.row === -1 && (event.key === "Enter" || event.key === " ")) {
      onTurn(at.column);
    } else {
      const moved = gridMove(cursor, event.key, { isWide: event.shiftKey, isFar }, size);
      if (moved === undefined) return;
      setCursor(moved);
      onMove(moved.at);
    }
    event.preventDefault();
  };
  const onPointer = (event: PointerEvent, isDown: boolean): void => {
    const at = event.buttons === 1 ? placeOf(event.target) : undefined;
    if (at !== undefined) setCursor((now) => ({ at, anchor: isDown && !event.shiftKey ? at : now.anchor }));
  };
  return {
    at: cursor.at,
    range,
    isSelected: ({ row, column }: GridPlace): boolean =>
      row >= range.rows[0] && row <= range.rows[1] && column >= range.columns[0] && column <= range.columns[1],
    onKeyDown,
    onPointer,
  };
};
