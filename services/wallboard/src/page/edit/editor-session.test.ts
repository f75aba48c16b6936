import { beforeEach, describe, expect, test } from "vitest";
import type { BoardDefinition, TilePlace } from "../../board/board-definition.ts";
import type { SaveOutcome } from "./board-requests.ts";
import { createEditorSession, type EditorSession } from "./editor-session.ts";

const place = (column: number, row: number): TilePlace => ({ column, row, columns: 3, rows: 3 });
const board: BoardDefinition = {
  id: "floor",
  title: "Floor",
  theme: "auto",
  celebrate: { targets: false, sound: false },
  tiles: [
    { id: "a", type: "text", text: "a", size: "small", place: place(0, 0) },
    { id: "b", type: "text", text: "b", size: "small", place: place(3, 0) },
  ],
};

let sent: Array<{ readonly board: BoardDefinition; readonly etag: string | null }>;
let answer: SaveOutcome;
let saved: string[];
const begin = (start: BoardDefinition, etag: string | null, taken: string[] = []): EditorSession =>
  createEditorSession(
    { board: start, etag, taken: new Set(taken) },
    {
      save: async (asked, over) => {
        sent.push({ board: asked, etag: over });
        return answer;
      },
      remove: async () => answer,
      onSaved: ({ id }, tag) => saved.push(`${id} ${tag}`),
      onDeleted: () => saved.push("deleted"),
    },
  );
let session: EditorSession;
beforeEach(() => {
  [sent, saved, answer] = [[], [], { kind: "saved", etag: '"2"' }];
  session = begin(board, '"1"');
});
const columnsAndRows = () => session.board.value.tiles.map((tile) => [tile.place.column, tile.place.row]);

describe("moving by key", () => {
  test("a tile that is passed over is back in its place once it is left behind", () => {
    for (let step = 0; step < 6; step++) session.moveBy("a", 1, 0);
    expect(columnsAndRows()).toEqual([
      [6, 0],
      [3, 0],
    ]);
  });

  test("the steps of one move are undone together, and done again", () => {
    for (let step = 0; step < 6; step++) session.moveBy("a", 1, 0);
    session.undo();
    expect(session.board.value).toBe(board);
    session.redo();
    expect(columnsAndRows()[0]).toEqual([6, 0]);
    expect(session.draft.value.past).toHaveLength(1);
  });

  test("two tiles moved one after the other are two steps", () => {
    session.moveBy("a", 0, 3);
    session.moveBy("b", 3, 0);
    session.undo();
    expect(columnsAndRows()).toEqual([
      [0, 3],
      [3, 0],
    ]);
  });

  test("what was done is told, also that it goes no further", () => {
    session.moveBy("a", 0, 3);
    expect(session.told.value).toMatchObject({ kind: "moved", tile: { place: place(0, 3) } });
    session.growBy("a", 1, 0);
    expect(session.told.value).toMatchObject({ kind: "sized" });
    session.moveBy("a", -1, 0);
    expect(session.told.value).toEqual({ kind: "noFurther" });
    expect(session.focusNext.value?.id).toBe("a");
  });
});

test("a new tile has an id of its own and a place that was free, and is opened", () => {
  session.add("number", null);
  session.add("number", null);
  expect(session.board.value.tiles.map(({ id }) => id)).toEqual(["a", "b", "sales", "sales-2"]);
  expect(columnsAndRows().slice(2)).toEqual([
    [6, 0],
    [9, 0],
  ]);
  expect(session.selected.value).toBe("sales-2");
});

test("after a tile is removed its neighbour has the focus, and its settings are closed", () => {
  session.selected.value = "a";
  session.remove("a");
  expect([session.selected.value, session.focusNext.value?.id]).toEqual([null, "b"]);
  session.undo();
  expect(session.board.value).toBe(board);
});

test("a word that is typed is undone as a whole", () => {
  for (const title of ["F", "Fl", "Flo"]) session.changeBoard({ title }, "board title");
  session.undo();
  expect(session.board.value.title).toBe("Floor");
});

describe("saving", () => {
  test("names the file that the edit began from", async () => {
    session.changeBoard({ title: "We" });
    await session.save();
    expect(sent.map(({ etag }) => etag)).toEqual(['"1"']);
    expect(saved).toEqual(['floor "2"']);
  });

  test("gives a new board an id from its title that no other board has", async () => {
    session = begin({ ...board, id: "", title: "Échipa: Vest!" }, null, ["échipa-vest"]);
    await session.save();
    expect(sent.map((one) => [one.board.id, one.etag])).toEqual([["échipa-vest-2", null]]);
  });

  test("leaves out a filter without a value and an empty title", async () => {
    const [first] = board.tiles;
    if (first === undefined) throw new Error("no tile");
    const where = [
      ["team", "north"],
      ["rep", " "],
    ] as const;
    session.change({ id: first.id, place: first.place, title: " ", type: "pipeline", where });
    await session.save();
    expect(sent[0]?.board.tiles[0]).toEqual({
      id: "a",
      place: place(0, 0),
      type: "pipeline",
      where: [["team", "north"]],
    });
  });

  test("keeps the edit where somebody else was faster, and saves over them when told to", async () => {
    session.changeBoard({ title: "Mine" });
    answer = { kind: "changed", etag: '"9"', by: "ana" };
    await session.save();
    expect([saved, session.problem.value, session.board.value.title]).toEqual([[], answer, "Mine"]);
    answer = { kind: "saved", etag: '"10"' };
    await session.saveOver('"9"');
    expect(sent.at(-1)).toMatchObject({ etag: '"9"', board: { title: "Mine" } });
    expect([saved, session.problem.value]).toEqual([['floor "10"'], null]);
  });
});
