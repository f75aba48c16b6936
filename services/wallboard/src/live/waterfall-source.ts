import type { WaterfallData } from "../board/tile-data.ts";
import type { BoardTime } from "./board-time.ts";
import { MetricQuestion } from "./metric-question.ts";
import { flagsOf, QuestionsTile, readingOf, type TileReading } from "./questions-tile.ts";
import { liveHead } from "./tile-head.ts";
import type { LiveTileSource, TileContext, TileOf } from "./tile-source.ts";

/** In the order in which they are shown: what adds first. */
export const mrrMovements = ["new", "expansion", "reactivation", "contraction", "churn"] as const;

/** A level as it stood at an instant of the window; null where the window has no beginning: nothing stood there. */
const levelAt = (level: MetricQuestion, instantOf: (time: BoardTime) => number | null): TileReading => {
  const edges = (time: BoardTime) => {
    const ms = instantOf(time);
    return ms === null ? null : { fromMs: ms, toMs: ms };
  };
  return {
    measures: level.measures,
    read: (time) => {
      const at = edges(time);
      return at === null ? [] : level.over(at, time);
    },
    ask: (time) => level.overAsked(edges(time) ?? { fromMs: 0, toMs: 0 }, time),
  };
};

/**
 * The recurring revenue at the window's start, what moved it, and what it is at its end: `mrr` at both instants and its
 * movements over the window. Each is read by itself, so that a picture that does not add up is seen and said.
 */
export const waterfallSource = (definition: TileOf<"waterfall">, context: TileContext): LiveTileSource => {
  const { id, type, window } = definition;
  const { view, workspace } = context;
  const level = new MetricQuestion({ metric: "mrr", window: "now", where: [] }, [], context);
  const movements = mrrMovements.map(
    (movement) => new MetricQuestion({ metric: `mrr.${movement}`, window, where: [] }, [], context),
  );
  const [first] = movements;
  const windowAt = (time: BoardTime) => first && view.plan(first.atTime(time)).window;
  const start = levelAt(level, (time) => windowAt(time)?.fromMs ?? null);
  const end = levelAt(level, (time) => Math.min(windowAt(time)?.toMs ?? time.edgeMs, time.edgeMs));
  const money = { unit: "money", currency: workspace.currency };
  const empty: WaterfallData = { ...liveHead(id), type, ...money, startMinor: 0, steps: [], endMinor: 0 };
  return new QuestionsTile(definition, context, {
    readings: [start, end, ...movements.map(readingOf)],
    empty,
    dataOf: (answers) => {
      const [startMinor = 0, endMinor = 0, ...moved] = answers.map(([answer]) => answer?.value ?? 0);
      const steps = mrrMovements.map((movement, index) => ({ movement, amountMinor: moved[index] ?? 0 }));
      const sum = steps.reduce((total, { amountMinor }) => total + amountMinor, startMinor);
      const flags = [...flagsOf(answers), ...(sum === endMinor ? [] : ["does_not_add_up"])];
      return { ...empty, startMinor, steps, endMinor, flags };
    },
  });
};
