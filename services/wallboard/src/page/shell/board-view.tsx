import type { ComponentChild } from "preact";
import { useMemo } from "preact/hooks";
import type { BoardDefinition, TileDefinition } from "../../board/board-definition.ts";
import type { BoardStore } from "../board-store.ts";
import type { Reader } from "../reader/reader.ts";
import { fill } from "../texts/texts.ts";
import type { BoardScope } from "../tiles/tile-body.ts";
import { stateOf } from "../tiles/tile-state.ts";
import { TileView } from "../tiles/tile-view.tsx";
import { useComputedOf } from "./use-computed-of.ts";

interface BoardViewProps {
  readonly store: BoardStore;
  readonly reader: Reader;
  /** Which board was asked for: what is said where there is none. */
  readonly id: string | null;
  /** Opens what stands behind a tile's number. */
  readonly onExplain: (tileId: string) => void;
}

interface GridProps {
  readonly board: BoardDefinition;
  readonly store: BoardStore;
  readonly reader: Reader;
  readonly onExplain: (tileId: string) => void;
  /** What an editor lays over a tile. */
  readonly overlay?: (tile: TileDefinition) => ComponentChild;
}

/** On a board with more tiles a change of a number is not animated. */
const manyTiles = 30;

/** As a reader goes through a page: by rows, then by columns. The screen reader and the phone take this order. */
const inReadingOrder = (tiles: ReadonlyArray<TileDefinition>): TileDefinition[] =>
  [...tiles].sort((a, b) => a.place.row - b.place.row || a.place.column - b.place.column);

/** The tiles of a board on its grid of 12 columns. Draws a definition, whether it was saved or is being edited. */
export const GridView = ({ board, store, reader, onExplain, overlay }: GridProps) => {
  const scope: BoardScope = useMemo(
    () => ({ nowMs: store.nowMs, events: store.events, explain: onExplain }),
    [store, onExplain],
  );
  const rows = Math.max(1, ...board.tiles.map(({ place }) => place.row + place.rows));
  return (
    <ul
      class="grid"
      data-many={board.tiles.length > manyTiles}
      aria-label={reader.texts.tiles}
      style={{ "--grid-rows": String(rows) }}
    >
      {inReadingOrder(board.tiles).map((definition) => (
        <TileView key={definition.id} definition={definition} store={store} board={scope} reader={reader}>
          {overlay?.(definition)}
        </TileView>
      ))}
    </ul>
  );
};

const emptyText = (store: BoardStore, id: string | null, { texts }: Reader): string => {
  if (store.connection.value !== "gone") return texts.waiting;
  return id === null ? texts.noBoards : fill(texts.boardGone, { board: id });
};

/** The board, or why there is none. */
export const BoardView = ({ store, reader, id, onExplain }: BoardViewProps) => {
  const state = useComputedOf(() => stateOf(store.connection.value, store.freshness.value), [store]);
  const head = store.head.value;
  return (
    <main class="board" id="board-tiles" tabIndex={-1} data-state={state}>
      {head === null || store.connection.value === "gone" ? (
        <p class="empty board-empty">{emptyText(store, id, reader)}</p>
      ) : (
        <GridView board={head.board} store={store} reader={reader} onExplain={onExplain} />
      )}
    </main>
  );
};
