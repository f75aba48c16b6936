import type { ComponentChild } from "preact";
import type { ChartBox } from "./chart-box.ts";

interface ChartHeadlineProps {
  readonly box: ChartBox;
  /** How much of the height the chart below needs, in rem: it goes first. */
  readonly needsRem: number;
  readonly figure: string;
  readonly words?: string;
  /** Goes, all of it, where the line has no room for it. */
  readonly more?: string;
  readonly draw: (rest: ChartBox) => ComponentChild;
}

const headlineRem = 2.4;

/** A chart under what it says in one figure, where there is room for both. */
export const ChartHeadline = ({ box, needsRem, figure, words = "", more = "", draw }: ChartHeadlineProps) => {
  const restPx = box.heightPx - headlineRem * box.remPx;
  if (restPx < needsRem * box.remPx || figure === "") return <>{draw(box)}</>;
  return (
    <>
      <p class="chart-headline">
        <span>
          <strong>{figure}</strong> {words}
        </span>
        {more !== "" && <span>{words === "" ? more : `· ${more}`}</span>}
      </p>
      {draw({ ...box, heightPx: restPx })}
    </>
  );
};

/** What rows need before there is room for more. */
export const rowsNeedRem = (rows: number): number => rows * 1.6;
