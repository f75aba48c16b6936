import { setTimeout as sleep } from "node:timers/promises";
import type { InjectOptions } from "fastify";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type BoardsApp, openBoardsApp, viewer } from "../testing/boards-app.ts";

let boards: BoardsApp;
beforeEach(async () => {
  boards = await openBoardsApp(null);
  boards.tokens.set("see", viewer());
  boards.tokens.set("edit", viewer({ canEdit: true }));
  boards.tokens.set("floor", viewer({ boards: ["team-floor"] }));
  boards.tokens.set("screen", viewer({ tv: { kind: "boards", id: "response-desk" } }));
  boards.tokens.set("slides", viewer({ tv: { kind: "show", id: "all" } }));
});
afterEach(() => boards.close());

const asked = (url: string, token?: string, rest: Omit<InjectOptions, "url"> = {}) =>
  boards.app.inject({
    url,
    ...rest,
    headers: { ...(token === undefined ? {} : { cookie: `leadwire=${token}` }), ...rest.headers },
  });

const guarded = [
  "/api/boards",
  "/api/boards/company",
  "/api/boards/company/stream",
  "/api/boards/company/tiles/sales/explain",
  "/api/slideshows",
  "/api/catalogue",
  "/api/kpis/sales",
  "/api/reports/explain",
  "/images/logo.png",
];

describe("without a token", () => {
  test.each(guarded)("%s says that it needs a login", async (url) => {
    const answer = await asked(url);
    expect([answer.statusCode, answer.json().code]).toEqual([401, "LoginNeeded"]);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
  });

  test.each([
    "/api/%62oards",
    "/api/boards/company%2fstream",
    "/API/boards",
    "/api/boards?x=/login",
    "/./api/boards",
    "/login/../api/boards",
    "//api/boards",
    "/api/boards/",
    "/api/boards;/login",
  ])("no other way of writing an address opens it: %s", async (url) => {
    const { statusCode, body } = await asked(url);
    expect([401, 404]).toContain(statusCode);
    expect(body).not.toContain("company");
  });

  test.each(["/", "/boards/company", "/show/all"])("the page %s leads to the login, and back", async (url) => {
    const answer = await asked(url);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, `/login?next=${encodeURIComponent(url)}`]);
  });

  test("the way in, the page's code and the door for events are open", async () => {
    for (const url of ["/login", "/assets/page.js"]) expect((await asked(url)).statusCode).toBe(200);
    expect((await asked("/v1/events", undefined, { method: "POST" })).statusCode).toBe(200);
  });

  test.each(["wrong", "", "see; x", "__proto__", "toString"])("a cookie with %j is no token", async (token) => {
    boards.tokens.delete("see");
    expect((await asked("/api/boards", token)).statusCode).toBe(401);
  });

  test("a HEAD request learns no more than any other", async () => {
    expect((await asked("/api/boards", undefined, { method: "HEAD" })).statusCode).toBe(401);
  });
});

describe("with a token", () => {
  test.each(guarded.slice(0, -1).filter((url) => !url.endsWith("/stream")))("%s answers", async (url) => {
    expect((await asked(url, "see")).statusCode).toBe(200);
  });

  test("a program may send it as a header, and the command line its own", async () => {
    const sent = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
    expect((await asked("/api/boards", undefined, sent("see"))).statusCode).toBe(200);
    expect((await asked("/api/kpis/sales", undefined, sent("pass-of-the-command-line"))).statusCode).toBe(200);
    expect((await asked("/api/kpis/sales", undefined, sent("pass-of-the-command-lin"))).statusCode).toBe(401);
    // A wrong header is not mended by a cookie: whoever sent it meant it.
    expect((await asked("/api/boards", "see", sent("wrong"))).statusCode).toBe(401);
  });

  test.each([
    ["floor", "team-floor"],
    ["screen", "response-desk"],
  ])("the token %s sees its board and no trace of another", async (token, board) => {
    const list = (await asked("/api/boards", token)).json();
    expect(list.boards.map(({ id }: { id: string }) => id)).toEqual([board]);
    expect((await asked(`/api/boards/${board}`, token)).statusCode).toBe(200);
    for (const url of ["/api/boards/company", "/api/boards/company/stream", "/boards/company", "/api/boards/x/stream"])
      expect((await asked(url, token)).json()).toMatchObject({ status: 404, code: "NoBoard" });
    expect((await asked("/api/boards/company/tiles/sales/explain", token)).statusCode).toBe(404);
    for (const url of ["/api/kpis/sales", "/api/reports/explain"])
      expect((await asked(url, token)).json()).toMatchObject({ status: 403, code: "OtherBoards" });
  });

  test("what a board's own name is written like makes no other board of it", async () => {
    expect((await asked("/api/boards/%74eam-floor", "floor")).statusCode).toBe(200);
    for (const id of ["team-floor%00", "Team-floor", "team-floor.yaml", "..%2fteam-floor", "team-floor%2f..%2fcompany"])
      expect((await asked(`/api/boards/${id}`, "floor")).statusCode).toBe(404);
  });

  test("a screen of a slideshow sees what is shown there, and that alone", async () => {
    expect((await asked("/show/all", "slides")).statusCode).toBe(200);
    expect((await asked("/api/slideshows", "slides")).json()).toHaveLength(1);
    expect((await asked("/show/other", "slides")).statusCode).toBe(404);
    expect((await asked("/api/slideshows", "screen")).json()).toEqual([]);
    const [show] = (await asked("/api/slideshows", "floor")).json();
    expect(show.slides.map(({ board }: { board: string }) => board)).toEqual(["team-floor"]);
  });
});

test("the link of a screen opens nothing of what stands behind its numbers; a login does", async () => {
  const explained = (token: string) => asked("/api/boards/response-desk/tiles/sla/explain", token);
  for (const token of ["screen", "slides"])
    expect((await explained(token)).json()).toMatchObject({ status: 403, code: "ScreenOnly" });
  expect((await explained("see")).statusCode).not.toBe(403);
});

describe("a token that ends", () => {
  const opened = async (token: string) => {
    const url = await boards.app.listen({ host: "127.0.0.1", port: 0 });
    const response = await fetch(`${url}/api/boards/company/stream`, { headers: { cookie: `leadwire=${token}` } });
    const reader = response.body?.getReader();
    if (reader === undefined) throw new Error("no stream");
    await reader.read();
    return { url, reader };
  };

  test("ends its open streams, and opens none any more", async () => {
    const { url, reader } = await opened("see");
    boards.tokens.delete("see");
    await expect(reader.read()).rejects.toThrow();
    const again = await fetch(`${url}/api/boards/company/stream`, { headers: { cookie: "leadwire=see" } });
    expect(again.status).toBe(401);
  });

  test("leaves the streams of others open", async () => {
    const { reader } = await opened("see");
    boards.tokens.delete("edit");
    const next = reader.read().then(() => "ended");
    expect(await Promise.race([next, sleep(200, "open")])).toBe("open");
    await reader.cancel();
  });
});

describe("open to everybody", () => {
  test("boards are seen without a token, and saved with one alone", async () => {
    await boards.close();
    boards = await openBoardsApp(viewer({ name: null }));
    boards.tokens.set("edit", viewer({ canEdit: true }));
    const removed = (token?: string) => asked("/api/boards/none", token, { method: "DELETE", headers: { host: "b" } });
    expect((await asked("/api/boards")).json()).toMatchObject({ canEdit: false, faults: [] });
    expect((await removed()).json()).toMatchObject({ status: 403, code: "ReadOnly" });
    expect((await asked("/api/boards", "edit")).json()).toMatchObject({ canEdit: true });
    // A cookie that is worth nothing is as good as none.
    expect((await asked("/api/boards", "gone")).statusCode).toBe(200);
  });
});

describe("a page of another site", () => {
  const put = (headers: Record<string, string>, token?: string) =>
    asked("/api/boards/company", token, {
      method: "PUT",
      headers: { host: "boards.example", ...headers },
      payload: {},
    });

  test.each([
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
    { origin: "https://evil.example" },
    { origin: "https://boards.example.evil.example" },
    { origin: "null" },
    { origin: "https://boards.example:8443" },
    // No browser says neither; a cookie without either comes from one that hides it.
    {},
  ])("saves nothing with a reader's cookie: %j", async (headers) => {
    expect((await put(headers, "edit")).json()).toMatchObject({ status: 403, code: "ForeignOrigin" });
  });

  test.each([{ "sec-fetch-site": "same-origin" }, { origin: "https://boards.example" }])(
    "is told apart from the board's own: %j",
    async (headers) => {
      expect((await put(headers, "edit")).json()).toMatchObject({ status: 428 });
      expect((await put(headers, "see")).json()).toMatchObject({ status: 403, code: "ReadOnly" });
    },
  );

  test("saves nothing on a machine whose boards are open to whoever uses it", async () => {
    await boards.close();
    boards = await openBoardsApp(viewer({ name: null, canEdit: true }));
    for (const headers of [{ "sec-fetch-site": "cross-site" }, { origin: "http://evil.example" }])
      expect((await put(headers)).json()).toMatchObject({ status: 403, code: "ForeignOrigin" });
    expect((await put({ "sec-fetch-site": "same-origin" })).json()).toMatchObject({ status: 428 });
  });

  test("a program that shows its token needs no origin", async () => {
    expect((await put({ authorization: "Bearer edit" })).json()).toMatchObject({ status: 428 });
  });
});
