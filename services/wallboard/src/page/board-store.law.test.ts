import fc from "fast-check";
import { expect, test } from "vitest";
import { feedLength } from "../board-frame.ts";
import { createBoardState } from "../board-state.ts";
import { createFakeSource } from "../testing/fake-source.ts";
import { createBoardStore } from "./board-store.ts";

/** What happens between two updates, and whether this page is connected to see it. */
const step = fc.record({
  events: fc.integer({ min: 0, max: 12 }),
  stale: fc.boolean(),
  watching: fc.boolean(),
});

test("a page that misses any updates shows exactly the board once it is offered what it missed", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.integer(), (steps, seed) => {
      const source = createFakeSource(0, seed);
      const state = createBoardState("b");
      const page = createBoardStore(0);
      let seen: number | null = null;
      const offer = (): void => {
        state.update(source.snapshot(), source.events(state.eventSeq()));
        const frame = state.frameSince(seen, 0);
        if (frame !== null) page.apply(frame);
        seen = state.revision();
      };
      steps.forEach(({ events, stale, watching }, index) => {
        source.happen(events, index);
        source.setFreshness({ state: stale ? "stale" : "live", completeThroughMs: index, behindEvents: 0 });
        if (watching) offer();
        else state.update(source.snapshot(), source.events(state.eventSeq()));
      });
      offer();
      const board = source.snapshot();
      expect(page.tiles.value.map((tile) => tile.value)).toEqual(board.tiles);
      expect(page.freshness.value).toEqual(board.freshness);
      expect(page.leaderboards.value).toEqual(board.leaderboards);
      expect(page.feed.value).toEqual([...source.events(0)].reverse().slice(0, feedLength));
    }),
  );
});
