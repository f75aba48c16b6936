import type { ReadonlySignal } from "@preact/signals";
import type { ComponentType } from "preact";
import type { TileDefinition, TileType } from "../../board/board-definition.ts";
import type { TileData } from "../../board/tile-data.ts";
import type { BoardEvent } from "../../board-source.ts";
import type { Reader } from "../reader/reader.ts";

/** What a tile has of its board. A signal is read only where its value is shown, so that nothing else moves with it. */
export interface BoardScope {
  /** The server's time in whole seconds. */
  readonly nowMs: ReadonlySignal<number>;
  /** Newest first. */
  readonly events: ReadonlySignal<ReadonlyArray<BoardEvent>>;
  /** Opens what stands behind a tile's number. */
  readonly explain: (tileId: string) => void;
}

export type DefinitionOf<Type extends TileType> = TileDefinition & { readonly type: Type };
export type DataOf<Type extends TileType> = TileData & { readonly type: Type };

/**
 * The inside of a tile, below the head (title, window, freshness) that TileView draws. It stands in a box of a definite
 * size, the CSS size container `body`: use cqw, cqh and `@container body (…)`; what does not fit is cut off, so a body
 * fits itself. Drawn again when the tile's data or the reader changed, never for another tile's change.
 */
export interface TileBodyProps<Type extends TileType> {
  readonly definition: DefinitionOf<Type>;
  readonly data: DataOf<Type>;
  readonly reader: Reader;
  readonly board: BoardScope;
}

export type TileBody<Type extends TileType> = ComponentType<TileBodyProps<Type>>;
