import type { Workspace } from "@leadwire/funnel";
import type { Catalogue, CheckedQuestion, KpiAnswer } from "@leadwire/kpis";
import type { LiveChange, LiveOpenSet, LiveView } from "@leadwire/stream";
import type { TileDefinition, TileType } from "../board/board-definition.ts";
import type { TileData, TileSource } from "../board/tile-data.ts";
import type { AlertsSource, AskBands, AskRestatements } from "./tile-ports.ts";

/** What of a live view boards use. */
export type BoardView = Pick<LiveView, "answer" | "plan" | "state" | "onChange" | "freshness" | "noteActivity">;

/** Answers from facts what slices do not; rejects where they cannot be asked now. */
export type AskFacts = (question: CheckedQuestion) => Promise<ReadonlyArray<KpiAnswer>>;

/** What tiles are made with; one for each board. */
export interface TileContext {
  readonly view: BoardView;
  readonly catalogue: Catalogue;
  readonly workspace: Workspace;
  /** Without it, what slices do not answer is `not_served`. */
  readonly askFacts?: AskFacts;
  readonly askBands?: AskBands;
  /** Without it no number says that it was restated. */
  readonly askRestatements?: AskRestatements;
  /** Leads that wait and open deals, followed beside the slices. */
  readonly openSet?: LiveOpenSet;
  readonly alerts?: AlertsSource;
  /** What a tile shows has changed by itself, such as by an answer from facts: a frame follows. */
  readonly changed: () => void;
}

/**
 * A tile of a live board. `at` is called for every frame while somebody watches: it must return at once, and the same
 * object as long as nothing in it has changed. `changedAtMs` is filled in by the board: sources leave it null.
 */
export interface LiveTileSource extends TileSource {
  /** Slices have changed. */
  readonly note?: (change: LiveChange) => void;
  /** When `at` wants to be called though nothing else has changed; +Infinity for never. */
  readonly dueMs?: () => number;
  /** The tile is taken off its board, or nobody has watched for a while. */
  readonly end?: () => void;
}

/** The definition of a tile of some type: line and bar share theirs. */
export type TileOf<Type extends TileType> = TileDefinition extends infer Tile
  ? Tile extends { readonly type: TileType }
    ? Type extends Tile["type"]
      ? Tile
      : never
    : never
  : never;

/** The data of a tile of some type. */
export type DataOf<Type extends TileType> = TileData extends infer Data
  ? Data extends { readonly type: TileType }
    ? Type extends Data["type"]
      ? Data
      : never
    : never
  : never;

export type MakeTileSource<Type extends TileType> = (definition: TileOf<Type>, context: TileContext) => LiveTileSource;
