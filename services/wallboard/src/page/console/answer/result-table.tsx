import type { ReadonlySignal, Signal } from "@preact/signals";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { useChartBox } from "../../charts/use-chart-box.ts";
import type { ConsoleReader } from "../console-words.ts";
import type { AnswerColumn, Row } from "./answer-lines.ts";
import { rowsText } from "./cell-text.ts";
import { columnWidthsEm } from "./column-widths.ts";
import { BodyRow, HeadCell } from "./grid-cells.tsx";
import { type GridCursor, type GridPlace, gridMove, gridRange, gridStart } from "./grid-cursor.ts";
import type { RowOrder } from "./row-order.ts";

interface ResultTableProps {
  readonly columns: ReadonlyArray<AnswerColumn>;
  readonly rows: ReadonlySignal<ReadonlyArray<Row>>;
  readonly order: Signal<RowOrder | null>;
  readonly reader: ConsoleReader;
  /** What Copy takes: the selected cells, with the names of their columns where they are whole rows. */
  readonly onSelect: (copied: () => string) => void;
}

const rowRem = 1.65;
/** Drawn beyond the edges, so that a turn of the wheel shows no empty place. */
const beyond = 12;
const widthPxMin = 36;

/** Down, up, as it came. */
const turned = (order: RowOrder | null, column: number): RowOrder | null => {
  if (order?.column !== column) return { column, isDown: false };
  return order.isDown ? null : { column, isDown: true };
};

/** The answer, of which only those rows are drawn that are seen: 100,000 cost what 50 do. A grid for the keyboard. */
export const ResultTable = ({ columns, rows: shown, order, reader, onSelect }: ResultTableProps) => {
  const rows = shown.value;
  const [room, box] = useChartBox();
  const scroller = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [cursor, setCursor] = useState<GridCursor>(gridStart);
  const remPx = box?.remPx ?? 16;
  const isFilled = rows.length > 0;
  const begun = useMemo(
    () => columnWidthsEm(columns, rows).map((em) => em * remPx * 0.8125),
    [columns, isFilled, remPx],
  );
  const [own, setOwn] = useState<ReadonlyMap<number, number>>(new Map());
  useEffect(() => {
    setOwn(new Map());
    setCursor(gridStart);
    scroller.current?.scrollTo(0, 0);
  }, [columns]);
  const id = useId();

  const widths = begun.map((width, index) => own.get(index) ?? width);
  const rowPx = Math.round(rowRem * remPx);
  const numberPx = Math.max(2.5, String(rows.length).length * 0.62 + 1.2) * remPx * 0.8125;
  const heightPx = box?.heightPx ?? 0;
  const pageRows = Math.max(1, Math.floor(heightPx / rowPx) - 2);
  const first = Math.max(0, Math.floor(scrollTop / rowPx) - beyond);
  const drawn = rows.slice(first, first + Math.ceil(heightPx / rowPx) + beyond * 2);
  const range = gridRange(cursor);
  const isSelected = ({ row, column }: GridPlace): boolean =>
    row >= range.rows[0] && row <= range.rows[1] && column >= range.columns[0] && column <= range.columns[1];
  const idOf = ({ row, column }: GridPlace): string => `${id}-${row}-${column}`;

  const copied = (): string => {
    const [left, right] = range.columns;
    const chosen = rows.slice(range.rows[0], range.rows[1] + 1).map((row) => row.slice(left, right + 1));
    const isWhole = left === 0 && right === columns.length - 1 && columns.length > 1;
    return rowsText(chosen, isWhole ? columns.map(({ name }) => name) : undefined);
  };
  onSelect(copied);

  const show = ({ row, column }: GridPlace): void => {
    const element = scroller.current;
    if (element === null) return;
    const top = row * rowPx;
    if (row >= 0 && top < element.scrollTop) element.scrollTop = top;
    else if (row >= 0 && top + rowPx * 2 > element.scrollTop + element.clientHeight)
      element.scrollTop = top + rowPx * 2 - element.clientHeight;
    const left = widths.slice(0, column).reduce((sum, width) => sum + width, 0);
    const width = widths[column] ?? 0;
    if (left < element.scrollLeft) element.scrollLeft = left;
    else if (left + width + numberPx > element.scrollLeft + element.clientWidth)
      element.scrollLeft = left + width + numberPx - element.clientWidth;
  };
  const resize = (column: number, widthPx: number): void =>
    setOwn((now) => new Map(now).set(column, Math.max(widthPxMin, widthPx)));

  const onKeyDown = (event: KeyboardEvent): void => {
    const { at } = cursor;
    const isFar = event.ctrlKey || event.metaKey;
    if (event.altKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      resize(at.column, (widths[at.column] ?? 0) + (event.key === "ArrowLeft" ? -1 : 1) * remPx);
    } else if (isFar && event.key.toLowerCase() === "a") {
      const last = { row: rows.length - 1, column: columns.length - 1 };
      setCursor({ at: last, anchor: { row: 0, column: 0 } });
    } else if (at.row === -1 && (event.key === "Enter" || event.key === " ")) {
      order.value = turned(order.value, at.column);
    } else {
      const moved = gridMove(
        cursor,
        event.key,
        { isWide: event.shiftKey, isFar },
        {
          rows: rows.length,
          columns: columns.length,
          pageRows,
        },
      );
      if (moved === undefined) return;
      setCursor(moved);
      show(moved.at);
    }
    event.preventDefault();
  };

  const placeOf = (target: EventTarget | null): GridPlace | undefined => {
    const cell = target instanceof Element ? target.closest<HTMLElement>("[data-at]") : null;
    const [row, column] = cell?.dataset.at?.split(" ").map(Number) ?? [];
    return row === undefined || column === undefined ? undefined : { row, column };
  };
  const onPointer = (event: PointerEvent, isDown: boolean): void => {
    if (event.buttons !== 1) return;
    const at = placeOf(event.target);
    if (at === undefined) return;
    setCursor((now) => ({ at, anchor: isDown && !event.shiftKey ? at : now.anchor }));
  };
  const onResize = (event: PointerEvent, column: number): void => {
    const handle = event.currentTarget;
    if (!(handle instanceof HTMLElement)) return;
    event.stopPropagation();
    handle.setPointerCapture(event.pointerId);
    const [startPx, widthPx] = [event.clientX, widths[column] ?? 0];
    handle.onpointermove = (moved) => resize(column, widthPx + moved.clientX - startPx);
    handle.onlostpointercapture = () => {
      handle.onpointermove = null;
    };
  };

  const shared = { columns, active: cursor.at, isSelected, idOf };
  const style = {
    "--columns": `${numberPx}px ${widths.map((width) => `${Math.round(width)}px`).join(" ")}`,
    "--row": `${rowPx}px`,
    "--rows": `${rows.length * rowPx}px`,
    "--wide": `${numberPx + widths.reduce((sum, width) => sum + Math.round(width), 0)}px`,
  };
  return (
    <div class="sql-room" ref={room}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot leave out the rows that are not seen */}
      <div
        class="sql-grid"
        role="grid"
        aria-label={reader.words.table}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        aria-multiselectable="true"
        aria-activedescendant={columns.length === 0 ? undefined : idOf(cursor.at)}
        tabIndex={0}
        ref={scroller}
        style={style}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => onPointer(event, true)}
        onPointerOver={(event) => onPointer(event, false)}
        onCopy={(event) => {
          event.preventDefault();
          event.clipboardData?.setData("text/plain", copied());
        }}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div class="sql-head" role="rowgroup">
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus, and says which cell is active */}
          <div class="sql-row" role="row" aria-rowindex={1}>
            <span class="sql-number" aria-hidden="true" />
            {columns.map((told, column) => (
              <HeadCell
                key={column}
                {...shared}
                told={told}
                column={column}
                order={order.value}
                reader={reader}
                onTurn={() => {
                  order.value = turned(order.value, column);
                }}
                onResize={(event) => onResize(event, column)}
              />
            ))}
          </div>
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div class="sql-body" role="rowgroup">
          {drawn.map((row, offset) => (
            <BodyRow
              key={first + offset}
              {...shared}
              row={row}
              index={first + offset}
              topPx={(first + offset) * rowPx}
            />
          ))}
        </div>
      </div>
    </div>
  );
};
