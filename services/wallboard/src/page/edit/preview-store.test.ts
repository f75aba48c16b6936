import { type Signal, signal } from "@preact/signals";
import { beforeEach, expect, test } from "vitest";
import type { BoardDefinition, TileDefinition } from "../../board/board-definition.ts";
import type { NumberData } from "../../board/tile-data.ts";
import { createBoardStore } from "../board-store.ts";
import type { PreviewOutcome } from "./board-requests.ts";
import { createPreviewStore, type PreviewStore } from "./preview-store.ts";

const tile = (metric: string, title?: string): TileDefinition => ({
  id: "a",
  place: { column: 0, row: 0, columns: 3, rows: 3 },
  ...(title === undefined ? {} : { title }),
  type: "number",
  metric,
  window: "30d",
  where: [],
  compare: "none",
  course: "none",
  format: {},
});
const data = (value: number): NumberData => ({
  id: "a",
  type: "number",
  changedAtMs: null,
  source: "live",
  flags: [],
  value,
  unit: "leads",
  better: "higher",
});
const boardOf = (one: TileDefinition): BoardDefinition => ({
  id: "floor",
  title: "Floor",
  theme: "auto",
  tiles: [one],
  celebrate: { targets: false, sound: false },
});

let draft: Signal<BoardDefinition>;
let asked: Array<{ readonly tile: TileDefinition; readonly answer: (outcome: PreviewOutcome) => void }>;
let waiting: Array<() => void>;
let preview: PreviewStore;
beforeEach(() => {
  [asked, waiting] = [[], []];
  draft = signal(boardOf(tile("sales")));
  const base = createBoardStore(0);
  base.apply({
    type: "snapshot",
    sentAtMs: 0,
    build: "b",
    board: draft.value,
    etag: '"1"',
    timeZone: "UTC",
    currency: "EUR",
    freshness: { state: "live", completeThroughMs: 0, behindEvents: 0 },
    tiles: [data(1)],
    events: [],
  });
  preview = createPreviewStore(base, draft, {
    ask: (one) => new Promise((answer) => asked.push({ tile: one, answer })),
    after: (_delayMs, task) => {
      waiting.push(task);
      return () => {
        waiting = waiting.filter((one) => one !== task);
      };
    },
  });
});
const shown = () => preview.store.tile("a").value;
const wait = (): void => {
  const tasks = waiting;
  waiting = [];
  for (const task of tasks) task();
};
/** Whatever has been answered by now is taken. */
const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

test("a tile as it was saved shows the pushed number, wherever it stands and whatever it is called", () => {
  draft.value = boardOf({ ...tile("sales", "Ours"), place: { column: 5, row: 5, columns: 2, rows: 2 } });
  expect([shown(), waiting.length]).toEqual([data(1), 0]);
});

test("a changed tile never shows the number of its former question", async () => {
  draft.value = boardOf(tile("new_leads"));
  expect(shown()).toBeUndefined();
  wait();
  asked[0]?.answer({ kind: "data", data: data(7) });
  await settle();
  expect(shown()).toEqual(data(7));
  draft.value = boardOf(tile("sales"));
  expect(shown()).toEqual(data(1));
});

test("an answer that comes after the tile was changed again is not shown", async () => {
  draft.value = boardOf(tile("new_leads"));
  wait();
  draft.value = boardOf(tile("win_rate"));
  asked[0]?.answer({ kind: "data", data: data(7) });
  await settle();
  expect(shown()).toBeUndefined();
});

test("what is not saved is asked again and again, once at a time, until the editor ends", async () => {
  draft.value = boardOf(tile("new_leads"));
  for (let round = 1; round <= 3; round++) {
    expect(waiting).toHaveLength(1);
    wait();
    expect(asked).toHaveLength(round);
    asked[round - 1]?.answer({ kind: "data", data: data(round) });
    await settle();
  }
  preview.end();
  expect(waiting).toHaveLength(0);
});

test("a change while an answer is on its way begins no second round of asking", async () => {
  draft.value = boardOf(tile("new_leads"));
  wait();
  draft.value = boardOf(tile("win_rate"));
  asked[0]?.answer({ kind: "data", data: data(7) });
  await settle();
  expect(waiting).toHaveLength(1);
});

test("why a tile cannot be shown is told", async () => {
  draft.value = boardOf(tile("new_leads"));
  expect(preview.faultsOf("a")).toBeNull();
  wait();
  asked[0]?.answer({ kind: "refused", faults: ["window: expected …"] });
  await settle();
  expect([preview.faultsOf("a"), shown()]).toEqual([["window: expected …"], undefined]);
});
