import { useEffect, useMemo, useState } from "preact/hooks";
import type { AnswerColumn, Row } from "./answer-lines.ts";
import { columnWidthsEm } from "./column-widths.ts";

const widthPxMin = 36;
/** Of the table's letters, of the page's. */
const fontRem = 0.8125;

/** How wide each column is, in px: as what it holds needs, until the reader makes it wider or narrower. */
export const useColumnWidths = (columns: ReadonlyArray<AnswerColumn>, rows: ReadonlyArray<Row>, remPx: number) => {
  const isFilled = rows.length > 0;
  const begun = useMemo(
    () => columnWidthsEm(columns, rows).map((em) => em * remPx * fontRem),
    [columns, isFilled, remPx],
  );
  const [own, setOwn] = useState<ReadonlyMap<number, number>>(new Map());
  useEffect(() => setOwn(new Map()), [columns]);
  const widths = begun.map((width, index) => own.get(index) ?? width);
  const resize = (column: number, widthPx: number): void =>
    setOwn((now) => new Map(now).set(column, Math.max(widthPxMin, widthPx)));
  const onDrag = (event: PointerEvent, column: number): void => {
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
  return {
    widths,
    /** Of the column of row numbers. */
    numberPx: Math.max(2.5, String(rows.length).length * 0.62 + 1.2) * remPx * fontRem,
    /** Makes a column wider by so many letters' heights. */
    widen: (column: number, byRem: number): void => resize(column, (widths[column] ?? 0) + byRem * remPx),
    onDrag,
  };
};
