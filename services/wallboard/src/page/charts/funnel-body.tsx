import type { FunnelData } from "../../board/tile-data.ts";
import { formatRatio } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";
import { fill } from "../texts/texts.ts";
import type { TileBodyProps } from "../tiles/tile-body.ts";
import { BarRows } from "./bar-rows.tsx";
import { ChartHeadline, rowsNeedRem } from "./chart-headline.tsx";
import { ChartView } from "./chart-view.tsx";
import { funnelRows } from "./funnel-rows.ts";
import { stageName } from "./stage-name.ts";

/** How many were won within the window, as a part of how many came into the first stage. */
const throughout = ({ stages }: FunnelData, { locale, texts }: Reader): { figure: string; words: string } => {
  const [first, last] = [stages[0], stages.at(-1)];
  if (first === undefined || last === undefined || first.entries === 0) return { figure: "", words: "" };
  const words = fill(texts.charts.throughout, {
    first: stageName(first.stage, locale),
    last: texts.events.won,
  });
  return { figure: formatRatio(last.advances / first.entries, locale), words };
};

/** Stages from the first to the last, each with its entries and what part of them went on. */
export const FunnelBody = (props: TileBodyProps<"funnel">) => {
  const { data, reader } = props;
  const whole = throughout(data, reader);
  return (
    <ChartView
      {...props}
      isEmpty={data.stages.every(({ entries }) => entries === 0)}
      draw={(box) => (
        <ChartHeadline
          box={box}
          needsRem={rowsNeedRem(data.stages.length + 1)}
          {...whole}
          draw={(rest) => <BarRows rows={funnelRows(data, reader)} box={rest} />}
        />
      )}
    />
  );
};
