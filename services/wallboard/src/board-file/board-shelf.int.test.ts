import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalogue } from "@leadwire/kpis/catalogue";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BoardDefinition } from "../board/board-definition.ts";
import { BoardShelf } from "./board-shelf.ts";

let folder = "";
let notices: string[] = [];
let shelf: BoardShelf;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-boards-"));
  notices = [];
  shelf = new BoardShelf({
    folder: join(folder, "boards"),
    context: { catalogue, currency: "EUR" },
    onNotice: (text) => notices.push(text),
  });
  await shelf.refresh();
});
afterEach(() => rmSync(folder, { recursive: true }));

let writes = 0;
const write = async (name: string, text: string): Promise<void> => {
  mkdirSync(join(folder, "boards"), { recursive: true });
  const path = join(folder, "boards", name);
  writeFileSync(path, text);
  // Two writes within one tick of the file system's clock have to look different.
  writes += 1;
  utimesSync(path, 1_000 + writes, 1_000 + writes);
  await shelf.refresh();
};

const boardOf = (id: string): BoardDefinition => {
  const found = shelf.boards().get(id);
  if (found === undefined) throw new Error(`there is no board ${id}`);
  return found.board;
};

test("without a folder there are three boards and a slideshow of them, without a fault", () => {
  expect([...shelf.boards().keys()]).toEqual(["company", "response-desk", "team-floor"]);
  expect([...shelf.boards().values()].every(({ builtIn }) => builtIn)).toBe(true);
  expect(shelf.slideshows().map(({ slides }) => slides.length)).toEqual([3]);
  expect(shelf.faults().size).toBe(0);
});

test("a file that changes is shown as it is now, one with a fault as it was before", async () => {
  let changes = 0;
  shelf.onChange(() => {
    changes += 1;
  });
  await write("floor.yaml", "title: Floor");
  expect(boardOf("floor").title).toBe("Floor");
  await write("floor.yaml", "title: Floor 2\ntiles: [{ id: a, type: number, at: 1/1 3x2, metric: win_rat }]");
  expect(boardOf("floor").title).toBe("Floor");
  expect(shelf.faults().get("floor.yaml")).toMatch(/^floor\.yaml:2:\d+ tiles\[0\]\.metric: expected a metric/u);
  expect(notices).toHaveLength(1);
  await shelf.refresh();
  expect(notices).toHaveLength(1);
  await write("floor.yaml", "title: Floor 3");
  expect([boardOf("floor").title, shelf.faults().size]).toEqual(["Floor 3", 0]);
  expect(changes).toBe(3);
});

test("what is no file to read keeps no other back: an editor's lock, a folder, a link that leads nowhere or round", async () => {
  const boards = join(folder, "boards");
  mkdirSync(join(boards, "folder.yaml"), { recursive: true });
  symlinkSync("ana@desk.1", join(boards, ".#floor.yaml"));
  symlinkSync("gone.yaml", join(boards, "nowhere.yaml"));
  symlinkSync("round.yaml", join(boards, "round.yaml"));
  await write("floor.yaml", "title: Floor");
  expect([...shelf.boards().keys()]).toEqual(["company", "response-desk", "team-floor", "floor"]);
  expect([...shelf.faults()]).toEqual([["round.yaml", "round.yaml: cannot be read (ELOOP)."]]);
});

test("a file whose name is no board's is told", async () => {
  await write("two words.yaml", "title: Two words");
  await write("short.yml", "title: Short");
  expect([...shelf.faults().keys()]).toEqual(["short.yml", "two words.yaml"]);
  expect(shelf.boards().size).toBe(3);
});

test("a built-in board is saved into the folder, and stands as it came once that is taken away", async () => {
  const company = shelf.boards().get("company");
  if (company === undefined) throw new Error("no company");
  const saved = await shelf.save({ ...company.board, title: "We" }, company.etag);
  if (isLeft(saved)) throw new Error(JSON.stringify(saved.left));
  expect(readFileSync(join(folder, "boards", "company.yaml"), "utf8")).toContain("title: We");
  expect(shelf.boards().get("company")).toMatchObject({ builtIn: false, board: { title: "We" } });
  expect(await shelf.remove("company", saved.right.etag)).toMatchObject({ _tag: "Right" });
  expect(shelf.boards().get("company")).toMatchObject({ builtIn: true, board: { title: "Company" } });
});

test("of two who save over the same board the second is told, and nothing of the first is lost", async () => {
  const { board, etag } = shelf.boards().get("company") ?? {};
  if (board === undefined || etag === undefined) throw new Error("no company");
  const [first, second] = await Promise.all([
    shelf.save({ ...board, title: "First" }, etag),
    shelf.save({ ...board, title: "Second" }, etag),
  ]);
  expect(first._tag).toBe("Right");
  expect(second).toMatchObject({ left: { _tag: "Changed" } });
  expect(boardOf("company").title).toBe("First");
});

test.each(["../escape", "a/b", ".hidden", "slideshows", "", "nul\u0000"])("%j is no name of a board", async (id) => {
  expect(await shelf.save({ ...boardOf("company"), id }, null)).toMatchObject({ left: { _tag: "BadName" } });
  expect(readdirSync(folder)).toEqual([]);
});

test("a board that no file can say is refused, and nothing is written", async () => {
  const board = boardOf("company");
  const [tile] = board.tiles;
  if (tile === undefined) throw new Error("no tile");
  const twice = { ...board, id: "mine", tiles: [tile, tile] };
  expect(await shelf.save(twice, null)).toMatchObject({ left: { _tag: "Refused" } });
  expect(shelf.boards().has("mine")).toBe(false);
});
