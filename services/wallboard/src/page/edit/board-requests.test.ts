import { createLeadwireClient } from "@leadwire/api/client";
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
const baseUrl = "http://leadwire.test";

const answering = (status: number, body: unknown = null, headers: Record<string, string> = {}) => {
  const calls: Request[] = [];
  const server = createLeadwireClient({
    baseUrl,
    fetch: async (request) => {
      calls.push(request);
      return new Response(status === 204 ? null : JSON.stringify(body), { status, headers });
    },
  });
  return { calls, server };
};

/** Nobody answers. */
const gone = createLeadwireClient({ baseUrl, fetch: () => Promise.reject(new TypeError("fetch failed")) });

const conditionOf = ({ headers }: Request) => [headers.get("if-match"), headers.get("if-none-match")];

test("a board is saved over the file that it was read from, a new one over none", async () => {
  const { calls, server } = answering(200, board, { etag: '"2"' });
  expect(await saveBoard(board, '"1"', server)).toEqual({ kind: "saved", etag: '"2"' });
  await saveBoard(board, null, server);
  expect(calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "PUT http://leadwire.test/api/boards/a%2Fb",
    "PUT http://leadwire.test/api/boards/a%2Fb",
  ]);
  expect(calls.map(conditionOf)).toEqual([
    ['"1"', null],
    [null, "*"],
  ]);
  expect(await calls[0]?.json()).toEqual(board);
});

test("a board is taken away as it was read", async () => {
  const { calls, server } = answering(204);
  expect((await deleteBoard("a/b", '"1"', server)).kind).toBe("saved");
  expect(calls.map(conditionOf)).toEqual([['"1"', null]]);
});

test("who was faster is told with what stands there now", async () => {
  const { server } = answering(412, { code: "Changed", detail: "…", status: 412, etag: '"9"', saved_by: "ana" });
  expect(await saveBoard(board, '"1"', server)).toEqual({ kind: "changed", etag: '"9"', by: "ana" });
});

test("a refusal is told by its reasons one by one, or as a whole", async () => {
  const reasons = ["tiles[0].metric: expected a metric", "tiles[1]: …"];
  const listed = answering(422, { code: "Refused", status: 422, detail: reasons.join("\n"), reasons });
  expect(await saveBoard(board, '"1"', listed.server)).toEqual({ kind: "refused", faults: reasons });
  const whole = answering(500, { code: "NotWritten", status: 500, detail: "The folder boards/ cannot be written." });
  expect(await saveBoard(board, '"1"', whole.server)).toEqual({
    kind: "refused",
    faults: ["The folder boards/ cannot be written."],
  });
});

test("who may only look is told so, and a server that is gone loses nothing", async () => {
  expect(await saveBoard(board, '"1"', answering(403).server)).toEqual({ kind: "forbidden" });
  expect(await saveBoard(board, null, answering(404).server)).toEqual({ kind: "forbidden" });
  expect(await saveBoard(board, '"1"', answering(404).server)).toEqual({ kind: "changed", etag: null, by: null });
  expect(await saveBoard(board, '"1"', gone)).toEqual({ kind: "unreachable" });
  expect(await deleteBoard("a", '"1"', gone)).toEqual({ kind: "unreachable" });
});

test("a preview that the server does not give is none, one that it refuses says why", async () => {
  const tile = { id: "a", type: "pipeline", where: [], place: { column: 0, row: 0, columns: 3, rows: 3 } } as const;
  expect(await previewTile(tile, answering(404).server)).toEqual({ kind: "none" });
  expect(await previewTile(tile, gone)).toEqual({ kind: "none" });
  const refused = answering(422, { code: "Refused", status: 422, detail: "no", reasons: ["no"] });
  expect(await previewTile(tile, refused.server)).toEqual({ kind: "refused", faults: ["no"] });
});
