import { expect, test } from "vitest";
import type { BoardNow, BoardSource, WallSource } from "../board-source.ts";
import { ChangingWall } from "./changing-wall.ts";

/** A wall of one board `b`, whose zone is its name, that counts who listens. */
const wallOf = (name: string, boards: ReadonlyArray<string> = ["b"]) => {
  const listeners = new Set<() => void>();
  let ended = 0;
  const source: BoardSource = {
    now: () => ({ timeZone: name }) as BoardNow,
    events: () => [],
    celebrations: () => [],
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    end: () => {
      ended += 1;
    },
  };
  const wall: WallSource = {
    has: (id) => boards.includes(id),
    open: (id) => (boards.includes(id) ? source : undefined),
    preview: () => ({ reasons: [name] }),
  };
  return { wall, listeners, ended: () => ended };
};

test("whoever watches a board goes on, with the numbers of the new wall", () => {
  const [first, second] = [wallOf("first"), wallOf("second")];
  const wall = new ChangingWall(first.wall);
  const board = wall.open("b");
  let told = 0;
  const leave = board?.subscribe(() => {
    told += 1;
    expect(board?.now()?.timeZone).toBe("second");
  });
  wall.change(second.wall);
  expect([told, first.listeners.size, second.listeners.size, first.ended()]).toEqual([1, 0, 1, 1]);
  for (const listener of second.listeners) listener();
  expect(told).toBe(2);
  leave?.();
  expect(second.listeners.size).toBe(0);
});

test("a board that nobody holds any more is not opened again", () => {
  const [first, second] = [wallOf("first"), wallOf("second")];
  const wall = new ChangingWall(first.wall);
  wall.open("b")?.end();
  wall.change(second.wall);
  expect([first.ended(), second.ended()]).toEqual([1, 0]);
});

test("a board that the new wall does not have is gone, and its watchers are told", () => {
  const wall = new ChangingWall(wallOf("first").wall);
  const board = wall.open("b");
  let told = 0;
  board?.subscribe(() => {
    told += 1;
  });
  wall.change(wallOf("second", []).wall);
  expect([told, board?.now(), wall.has("b")]).toEqual([1, undefined, false]);
});
