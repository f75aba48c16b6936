import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { BoardDefinition, TileDefinition, TilePlace, TileType } from "../../board/board-definition.ts";
import type { CatalogueAnswer } from "../../board/catalogue-answer.ts";
import { arrange, freePlace } from "./arrange.ts";
import { boardIdOf, tileIdOf } from "./board-name.ts";
import type { SaveOutcome } from "./board-requests.ts";
import { baseOf, changed, type Draft, draftOf, redone, settled, undone } from "./draft.ts";
import { askedMetric } from "./metric-choices.ts";
import { tidyBoard } from "./tidy.ts";
import { makeTile, usualSize } from "./tile-making.ts";

/** What keeps the board from being saved. */
export type EditProblem = Exclude<SaveOutcome, { readonly kind: "saved" }>;

/** What was done to a tile, for whoever does not see it. */
export type Told =
  | { readonly kind: "moved" | "sized" | "added"; readonly tile: TileDefinition }
  | { readonly kind: "removed"; readonly tile: TileDefinition }
  | { readonly kind: "noFurther" | "full" | "undone" | "redone" };

export interface EditorHost {
  readonly save: (board: BoardDefinition, etag: string | null) => Promise<SaveOutcome>;
  readonly remove: (id: string, etag: string) => Promise<SaveOutcome>;
  readonly onSaved: (board: BoardDefinition, etag: string) => void;
  readonly onDeleted: () => void;
}

export interface EditorStart {
  /** A new one has the id "": it gets one from its title when it is saved. */
  readonly board: BoardDefinition;
  /** Of the file that the edit began from; null for a new board. */
  readonly etag: string | null;
  /** Ids that a new board cannot have. */
  readonly taken: ReadonlySet<string>;
}

/** One edit of one board, from the first change until it is saved or given up. */
export interface EditorSession {
  readonly board: ReadonlySignal<BoardDefinition>;
  readonly draft: ReadonlySignal<Draft>;
  readonly isChanged: ReadonlySignal<boolean>;
  /** The tile whose settings are open; null: the board's. */
  readonly selected: Signal<string | null>;
  readonly told: ReadonlySignal<Told | null>;
  /** The tile that takes the focus after the next drawing: moving it about in the page would lose it. */
  readonly focusNext: Signal<{ readonly id: string; readonly isBroughtIntoView: boolean } | null>;
  readonly problem: Signal<EditProblem | null>;
  readonly isSaving: ReadonlySignal<boolean>;
  readonly moveTo: (id: string, place: TilePlace) => void;
  readonly moveBy: (id: string, columns: number, rows: number) => void;
  readonly growBy: (id: string, columns: number, rows: number) => void;
  /** The next move is a step of its own. */
  readonly settle: () => void;
  readonly add: (type: TileType, catalogue: CatalogueAnswer | null) => void;
  readonly remove: (id: string) => void;
  /** `word`: what is being typed, so that it is undone as a whole. */
  readonly change: (tile: TileDefinition, word?: string) => void;
  readonly changeBoard: (change: Partial<Omit<BoardDefinition, "id" | "tiles">>, word?: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly save: () => Promise<void>;
  /** Saves over what somebody else has saved meanwhile. */
  readonly saveOver: (etag: string | null) => Promise<void>;
  readonly deleteBoard: () => Promise<void>;
}

const placeGesture = (id: string): string => `place ${id}`;

export const createEditorSession = (start: EditorStart, host: EditorHost): EditorSession => {
  const draft = signal<Draft>(draftOf(start.board));
  const selected = signal<string | null>(null);
  const told = signal<Told | null>(null);
  const focusNext: EditorSession["focusNext"] = signal(null);
  const problem = signal<EditProblem | null>(null);
  const isSaving = signal(false);
  let { etag } = start;

  const board = computed(() => draft.value.board);
  const tileOf = (id: string): TileDefinition | undefined => board.peek().tiles.find((tile) => tile.id === id);
  const take = (next: Draft): void => {
    draft.value = next;
    if (selected.peek() !== null && tileOf(selected.peek() ?? "") === undefined) selected.value = null;
  };
  const withTiles = (tiles: ReadonlyArray<TileDefinition>): BoardDefinition => ({ ...board.peek(), tiles });

  /** Each step of a move is reckoned from where it began: tiles that were only passed over are back in their places. */
  const put = (id: string, place: TilePlace, kind: "moved" | "sized", isBroughtIntoView: boolean): void =>
    batch(() => {
      const gesture = placeGesture(id);
      const before = tileOf(id);
      const base = baseOf(draft.peek(), gesture);
      const tiles = arrange(base.tiles, id, place);
      const after = tiles.find((tile) => tile.id === id);
      if (before === undefined || after === undefined) return;
      focusNext.value = { id, isBroughtIntoView };
      if (JSON.stringify(before.place) === JSON.stringify(after.place)) {
        told.value = { kind: "noFurther" };
        return;
      }
      take(changed(draft.peek(), withTiles(tiles), gesture));
      told.value = { kind, tile: after };
    });

  const saveAs = async (saved: BoardDefinition, over: string | null): Promise<void> => {
    if (isSaving.peek()) return;
    isSaving.value = true;
    const outcome = await host.save(saved, over);
    isSaving.value = false;
    if (outcome.kind !== "saved") {
      problem.value = outcome;
      return;
    }
    problem.value = null;
    etag = outcome.etag;
    host.onSaved(saved, outcome.etag);
  };
  const named = (): BoardDefinition => {
    const now = board.peek();
    return tidyBoard(now.id === "" ? { ...now, id: boardIdOf(now.title, start.taken) } : now);
  };

  return {
    board,
    draft,
    isChanged: computed(() => JSON.stringify(draft.value.board) !== JSON.stringify(start.board)),
    selected,
    told,
    focusNext,
    problem,
    isSaving,
    moveTo: (id, place) => {
      const now = tileOf(id)?.place;
      put(
        id,
        place,
        now !== undefined && now.columns === place.columns && now.rows === place.rows ? "moved" : "sized",
        false,
      );
    },
    moveBy: (id, columns, rows) => {
      const now = tileOf(id)?.place;
      if (now !== undefined) put(id, { ...now, column: now.column + columns, row: now.row + rows }, "moved", true);
    },
    growBy: (id, columns, rows) => {
      const now = tileOf(id)?.place;
      if (now !== undefined) put(id, { ...now, columns: now.columns + columns, rows: now.rows + rows }, "sized", true);
    },
    settle: () => take(settled(draft.peek())),
    add: (type, catalogue) =>
      batch(() => {
        const { tiles } = board.peek();
        const place = freePlace(tiles, ...usualSize[type]);
        if (place === null) {
          told.value = { kind: "full" };
          return;
        }
        const taken = new Set(tiles.map(({ id }) => id));
        const made = makeTile(type, { id: "", place }, catalogue);
        const tile = { ...made, id: tileIdOf("metric" in made ? (askedMetric(made) ?? type) : type, taken) };
        take(changed(draft.peek(), withTiles([...tiles, tile])));
        selected.value = tile.id;
        focusNext.value = { id: tile.id, isBroughtIntoView: true };
        told.value = { kind: "added", tile };
      }),
    remove: (id) =>
      batch(() => {
        const tile = tileOf(id);
        if (tile === undefined) return;
        const { tiles } = board.peek();
        const index = tiles.indexOf(tile);
        take(changed(draft.peek(), withTiles(tiles.filter((one) => one !== tile))));
        const neighbour = tiles[index + 1] ?? tiles[index - 1];
        focusNext.value = neighbour === undefined ? null : { id: neighbour.id, isBroughtIntoView: true };
        told.value = { kind: "removed", tile };
      }),
    change: (tile, word) => {
      const tiles = board.peek().tiles.map((one) => (one.id === tile.id ? tile : one));
      take(changed(draft.peek(), withTiles(tiles), word === undefined ? null : `${word} ${tile.id}`));
    },
    changeBoard: (change, word) => take(changed(draft.peek(), { ...board.peek(), ...change }, word ?? null)),
    undo: () =>
      batch(() => {
        if (draft.peek().past.length > 0) told.value = { kind: "undone" };
        take(undone(draft.peek()));
      }),
    redo: () =>
      batch(() => {
        if (draft.peek().future.length > 0) told.value = { kind: "redone" };
        take(redone(draft.peek()));
      }),
    save: () => saveAs(named(), etag),
    saveOver: (over) => saveAs(named(), over),
    deleteBoard: async () => {
      if (etag === null) return;
      const outcome = await host.remove(board.peek().id, etag);
      if (outcome.kind === "saved") host.onDeleted();
      else problem.value = outcome;
    },
  };
};
