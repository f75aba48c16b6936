import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { BoardDefinition, TileDefinition } from "../../board/board-definition.ts";
import type { TileData } from "../../board/tile-data.ts";
import type { BoardStore } from "../board-store.ts";
import type { PreviewOutcome } from "./board-requests.ts";
import { tidyTile } from "./tidy.ts";

/** What is asked of the server for a tile that is not saved as it is now. */
interface Preview {
  readonly question: string;
  readonly outcome: PreviewOutcome | null;
}

export interface PreviewStore {
  /** The board's store, with the numbers that unsaved tiles would have. */
  readonly store: BoardStore;
  /** Why a tile has nothing to show: the server's words; empty: it is shown once saved; null: nothing is wrong. */
  readonly faultsOf: (id: string) => ReadonlyArray<string> | null;
  readonly end: () => void;
}

export interface PreviewHost {
  readonly ask: (tile: TileDefinition) => Promise<PreviewOutcome>;
  /** Runs the task once after `delayMs`; returns what cancels it. */
  readonly after: (delayMs: number, task: () => void) => () => void;
}

/** Long enough that a word is not asked letter by letter. */
const askAfterMs = 250;
/** Unsaved tiles are asked again in this time; saved ones are pushed as ever. */
const askEveryMs = 3_000;

/** All of a tile that its numbers depend on. */
const questionOf = (tile: TileDefinition): string => {
  const { place: _place, title: _title, ...asked } = tidyTile(tile);
  return JSON.stringify(Object.entries(asked).sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** Text, pictures and events need no asking; a picture without a file is nothing yet. */
const ownData = (tile: TileDefinition): TileData | null | undefined => {
  const { id, type } = tile;
  if (type !== "text" && type !== "image" && type !== "feed") return null;
  return tile.type === "image" && tile.file === ""
    ? undefined
    : { id, type, changedAtMs: null, source: "live", flags: [] };
};

/** The live numbers under a board that is being edited: pushed for what is saved, asked for what is not. */
export const createPreviewStore = (
  base: BoardStore,
  draft: ReadonlySignal<BoardDefinition>,
  host: PreviewHost,
): PreviewStore => {
  const previews = signal<ReadonlyMap<string, Preview>>(new Map());
  const tiles = new Map<string, ReadonlySignal<TileData | undefined>>();
  let cancel: (() => void) | undefined;
  /** Whoever asks for an earlier state of the board does not ask again. */
  let round = 0;

  const unsaved = (): TileDefinition[] => {
    const saved = new Set(base.head.value?.board.tiles.map(questionOf));
    return draft.value.tiles.filter((tile) => ownData(tile) === null && !saved.has(questionOf(tile)));
  };
  const put = (id: string, preview: Preview): void => {
    previews.value = new Map([...previews.peek(), [id, preview]]);
  };
  const askAll = async (wanted: ReadonlyArray<TileDefinition>): Promise<void> => {
    const own = round;
    await Promise.all(
      wanted.map(async (tile) => {
        const question = questionOf(tile);
        const outcome = await host.ask(tidyTile(tile));
        // Changed meanwhile: the answer is to another question.
        if (previews.peek().get(tile.id)?.question === question) put(tile.id, { question, outcome });
      }),
    );
    if (own === round) cancel = host.after(askEveryMs, () => void askAll(wanted));
  };
  const stop = effect(() => {
    const wanted = unsaved();
    const known = previews.peek();
    const next = new Map<string, Preview>();
    for (const tile of wanted) {
      const question = questionOf(tile);
      const before = known.get(tile.id);
      next.set(tile.id, before?.question === question ? before : { question, outcome: null });
    }
    previews.value = next;
    round += 1;
    cancel?.();
    if (wanted.length > 0) cancel = host.after(askAfterMs, () => void askAll(wanted));
  });

  const tile = (id: string): ReadonlySignal<TileData | undefined> => {
    const known = tiles.get(id);
    if (known !== undefined) return known;
    const made = computed(() => {
      const definition = draft.value.tiles.find((one) => one.id === id);
      const own = definition === undefined ? null : ownData(definition);
      const preview = previews.value.get(id);
      if (preview === undefined) return own === null ? base.tile(id).value : own;
      return preview.outcome?.kind === "data" ? preview.outcome.data : undefined;
    });
    tiles.set(id, made);
    return made;
  };
  return {
    store: { ...base, tile },
    faultsOf: (id) => {
      const outcome = previews.value.get(id)?.outcome ?? null;
      if (outcome === null || outcome.kind === "data") return null;
      return outcome.kind === "refused" ? outcome.faults : [];
    },
    end: () => {
      round += 1;
      stop();
      cancel?.();
    },
  };
};
