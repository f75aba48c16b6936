import { expect, test } from "vitest";
import type { BoardDefinition } from "../../board/board-definition.ts";
import { deleteBoard, previewTile, saveBoard } from "./board-requests.ts";

const board: BoardDefinition = {
  id: "a/b",
  title: "A",
  theme: "auto",
  tiles: [],
  celebrate: { targets: false, sound: false },
};

const answering = (status: number, body: unknown = null, headers: Record<string, string> = {}) => {
  const calls: Array<{ readonly url: string; readonly init: RequestInit }> = [];
  const send = async (url: string, init: RequestInit): Promise<Response> => {
    calls.push({ url, init });
    return new Response(status === 204 ? null : JSON.stringify(body), { status, headers });
  };
  return { calls, send };
};

test("a board is saved over the file that it was read from, a new one over none", async () => {
  const { calls, send } = answering(200, board, { etag: '"2"' });
  expect(await saveBoard(board, '"1"', send)).toEqual({ kind: "saved", etag: '"2"' });
  await saveBoard(board, null, send);
  expect(calls.map(({ url }) => url)).toEqual(["/api/boards/a%2Fb", "/api/boards/a%2Fb"]);
  expect(calls.map(({ init }) => init.headers)).toEqual([
    { "content-type": "application/json", "if-match": '"1"' },
    { "content-type": "application/json", "if-none-match": "*" },
  ]);
});

test("who was faster is told with what stands there now", async () => {
  const { send } = answering(412, { code: "Changed", etag: '"9"', saved_by: "ana" });
  expect(await saveBoard(board, '"1"', send)).toEqual({ kind: "changed", etag: '"9"', by: "ana" });
});

test("a refusal is told by its reasons one by one, or as a whole", async () => {
  const reasons = ["tiles[0].metric: expected a metric", "tiles[1]: …"];
  const listed = answering(422, { detail: reasons.join("\n"), reasons });
  expect(await saveBoard(board, '"1"', listed.send)).toEqual({ kind: "refused", faults: reasons });
  const whole = answering(500, { detail: "The folder boards/ cannot be written." });
  expect(await saveBoard(board, '"1"', whole.send)).toEqual({
    kind: "refused",
    faults: ["The folder boards/ cannot be written."],
  });
});

test("who may only look is told so, and a server that is gone loses nothing", async () => {
  expect(await saveBoard(board, '"1"', answering(403).send)).toEqual({ kind: "forbidden" });
  expect(await saveBoard(board, null, answering(404).send)).toEqual({ kind: "forbidden" });
  expect(await saveBoard(board, '"1"', answering(404).send)).toEqual({ kind: "changed", etag: null, by: null });
  const gone = async (): Promise<Response> => {
    throw new TypeError("fetch failed");
  };
  expect(await saveBoard(board, '"1"', gone)).toEqual({ kind: "unreachable" });
  expect(await deleteBoard("a", '"1"', gone)).toEqual({ kind: "unreachable" });
});

test("a preview that the server does not give is none, one that it refuses says why", async () => {
  const tile = { id: "a", type: "pipeline", where: [], place: { column: 0, row: 0, columns: 3, rows: 3 } } as const;
  expect(await previewTile(tile, answering(404).send)).toEqual({ kind: "none" });
  expect(await previewTile(tile, answering(422, { reasons: ["no"] }).send)).toEqual({
    kind: "refused",
    faults: ["no"],
  });
});
