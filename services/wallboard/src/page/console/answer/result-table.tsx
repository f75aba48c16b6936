import type { ReadonlySignal, Signal } from "@preact/signals";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { useChartBox } from "../../charts/use-chart-box.ts";
import type { ConsoleReader } from "../console-words.ts";
import type { AnswerColumn, Row } from "./answer-lines.ts";
import { rowsText } from "./cell-text.ts";
import { BodyRow, HeadCell } from "./grid-cells.tsx";
import type { GridPlace, gridRange } from "./grid-cursor.ts";
import type { RowOrder } from "./row-order.ts";
import { scrollToCell } from "./scroll-to-cell.ts";
import { useColumnWidths } from "./use-column-widths.ts";
import { useGridCursor } from "./use-grid-cursor.ts";

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

/** Down, up, as it came. */
const turned = (order: RowOrder | null, column: number): RowOrder | null => {
  if (order?.column !== column) return { column, isDown: false };
  return order.isDown ? null : { column, isDown: true };
};

/** What is selected, for a spreadsheet; whole rows with the names of their columns. */
const selectedText = (
  columns: ReadonlyArray<AnswerColumn>,
  rows: ReadonlyArray<Row>,
  range: ReturnType<typeof gridRange>,
): string => {
  const [left, right] = range.columns;
  const chosen = rows.slice(range.rows[0], range.rows[1] + 1).map((row) => row.slice(left, right + 1));
  const isWhole = left === 0 && right === columns.length - 1 && columns.length > 1;
  return rowsText(chosen, isWhole ? columns.map(({ name }) => name) : undefined);
};

/** The answer, of which only those rows are drawn that are seen: 100,000 cost what 50 do. A grid for the keyboard. */
export const ResultTable = ({ columns, rows: shown, order, reader, onSelect }: ResultTableProps) => {
  const rows = shown.value;
  const [room, box] = useChartBox();
  const scroller = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  useEffect(() => scroller.current?.scrollTo(0, 0), [columns]);
  const { heightPx, remPx } = box ?? { heightPx: 0, remPx: 16 };
  const rowPx = Math.round(rowRem * remPx);
  const { widths, numberPx, widen, onDrag } = useColumnWidths(columns, rows, remPx);
  const turn = (column: number): void => {
    order.value = turned(order.value, column);
  };
  const grid = useGridCursor(columns, {
    size: { rows: rows.length, columns: columns.length, pageRows: Math.max(1, Math.floor(heightPx / rowPx) - 2) },
    onMove: (at) => {
      if (scroller.current !== null) scrollToCell(scroller.current, at, { rowPx, numberPx, widths });
    },
    onWiden: widen,
    onTurn: turn,
  });
  const first = Math.max(0, Math.floor(scrollTop / rowPx) - beyond);
  const drawn = rows.slice(first, first + Math.ceil(heightPx / rowPx) + beyond * 2);
  const id = useId();
  const idOf = ({ row, column }: GridPlace): string => `${id}-${row}-${column}`;
  const copied = (): string => selectedText(columns, rows, grid.range);
  onSelect(copied);

  const shared = { columns, active: grid.at, isSelected: grid.isSelected, idOf };
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
        aria-activedescendant={columns.length === 0 ? undefined : idOf(grid.at)}
        tabIndex={0}
        ref={scroller}
        style={style}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
        onKeyDown={grid.onKeyDown}
        onPointerDown={(event) => grid.onPointer(event, true)}
        onPointerOver={(event) => grid.onPointer(event, false)}
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
                onTurn={() => turn(column)}
                onResize={(event) => onDrag(event, column)}
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
