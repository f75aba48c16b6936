import { useRef } from "preact/hooks";
import type { ChartBox } from "./chart-box.ts";
import { rowLayout } from "./row-layout.ts";
import { textWidthEm, widestEm } from "./text-width.ts";
import { useRankMoves } from "./use-rank-moves.ts";

/** A row of a chart that is read from left to right: name, bar, value, and a note behind it. */
export interface BarRow {
  readonly key: string;
  readonly rank?: string;
  readonly name: string;
  /** Where the bar begins and ends, as shares of its room. */
  readonly from: number;
  readonly to: number;
  readonly tone?: "better" | "worse" | "total" | "plain";
  /** The bar begins below the axis: shown torn off. */
  readonly torn?: boolean;
  /** Where the target stands, as a share. */
  readonly mark?: number;
  readonly value: string;
  readonly note?: string;
  /** The note as it is said, where it is written shorter. */
  readonly noteSpoken?: string;
}

interface BarRowsProps {
  readonly rows: ReadonlyArray<BarRow>;
  readonly box: ChartBox;
  /** Draws a thread from the end of each bar to the next one. */
  readonly linked?: boolean;
}

const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;

const RowView = ({ row, hasNote, isLast }: { row: BarRow; hasNote: boolean; isLast: boolean }) => {
  const { rank, name, from, to, tone = "plain", torn, mark, value, note, noteSpoken } = row;
  const [left, right] = [Math.min(from, to), Math.max(from, to)];
  const style = { "--from": percent(left), "--size": percent(right - left), "--end": percent(to) };
  return (
    <li class="row" data-key={row.key} data-tone={tone} style={style}>
      {rank !== undefined && <span class="row-rank">{rank}</span>}
      <span class="row-name" dir="auto">
        {name}
      </span>
      <span class="row-bar" aria-hidden="true">
        <span class="row-fill" data-torn={torn === true} data-nil={from === to} />
        {mark !== undefined && <span class="row-mark" style={{ "--at": percent(mark) }} />}
        {!isLast && <span class="row-thread" />}
      </span>
      <span class="row-value">{value}</span>
      {hasNote && (
        <span class="row-note">
          {noteSpoken === undefined || note === "" ? (
            note
          ) : (
            <>
              <span aria-hidden="true">{note}</span>
              <span class="unseen">{noteSpoken}</span>
            </>
          )}
        </span>
      )}
    </li>
  );
};

/** Rows that fill their box; where they change places they glide there, unless the reader wants no motion. */
export const BarRows = ({ rows, box, linked = false }: BarRowsProps) => {
  const list = useRef<HTMLOListElement>(null);
  const valueEm = widestEm(rows.map(({ value }) => value)) * 1.12;
  const noteEm = widestEm(rows.map(({ note = "" }) => note)) * 0.95;
  const rankEm = Math.max(0, ...rows.map(({ rank }) => (rank === undefined ? 0 : textWidthEm(rank) + 0.7)));
  const nameEm = widestEm(rows.map(({ name }) => name));
  const wish = { count: rows.length, nameEm: nameEm + rankEm, valueEm, noteEm: noteEm === 0 ? 0 : noteEm + 0.8 };
  const layout = rowLayout(wish, box);
  const left = rankEm > 0 ? 0 : rows.length - layout.shown;
  // A ranking ends where it ends; of a whole, what is missing is said.
  const shown = rows.slice(0, left > 0 ? layout.shown - 1 : layout.shown);
  useRankMoves(
    list,
    shown.map(({ key }) => key),
    layout.rowPx,
  );
  const hasNote = layout.hasNote && noteEm > 0;
  const style = {
    "--row": `${layout.rowPx}px`,
    "--font": `${layout.fontPx}px`,
    "--rank": `${rankEm}em`,
    "--name": `${Math.max(2, layout.nameEm - rankEm)}em`,
    "--value": `${valueEm}em`,
    "--note": `${noteEm / 0.92}em`,
  };
  return (
    <ol
      class="rows"
      data-form={layout.form}
      data-linked={linked}
      data-ranked={rankEm > 0}
      data-noted={hasNote}
      ref={list}
      style={style}
    >
      {shown.map((row, index) => (
        <RowView key={row.key} row={row} hasNote={hasNote} isLast={index === shown.length - 1} />
      ))}
      {left > 0 && <li class="row-more">+{left + 1}</li>}
    </ol>
  );
};
