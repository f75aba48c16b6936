import { rollingHours } from "@leadwire/kpis";
import type { NumberTile } from "../board/board-definition.ts";
import { type BoardTime, type Stretch, stretchesTo } from "./board-time.ts";
import type { MetricQuestion } from "./metric-question.ts";
import type { TileContext } from "./tile-source.ts";

const hourMs = 3_600_000;

/** The small line of a number: the last 24 hours or 30 days. */
export interface NumberCourse {
  readonly unit: "hour" | "day";
  readonly stretches: (time: BoardTime) => ReadonlyArray<Stretch>;
  /** What is asked for a point: the hour or day by itself, or the tile's own window as it stood at its end. */
  readonly windowOf: (stretch: Stretch) => Stretch;
  /** Whether the running point is the tile's own number. */
  readonly endsWithValue: boolean;
}

/**
 * None for a window that names its dates. A day alone rests on few facts: shares, averages and medians are drawn as they stood, sums and counts day by day.
 */
export const numberCourse = (
  course: NumberTile["course"],
  { checked, isLevel, isTotal }: MetricQuestion,
  { view, workspace }: TileContext,
): NumberCourse | undefined => {
  const { window } = checked;
  // The last 30 days say nothing of last October.
  if (course === "none" || window._tag === "Period" || window._tag === "Range") return undefined;
  const [unit, points] = course === "hours" ? (["hour", 24] as const) : (["day", 30] as const);
  const windowMs = window._tag === "Rolling" && !isTotal ? rollingHours[window.length] * hourMs : 0;
  const asOf = windowMs > (unit === "hour" ? hourMs : 24 * hourMs);
  return {
    unit,
    stretches: ({ edgeMs }) => stretchesTo(edgeMs, unit, points, view.state.calendar, workspace),
    windowOf: (stretch) => (asOf ? { fromMs: stretch.toMs - windowMs, toMs: stretch.toMs } : stretch),
    endsWithValue: isLevel || asOf,
  };
};
