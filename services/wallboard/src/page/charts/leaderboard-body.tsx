import type { TileBodyProps } from "../tiles/tile-body.ts";
import { BarRows } from "./bar-rows.tsx";
import { ChartView } from "./chart-view.tsx";
import { leaderboardRows } from "./leaderboard-rows.ts";

/** Who leads. */
export const LeaderboardBody = (props: TileBodyProps<"leaderboard">) => (
  <ChartView
    {...props}
    isEmpty={props.data.rows.length === 0}
    draw={(box) => <BarRows rows={leaderboardRows(props.data, props.definition, props.reader)} box={box} />}
  />
);
