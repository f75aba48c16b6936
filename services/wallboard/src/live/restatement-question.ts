import { isoText } from "@leadwire/kpis";
import type { TileDefinition } from "../board/board-definition.ts";
import { boardTimeAt, stretchesTo } from "./board-time.ts";
import { MetricQuestion } from "./metric-question.ts";
import type { RestatementQuestion } from "./tile-ports.ts";
import type { TileContext } from "./tile-source.ts";

/** What a tile's restatements are asked with at a time; undefined while none of its periods is over. */
export type RestatementQuestionAt = (nowMs: number) => RestatementQuestion | undefined;

const namedPeriod = (metric: string, window: string, context: TileContext): RestatementQuestionAt | undefined => {
  const question = new MetricQuestion({ metric, window, where: [] }, [], context);
  const spec = question.checked.window;
  if (spec._tag !== "Period" || spec.period.unit === "week" || spec.period.unit === "day") return undefined;
  const period = spec.period.unit;
  return (nowMs) => {
    const { toMs } = context.view.plan({ ...question.checked, atMs: nowMs }).window;
    return toMs === null || toMs > nowMs ? undefined : { metric, period, window, since: isoText(toMs) };
  };
};

/** The months of a chart that are over. */
const closedMonths =
  (metric: string, points: number, { view, workspace }: TileContext): RestatementQuestionAt =>
  (nowMs) => {
    const { calendar } = view.state;
    const { edgeMs } = boardTimeAt(nowMs, calendar);
    const closed = stretchesTo(edgeMs, "month", points, calendar, workspace).slice(0, -1);
    const [first, last] = [closed[0], closed.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    const since = isoText(first.fromMs);
    return { metric, period: "month", window: `${since}..${isoText(last.toMs)}`, since };
  };

/**
 * How the restatements of a tile are asked for; undefined where it shows nothing that is closed, or not the company's
 * number, which is the one that the report knows.
 */
export const restatementQuestionOf = (
  definition: TileDefinition,
  context: TileContext,
): RestatementQuestionAt | undefined => {
  switch (definition.type) {
    case "number":
    case "gauge": {
      const { metric, window, where } = definition;
      return where.length > 0 || window === "now" ? undefined : namedPeriod(metric, window, context);
    }
    case "waterfall":
      return namedPeriod("mrr", definition.window, context);
    case "line":
    case "bar": {
      const { metric, where, unit, points, by } = definition;
      return where.length > 0 || by !== undefined || unit !== "month"
        ? undefined
        : closedMonths(metric, points, context);
    }
    default:
      return undefined;
  }
};
