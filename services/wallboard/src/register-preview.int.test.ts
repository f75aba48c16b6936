import { afterEach, beforeEach, expect, test } from "vitest";
import type { Viewer } from "./access/board-access.ts";
import { type DemoServer, startDemoServer } from "./testing/demo-server.ts";

let server: DemoServer;
let who: Viewer;
beforeEach(async () => {
  who = { name: null, canEdit: true, boards: [], tv: null, expiresMs: null };
  server = await startDemoServer({
    access: {
      get anyone() {
        return who;
      },
      viewerOf: () => undefined,
    },
  });
});
afterEach(() => server.close());

const tile = {
  ...{ id: "a", type: "number", metric: "win_rate", window: "30d", where: [], compare: "prior", course: "days" },
  ...{ format: {}, place: { column: 11, row: 59, columns: 1, rows: 1 } },
};
const preview = (body: unknown, headers: Record<string, string> = {}) =>
  server.app.inject({
    method: "POST",
    url: "/api/tiles/preview",
    headers: { "content-type": "application/json", ...headers },
    payload: JSON.stringify(body),
  });

test("says what a tile would show, and saves nothing", async () => {
  const answer = await preview(tile);
  expect([answer.statusCode, answer.headers["cache-control"]]).toEqual([200, "no-store"]);
  expect(answer.json()).toMatchObject({ id: "a", type: "number", unit: "ratio" });
  expect([...server.shelf.boards().values()].every(({ builtIn }) => builtIn)).toBe(true);
});

test("says why a tile can stand on no board", async () => {
  const answer = await preview({ ...tile, metric: "win_rat" });
  expect(answer.statusCode).toBe(422);
  expect(answer.json().reasons).toEqual([expect.stringMatching(/^metric: expected a metric .*found "win_rat"/u)]);
});

test.each([null, 7, "x", [], {}, { ...tile, where: [["team"]] }, { ...tile, metric: { a: 1 } }, { ...tile, extra: 1 }])(
  "%j is refused, not believed",
  async (body) => {
    expect([400, 422]).toContain((await preview(body)).statusCode);
  },
);

test("who may not edit, and the page of another site, ask for nothing", async () => {
  expect((await preview(tile, { origin: "https://elsewhere.example" })).statusCode).toBe(403);
  who = { ...who, canEdit: false };
  expect((await preview(tile)).statusCode).toBe(403);
});
