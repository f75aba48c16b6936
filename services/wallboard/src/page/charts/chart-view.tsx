import type { ComponentChild } from "preact";
import { useState } from "preact/hooks";
import type { TileDefinition } from "../../board/board-definition.ts";
import type { TileData } from "../../board/tile-data.ts";
import type { Reader } from "../reader/reader.ts";
import { fill } from "../texts/texts.ts";
import { cautionsOf } from "../tiles/cautions.ts";
import type { BoardScope } from "../tiles/tile-body.ts";
import { titleOf } from "../tiles/tile-title.ts";
import type { ChartBox } from "./chart-box.ts";
import { useChartBox } from "./use-chart-box.ts";

interface ChartViewProps {
  readonly definition: TileDefinition;
  readonly data: TileData;
  readonly reader: Reader;
  readonly board: BoardScope;
  readonly isEmpty: boolean;
  /** Called once the room is known, and with where a mouse stands over the chart. */
  readonly draw: (box: ChartBox, pointerPx: number | null) => ComponentChild;
  /** Whether the chart has anything to say about where the mouse stands. */
  readonly hasReadout?: boolean;
}

/**
 * Around every chart: its room, why it is empty where it is, its cautions, and one button over all of it that opens what
 * stands behind, so that a chart is one stop of the keyboard and one target for a finger.
 */
export const ChartView = ({ definition, data, reader, board, isEmpty, draw, hasReadout = false }: ChartViewProps) => {
  const [ref, box] = useChartBox();
  const [pointerPx, setPointerPx] = useState<number | null>(null);
  const cautions = cautionsOf(data, reader.texts).join(", ");
  const { title } = titleOf(definition, reader);
  return (
    <div class="chart">
      <div class="chart-room" ref={ref}>
        {isEmpty ? <p class="empty">{cautions || reader.texts.noData}</p> : box !== null && draw(box, pointerPx)}
        {!isEmpty && (
          <button
            type="button"
            class="chart-open"
            aria-label={fill(reader.texts.explain, { number: title })}
            onClick={() => board.explain(definition.id)}
            onPointerMove={hasReadout ? (event) => setPointerPx(event.offsetX) : undefined}
            onPointerLeave={hasReadout ? () => setPointerPx(null) : undefined}
          />
        )}
      </div>
      {!isEmpty && cautions !== "" && <p class="basis">{cautions}</p>}
    </div>
  );
};
