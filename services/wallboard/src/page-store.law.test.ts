import fc from "fast-check";
import { expect, test } from "vitest";
import { feedLength } from "./board/wall-frame.ts";
import type { BoardNow, BoardSource } from "./board-source.ts";
import { createBoardState } from "./board-state.ts";
import { createBoardStore } from "./page/board-store.ts";
import { createInventedWall } from "./testing/invented-wall.ts";

const place = { column: 0, row: 0, columns: 3, rows: 2 };
const asked = { where: [], window: "month", format: {}, place };

const boardOf = (title: string): Pick<BoardNow, "board" | "etag"> => ({
  board: {
    id: "b",
    title,
    theme: "auto",
    celebrate: { targets: true, sound: false },
    tiles: [
      { ...asked, id: "leads", type: "number", metric: "new_leads", compare: "prior", course: "none" },
      { ...asked, id: "race", type: "leaderboard", metric: "sales", by: "rep", rows: 5 },
      { id: "feed", type: "feed", kinds: [], place },
    ],
  },
  etag: `"${title}"`,
});
const boards = ["One", "Two"].map(boardOf);

/** What happens between two updates, and whether this page is connected to see it. */
const step = fc.record({
  events: fc.integer({ min: 0, max: 12 }),
  stale: fc.boolean(),
  board: fc.constantFrom(0, 0, 0, 1),
  watching: fc.boolean(),
});

test("a page that misses any updates shows exactly the board once it is offered what it missed", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), fc.integer(), (steps, seed) => {
      let held = boards[0];
      const wall = createInventedWall(() => new Map(held === undefined ? [] : [["b", held]]), 0, seed);
      const source: BoardSource | undefined = wall.open("b");
      if (source === undefined) throw new Error("There is no board.");
      const state = createBoardState("build");
      const page = createBoardStore(0);
      let seen: number | null = null;
      const now = () => {
        const found = source.now();
        if (found === undefined) throw new Error("The board is gone.");
        return found;
      };
      const update = (): void => void state.update(now(), source.events, source.celebrations(), 0);
      const offer = (): void => {
        update();
        const frame = state.frameSince(seen, 0);
        if (frame !== null) page.apply(frame);
        seen = state.revision();
      };
      steps.forEach(({ events, stale, board, watching }, index) => {
        held = boards[board];
        wall.happen(events, index);
        wall.setFreshness({ state: stale ? "stale" : "live", completeThroughMs: index, behindEvents: 0 });
        if (watching) offer();
        else update();
      });
      offer();
      const { board, freshness, tiles } = now();
      expect(page.head.value?.board).toEqual(board);
      expect(page.freshness.value).toEqual(freshness);
      expect(tiles.map(({ id }) => ({ ...page.tile(id).value, changedAtMs: null }))).toEqual(
        tiles.map((tile) => ({ ...tile, changedAtMs: null })),
      );
      expect(page.events.value).toEqual([...source.events(0)].reverse().slice(0, feedLength));
    }),
  );
});
