import type { TileBodyProps } from "../tiles/tile-body.ts";
import { BarRows } from "./bar-rows.tsx";
import { ChartView } from "./chart-view.tsx";
import { waterfallRows } from "./waterfall-rows.ts";

/** From the MRR at the start, by what came and went, to the MRR now. */
export const WaterfallBody = (props: TileBodyProps<"waterfall">) => {
  const { startMinor, endMinor, steps } = props.data;
  return (
    <ChartView
      {...props}
      isEmpty={startMinor === 0 && endMinor === 0 && steps.every(({ amountMinor }) => amountMinor === 0)}
      draw={(box) => <BarRows rows={waterfallRows(props.data, props.reader)} box={box} linked />}
    />
  );
};
