import { fill } from "../../texts/texts.ts";
import type { ConsoleReader } from "../console-words.ts";
import type { AnswerColumn, Cell, Row } from "./answer-lines.ts";
import { cellText, isNullable, typeGroup } from "./cell-text.ts";
import type { GridPlace } from "./grid-cursor.ts";
import type { RowOrder } from "./row-order.ts";

const CellText = ({ cell, type }: { readonly cell: Cell | undefined; readonly type: string }) => {
  if (cell !== null && cell !== undefined) return <>{cellText(cell)}</>;
  // JSON has no word for what is no number: ClickHouse then writes a null that the type does not know.
  return <span class="sql-null">{isNullable(type) ? "NULL" : "NaN"}</span>;
};

const headMark = (order: RowOrder | null, column: number): string =>
  order?.column === column ? (order.isDown ? "↓" : "↑") : "";

interface CellTerms {
  readonly columns: ReadonlyArray<AnswerColumn>;
  /** Where the keyboard stands. */
  readonly active: GridPlace;
  readonly isSelected: (place: GridPlace) => boolean;
  readonly idOf: (place: GridPlace) => string;
}

interface HeadCellProps extends CellTerms {
  readonly told: AnswerColumn;
  readonly column: number;
  readonly order: RowOrder | null;
  readonly reader: ConsoleReader;
  readonly onTurn: () => void;
  readonly onResize: (event: PointerEvent) => void;
}

const sortOf = (order: RowOrder | null, column: number): "none" | "ascending" | "descending" =>
  order?.column !== column ? "none" : order.isDown ? "descending" : "ascending";

/** A column's name, which orders by it, and the edge that makes it wider. */
export const HeadCell = ({
  told: { name, type },
  column,
  order,
  reader,
  active,
  idOf,
  onTurn,
  onResize,
}: HeadCellProps) => (
  // biome-ignore lint/a11y/useSemanticElements: a table element cannot leave out the rows that are not seen
  // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus, and says which cell is active
  <span
    id={idOf({ row: -1, column })}
    class="sql-name"
    role="columnheader"
    aria-colindex={column + 1}
    aria-sort={sortOf(order, column)}
    data-group={typeGroup(type)}
    data-active={active.row === -1 && active.column === column}
  >
    <button
      type="button"
      tabIndex={-1}
      title={`${name}: ${type}`}
      aria-label={fill(reader.words.sortBy, { name })}
      onClick={onTurn}
    >
      <span class="sql-name-text">{name}</span>
      <span aria-hidden="true">{headMark(order, column)}</span>
    </button>
    <span class="sql-handle" aria-hidden="true" onPointerDown={onResize} />
  </span>
);

interface BodyRowProps extends CellTerms {
  readonly row: Row;
  readonly index: number;
  readonly topPx: number;
}

/** A row with its number, at its own height. */
export const BodyRow = ({ row, index, topPx, columns, active, isSelected, idOf }: BodyRowProps) => (
  // biome-ignore lint/a11y/useSemanticElements: a table element cannot leave out the rows that are not seen
  // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus, and says which cell is active
  <div class="sql-row" role="row" aria-rowindex={index + 2} style={{ "--top": `${topPx}px` }}>
    <span class="sql-number" aria-hidden="true">
      {index + 1}
    </span>
    {columns.map(({ type }, column) => {
      const at = { row: index, column };
      return (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: see above
        <span
          key={column}
          id={idOf(at)}
          class="sql-cell"
          role="gridcell"
          aria-colindex={column + 1}
          aria-selected={isSelected(at)}
          data-at={`${index} ${column}`}
          data-group={typeGroup(type)}
          data-active={active.row === index && active.column === column}
        >
          <CellText cell={row[column]} type={type} />
        </span>
      );
    })}
  </div>
);
