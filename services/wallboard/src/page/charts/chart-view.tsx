import type { ComponentChild } from "preact";
import type { TileData } from "../../board/tile-data.ts";
import type { Reader } from "../reader/reader.ts";
import { fill } from "../texts/texts.ts";
import { cautionsOf } from "../tiles/cautions.ts";
import type { BoardScope } from "../tiles/tile-body.ts";
import { titleOf } from "../tiles/tile-title.ts";
import type { TileDefinition } from "../../board/board-definition.ts";
import type { ChartBox } from "./chart-box.ts";
import { useChartBox } from "./use-chart-box.ts";

interface ChartViewProps {
  readonly definition: TileDefinition;
  readonly data: TileData;
  readonly reader: Reader;
  readonly board: BoardScope;
  readonly isEmpty: boolean;
  /** Called once the room is known. */
  readonly draw: (box: ChartBox) => ComponentChild;
  readonly onPointerMove?: (event: PointerEvent) => void;
  readonly onPointerLeave?: () => void;
}

/**
 * Around every chart: its room, why it is empty where it is, its cautions, and one button over all of it that opens what
 * stands behind, so that a chart is one stop of the keyboard and one target for a finger.
 */
export const ChartView = ({ definition, data, reader, board, isEmpty, draw, ...pointer }: ChartViewProps) => {
  const [ref, box] = useChartBox();
  const cautions = cautionsOf(data, reader.texts).join(", ");
  const { title } = titleOf(definition, reader);
  return (
    <div class="chart">
      <div class="chart-room" ref={ref}>
        {isEmpty ? <p class="empty">{cautions || reader.texts.noData}</p> : box !== null && draw(box)}
        {!isEmpty && (
          <button
            type="button"
            class="chart-open"
            aria-label={fill(reader.texts.explain, { number: title })}
            onClick={() => board.explain(definition.id)}
            {...pointer}
          />
        )}
      </div>
      {!isEmpty && cautions !== "" && <p class="basis">{cautions}</p>}
    </div>
  );
};
