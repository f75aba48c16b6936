import { isoText } from "@leadwire/kpis";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import type { CourseTile, FunnelTile, TileDefinition, TileFilter, WaterfallTile } from "../board/board-definition.ts";
import { boardTimeAt, stretchesTo } from "../live/board-time.ts";
import { MetricQuestion } from "../live/metric-question.ts";
import type { TileContext } from "../live/tile-source.ts";
import { mrrMovements } from "../live/waterfall-source.ts";

/** Which of a tile's numbers is asked about; each only where the tile has several. */
export interface NumberChoice {
  /** A leaderboard's row, a line's series, a funnel's or pipeline's stage. */
  readonly group?: string;
  /** The start of a point, epoch milliseconds. */
  readonly pointMs?: number;
  /** Of a waterfall: start, end or a movement; of a funnel: entries or advances. */
  readonly part?: string;
}

/** One of a tile's numbers, as facts are asked it at the end of the running minute. */
export interface TileNumber {
  readonly metric: string;
  /** As `npx leadwire explain --window` takes it. */
  readonly window: string;
  readonly group: ReadonlyArray<TileFilter>;
  readonly where: ReadonlyArray<TileFilter>;
  readonly atMs: number;
}

/** Why there is nothing to explain, in a sentence. */
type Refused = string;
type Found = Either<Refused, TileNumber>;
type Terms = Omit<TileContext, "changed">;

const windowOf = (window: string): string => (window === "now" ? "all" : window);

/** Levels are read at the minute's edge, everything else a millisecond before it. */
const numberAt = (asked: Omit<TileNumber, "atMs">, edgeMs: number, terms: Terms): TileNumber => {
  const by = asked.group.map(([dimension]) => dimension);
  const { isLevel } = new MetricQuestion(asked, by, { ...terms, changed: () => undefined });
  return { ...asked, atMs: isLevel ? edgeMs : edgeMs - 1 };
};

const groupOf = (dimension: string | undefined, { group }: NumberChoice): TileNumber["group"] =>
  dimension === undefined || group === undefined ? [] : [[dimension, group]];

const ofPoint = (tile: CourseTile, choice: NumberChoice, edgeMs: number, terms: Terms): Found => {
  const { metric, where, unit, points, by } = tile;
  const stretches = stretchesTo(edgeMs, unit, points, terms.view.state.calendar, terms.workspace);
  const { pointMs } = choice;
  const chosen = pointMs === undefined ? stretches.at(-1) : stretches.find(({ fromMs }) => fromMs === pointMs);
  if (chosen === undefined) return left(`The tile ${tile.id} has no point that begins at ${choice.pointMs}.`);
  const { fromMs, toMs } = chosen;
  const asked = { metric, where, group: groupOf(by, choice) };
  const level = numberAt({ ...asked, window: "all" }, toMs, terms);
  if (level.atMs === toMs) return right(level);
  return right({ ...asked, window: `${isoText(fromMs)}..${isoText(toMs)}`, atMs: edgeMs - 1 });
};

const ofFunnel = ({ id, window, where }: FunnelTile, choice: NumberChoice, edgeMs: number, terms: Terms): Found => {
  const { part = "entries" } = choice;
  if (part !== "entries" && part !== "advances")
    return left(`The funnel ${id} has no part ${JSON.stringify(part)}: there are entries and advances.`);
  const asked = { metric: `stage_flow.${part}`, window, where, group: groupOf("stage", choice) };
  return right(numberAt(asked, edgeMs, terms));
};

const ofWaterfall = ({ id, window }: WaterfallTile, choice: NumberChoice, edgeMs: number, terms: Terms): Found => {
  const { part = "end" } = choice;
  const movement = mrrMovements.find((known) => known === part);
  const asked = { where: [], group: [] };
  const moved = numberAt({ ...asked, metric: `mrr.${movement ?? "new"}`, window }, edgeMs, terms);
  if (movement !== undefined) return right(moved);
  if (part !== "start" && part !== "end")
    return left(
      `The waterfall ${id} has no part ${JSON.stringify(part)}: there are start, ${mrrMovements.join(", ")}, end.`,
    );
  const question = new MetricQuestion({ ...moved }, [], { ...terms, changed: () => undefined });
  const { fromMs, toMs } = terms.view.plan({ ...question.checked, atMs: moved.atMs }).window;
  const atMs = part === "start" ? (fromMs ?? 0) : Math.min(toMs ?? edgeMs, edgeMs);
  return right({ ...asked, metric: "mrr", window: "all", atMs });
};

/** The number of a tile that is asked about; Left where the tile shows none. */
export const tileNumber = (tile: TileDefinition, choice: NumberChoice, nowMs: number, terms: Terms): Found => {
  const { edgeMs } = boardTimeAt(nowMs, terms.view.state.calendar);
  const asked = (metric: string, window: string, where: ReadonlyArray<TileFilter>, by?: string): Found =>
    right(numberAt({ metric, window: windowOf(window), where, group: groupOf(by, choice) }, edgeMs, terms));
  switch (tile.type) {
    case "number":
    case "gauge":
      return asked(tile.metric, tile.window, tile.where);
    case "leaderboard":
      return asked(tile.metric, tile.window, tile.where, tile.by);
    case "line":
    case "bar":
      return ofPoint(tile, choice, edgeMs, terms);
    case "funnel":
      return ofFunnel(tile, choice, edgeMs, terms);
    case "pipeline":
      return asked("pipeline_value", "now", tile.where, "stage");
    case "histogram":
      return asked(
        tile.businessHours ? "lead_response_time.business_p50" : "lead_response_time.p50",
        tile.window,
        tile.where,
      );
    case "waterfall":
      return ofWaterfall(tile, choice, edgeMs, terms);
    case "waiting":
      return asked("unanswered_leads", "now", tile.where);
    case "feed":
    case "alerts":
    case "text":
    case "image":
      return left(`The tile ${tile.id} shows no number: there is nothing to explain.`);
  }
};
