import type { ByteArena } from "./byte-arena.ts";
import { PageCopies } from "./page-copies.ts";
import type { PagedRows } from "./paged-rows.ts";

/** Raised with every change of how tables lie in pages: state of another layout is folded anew from the log. */
export const stateLayout = 3;

/** The tables that make up a task's state, in a fixed order: their place is their number in the store. */
export interface TaskState {
  readonly rows: ReadonlyArray<PagedRows>;
  readonly arenas: ReadonlyArray<ByteArena>;
  /** Builds again what is not stored (indexes, free lists), in steps of some milliseconds. */
  readonly reindex: () => Iterable<void>;
}

/** One page of one table; in a capture a copy: what a commit writes must not change while it is written. */
export interface StatePage {
  readonly table: number;
  readonly page: number;
  readonly bytes: Buffer;
}

/** Everything that one commit of one task writes: pages and what they stand for, taken at one instant. */
export interface StateCapture {
  readonly pages: ReadonlyArray<StatePage>;
  readonly head: string;
  /** Takes the copies' memory back, from a store that holds nothing of them any more. */
  readonly release?: () => void;
}

const arenaTables = 64;

/** Copies what changed since the last capture. Synchronous: pages and head stand for the same position. */
export const captureState = (state: TaskState, extra: unknown): StateCapture => {
  const pages: Array<StatePage> = [];
  const copies = new PageCopies();
  state.rows.forEach((rows, table) => {
    rows.takeChanges((page, bytes) => pages.push({ table, page, bytes: copies.copy(bytes) }));
  });
  state.arenas.forEach((arena, index) => {
    const table = arenaTables + index;
    arena.takeChanges((page, bytes) => pages.push({ table, page, bytes: copies.copy(bytes) }));
  });
  const head = JSON.stringify({
    rows: state.rows.map(({ length }) => length),
    arenas: state.arenas.map(({ endBytes }) => endBytes),
    extra,
  });
  return { pages, head, release: () => copies.release() };
};

/** Reads pages of one task back. */
export interface StateReader {
  readonly pages: (table: number) => Iterable<{ readonly page: number; readonly bytes: Uint8Array }>;
  readonly page: (table: number, page: number) => Uint8Array;
}

/** Pages put back in one step: 2 MB, some milliseconds. */
const pagesPerStep = 512;

/** What a head says beside the tables' lengths. */
export const headExtra = (head: string): unknown => (JSON.parse(head) as { readonly extra: unknown }).extra;

/**
 * Puts a task's tables back as they were captured; answers what was captured beside them. In steps, so that whoever
 * loads much lets others have turns in between.
 */
export function* restoreState(state: TaskState, head: string, reader: StateReader): Generator<void, unknown> {
  const { rows, arenas, extra } = JSON.parse(head) as {
    rows: ReadonlyArray<number>;
    arenas: ReadonlyArray<number>;
    extra: unknown;
  };
  let pages = 0;
  for (const [number, table] of state.rows.entries()) {
    for (const { page, bytes } of reader.pages(number)) {
      table.restore(page, bytes);
      pages += 1;
      if (pages % pagesPerStep === 0) yield;
    }
    table.length = rows[number] ?? 0;
  }
  for (const [index, arena] of state.arenas.entries()) {
    yield* arena.restoreEnd(arenas[index] ?? 0, (page) => reader.page(arenaTables + index, page));
  }
  yield* state.reindex();
  return extra;
}

/** Lets arenas that recall drop what is stored; to be called once a capture is durable. */
export const releaseState = (state: TaskState, reader: StateReader): void => {
  state.arenas.forEach((arena, index) => {
    arena.recallWith((page) => reader.page(arenaTables + index, page));
    arena.release();
  });
};
