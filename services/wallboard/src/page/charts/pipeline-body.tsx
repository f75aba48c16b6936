import type { PipelineData } from "../../board/tile-data.ts";
import type { Reader } from "../reader/reader.ts";
import { counted } from "../texts/counted.ts";
import type { TileBodyProps } from "../tiles/tile-body.ts";
import { type BarRow, BarRows } from "./bar-rows.tsx";
import { barShares } from "./bar-shares.ts";
import { ChartHeadline, rowsNeedRem } from "./chart-headline.tsx";
import { ChartView } from "./chart-view.tsx";
import { stageName } from "./stage-name.ts";
import { shortText } from "./tick-text.ts";

const pipelineRows = (data: PipelineData, reader: Reader): BarRow[] => {
  const shares = barShares(data.stages.map(({ amountMinor }) => amountMinor));
  return data.stages.map(({ stage, amountMinor, deals }, index) => ({
    key: stage,
    name: stageName(stage, reader.locale),
    ...(shares[index] ?? { from: 0, to: 0 }),
    value: shortText(amountMinor, data, {}, reader),
    note: counted(reader.texts.charts.deals, deals, reader.locale),
  }));
};

const sum = (values: ReadonlyArray<number>): number => values.reduce((total, value) => total + value, 0);

/** Open deals by stage: what they are worth, and how many. */
export const PipelineBody = (props: TileBodyProps<"pipeline">) => {
  const { data, reader } = props;
  const deals = sum(data.stages.map((stage) => stage.deals));
  const amountMinor = sum(data.stages.map((stage) => stage.amountMinor));
  return (
    <ChartView
      {...props}
      isEmpty={data.stages.length === 0}
      draw={(box) => (
        <ChartHeadline
          box={box}
          needsRem={rowsNeedRem(data.stages.length)}
          figure={shortText(amountMinor, data, {}, reader)}
          more={counted(reader.texts.charts.deals, deals, reader.locale)}
          draw={(rest) => <BarRows rows={pipelineRows(data, reader)} box={rest} />}
        />
      )}
    />
  );
};
