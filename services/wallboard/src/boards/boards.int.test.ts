import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BoardDefinition } from "../board/board-definition.ts";
import { type BoardsApp, openBoardsApp, viewer } from "../testing/boards-app.ts";

let boards: BoardsApp;
beforeEach(async () => {
  boards = await openBoardsApp(null);
  boards.tokens.set("see", viewer());
  boards.tokens.set("edit", viewer({ name: "bogdan", canEdit: true }));
  boards.tokens.set("floor", viewer({ boards: ["team-floor"], canEdit: true }));
});
afterEach(() => boards.close());

const asked = (
  method: "GET" | "PUT" | "DELETE",
  url: string,
  { token = "edit", body, ...headers }: { token?: string; body?: unknown; [header: string]: unknown } = {},
) =>
  boards.app.inject({
    method,
    url,
    headers: { cookie: `leadwire=${token}`, "sec-fetch-site": "same-origin", ...(headers as Record<string, string>) },
    ...(body === undefined ? {} : { payload: body as object }),
  });

const company = async (): Promise<{ board: BoardDefinition; etag: string }> => {
  const found = await asked("GET", "/api/boards/company");
  return { board: found.json(), etag: String(found.headers.etag) };
};

describe("boards", () => {
  test("are listed with their titles; what is wrong with a file is told to those who can mend it", async () => {
    mkdirSync(boards.folder, { recursive: true });
    writeFileSync(join(boards.folder, "odd.yaml"), "tiles: [{ id: a, type: numbr, at: 1/1 1x1 }]");
    await boards.shelf.refresh();
    const list = (await asked("GET", "/api/boards")).json();
    expect(list).toMatchObject({ canEdit: true, faults: [{ file: "odd.yaml" }] });
    expect(list.boards[0]).toEqual({ id: "company", title: "Company", builtIn: true });
    expect((await asked("GET", "/api/boards", { token: "see" })).json()).toMatchObject({ canEdit: false, faults: [] });
  });

  test("what was read can be saved as it is, changed, and read again from its file", async () => {
    const { board, etag } = await company();
    const body = { ...board, title: "Wir & <b>us</b>" };
    const saved = await asked("PUT", "/api/boards/company", { body, "if-match": etag });
    expect([saved.statusCode, saved.json()]).toEqual([200, body]);
    expect(readFileSync(join(boards.folder, "company.yaml"), "utf8")).toContain("title: Wir & <b>us</b>");
    const read = await asked("GET", "/api/boards/company");
    expect([read.headers.etag, read.json()]).toEqual([saved.headers.etag, body]);
    expect(read.headers.etag).not.toBe(etag);
  });

  test("who saves over a change of another is told whose it was, and changes nothing", async () => {
    const { board, etag } = await company();
    const save = (title: string) =>
      asked("PUT", "/api/boards/company", { body: { ...board, title }, "if-match": etag });
    const first = await save("First");
    const second = await save("Second");
    expect(second.statusCode).toBe(412);
    expect(second.json()).toMatchObject({
      code: "Changed",
      saved_by: "bogdan",
      saved_at: "2026-03-02T00:00:00.000Z",
      etag: first.headers.etag,
    });
    expect((await company()).board.title).toBe("First");
    writeFileSync(join(boards.folder, "company.yaml"), "title: By hand");
    const third = (
      await asked("PUT", "/api/boards/company", { body: board, "if-match": String(first.headers.etag) })
    ).json();
    expect([third.code, third.saved_by, third.detail]).toEqual([
      "Changed",
      undefined,
      expect.stringContaining("in its file"),
    ]);
  });

  test("a new one is made once, under the name in the address", async () => {
    const { board } = await company();
    const make = () => asked("PUT", "/api/boards/panou-ș", { body: board, "if-none-match": "*" });
    const made = await make();
    expect([made.statusCode, made.json().id]).toEqual([201, "panou-ș"]);
    expect((await make()).statusCode).toBe(412);
    expect((await asked("PUT", "/api/boards/other", { body: board })).json().code).toBe("NoPrecondition");
    const etag = String(made.headers.etag);
    expect((await asked("DELETE", "/api/boards/panou-ș", { "if-match": '"other"' })).statusCode).toBe(412);
    expect((await asked("DELETE", "/api/boards/panou-ș", { "if-match": etag })).statusCode).toBe(204);
    expect((await asked("GET", "/api/boards/panou-ș")).statusCode).toBe(404);
    expect((await asked("DELETE", "/api/boards/company", { "if-match": "*" })).json().code).toBe("BuiltIn");
  });

  test.each(["../x", "..%2f..%2fx", ".hidden", "slideshows", "a%00b", "%252e%252e", "CON.", "a.yaml"])(
    "no name leads out of the folder: %s",
    async (id) => {
      const { board } = await company();
      const made = await asked("PUT", `/api/boards/${id}`, { body: board, "if-none-match": "*" });
      expect([400, 404]).toContain(made.statusCode);
      expect(boards.shelf.boards().size).toBe(3);
    },
  );

  test("a token for some boards saves those alone", async () => {
    const { board, etag } = await company();
    const own = boards.shelf.boards().get("team-floor");
    const save = (id: string, match: string) =>
      asked("PUT", `/api/boards/${id}`, { token: "floor", body: { ...board, id }, "if-match": match });
    expect((await save("company", etag)).statusCode).toBe(404);
    expect((await save("team-floor", own?.etag ?? "")).statusCode).toBe(200);
    expect(boards.shelf.boards().get("company")?.builtIn).toBe(true);
  });

  test("a board that no file can say is refused with every reason", async () => {
    const { board, etag } = await company();
    const [tile] = board.tiles;
    const twice = await asked("PUT", "/api/boards/company", {
      body: { ...board, tiles: [tile, tile, { ...tile, id: "c", metric: "win_rat" }] },
      "if-match": etag,
    });
    expect([twice.statusCode, twice.json().code, twice.json().reasons.length]).toEqual([422, "Refused", 3]);
    expect(boards.shelf.boards().get("company")?.builtIn).toBe(true);
  });

  test.each([
    [null, "Expected a board"],
    [[], "Expected a board"],
    [{ title: 1 }, "title: expected a text, found 1."],
    [{ tiles: [{ type: "numbr" }] }, "tiles[0].type: expected one of number, gauge"],
    [{ tiles: [{ type: "__proto__" }] }, "tiles[0].type: expected one of"],
    [{ tiles: [{ type: "text", id: "a" }] }, "tiles[0]: expected the key place, found none."],
    [{ tiles: [{ type: "text", id: "a", onclick: "x" }] }, 'tiles[0]: there is no key "onclick".'],
    [{ tiles: [{ type: "funnel", where: [["team"]] }] }, "tiles[0].where: expected a list of filters"],
  ])("a body that is no board is refused: %j", async (body, reason) => {
    const refused = await asked("PUT", "/api/boards/company", {
      body: JSON.stringify(body),
      "if-match": "*",
      "content-type": "application/json",
    });
    expect([refused.statusCode, refused.json().code]).toEqual([400, "BadBody"]);
    expect(refused.json().detail).toContain(reason);
  });

  test("a body that is too large, or nothing that can be read, is refused", async () => {
    const put = (body: string, type = "application/json") =>
      asked("PUT", "/api/boards/company", { body, "if-match": "*", "content-type": type });
    expect((await put(JSON.stringify({ title: "x".repeat(1_100_000) }))).statusCode).toBe(413);
    expect((await put("{")).statusCode).toBe(400);
    expect((await put("title: x", "application/yaml")).statusCode).toBe(415);
    expect((await put('{"__proto__": {"a": 1}}')).statusCode).toBe(400);
  });

  test("a folder that cannot be written is told with the fix", async () => {
    const { board, etag } = await company();
    // In the place of the folder there is a file, which nobody can write into: not even root.
    writeFileSync(boards.folder, "");
    const refused = await asked("PUT", "/api/boards/company", { body: board, "if-match": etag });
    expect(refused.json()).toMatchObject({
      status: 500,
      code: "NotWritten",
      detail: expect.stringContaining("boards/"),
    });
    expect(refused.body).not.toContain(boards.folder);
  });
});

describe("images", () => {
  const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
  beforeEach(() => {
    mkdirSync(join(boards.folder, "images", "below"), { recursive: true });
    const put = (name: string, bytes: Buffer | string) => writeFileSync(join(boards.folder, "images", name), bytes);
    put("logo.png", png);
    put("team photo.jpg", Buffer.from("ffd8ffe000104a464946", "hex"));
    put("a.gif", "GIF89a…");
    put("a.webp", "RIFF\0\0\0\0WEBPVP8 ");
    put("a.avif", "\0\0\0\x1cftypavif");
    put("drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
    put("page.png", "<!doctype html><script>alert(1)</script>");
    put(".hidden.png", png);
    put("huge.png", Buffer.concat([png, Buffer.alloc(10 * 1_048_576)]));
    writeFileSync(join(boards.folder, "secret.png"), png);
  });

  test.each([
    ["logo.png", "image/png"],
    ["team%20photo.jpg", "image/jpeg"],
    ["a.gif", "image/gif"],
    ["a.webp", "image/webp"],
    ["a.avif", "image/avif"],
  ])("%s is shown as %s, and as nothing else", async (file, type) => {
    const found = await asked("GET", `/images/${file}`);
    expect([found.statusCode, found.headers["content-type"]]).toEqual([200, type]);
    expect(found.headers["x-content-type-options"]).toBe("nosniff");
    expect(found.headers["content-security-policy"]).toContain("sandbox");
    const again = await asked("GET", `/images/${file}`, { "if-none-match": String(found.headers.etag) });
    expect([again.statusCode, again.body]).toEqual([304, ""]);
  });

  test.each([
    "drawing.svg",
    "page.png",
    "none.png",
    "below",
    "huge.png",
    ".hidden.png",
    "..%2fsecret.png",
    "%2e%2e%2fsecret.png",
    "..%5csecret.png",
    "below%2f..%2f..%2fsecret.png",
    "logo.png%00.jpg",
    "%2fetc%2fpasswd",
  ])("%s is not shown", async (file) => {
    expect((await asked("GET", `/images/${file}`)).statusCode).toBe(404);
  });

  test("a link to a file elsewhere shows a picture, and nothing else", async () => {
    symlinkSync("/etc/passwd", join(boards.folder, "images", "passwd.png"));
    expect((await asked("GET", "/images/passwd.png")).statusCode).toBe(404);
  });

  test("a token for some boards sees the pictures on those alone", async () => {
    const floor = boards.shelf.boards().get("team-floor");
    if (floor === undefined) throw new Error("no board");
    const tile = {
      id: "logo",
      type: "image",
      place: { column: 0, row: 20, columns: 2, rows: 2 },
      file: "logo.png",
      alt: "",
    };
    const body = { ...floor.board, tiles: [...floor.board.tiles, tile] };
    const seen = async (file: string) => (await asked("GET", `/images/${file}`, { token: "floor" })).statusCode;
    expect(await seen("logo.png")).toBe(404);
    expect((await asked("PUT", "/api/boards/team-floor", { body, "if-match": floor.etag })).statusCode).toBe(200);
    expect([await seen("logo.png"), await seen("a.gif")]).toEqual([200, 404]);
  });
});

describe("the catalogue", () => {
  test.each([
    ["?lang=ro", undefined, "ro"],
    ["?lang=zh-TW", undefined, "zh-Hant"],
    ["", "pl-PL,en;q=0.5", "pl"],
    ["?lang=<script>", undefined, "en"],
  ])("is told in the reader's language: %s", async (query, accepted, lang) => {
    const headers = accepted === undefined ? {} : { "accept-language": accepted };
    const { lang: told, metrics } = (await asked("GET", `/api/catalogue${query}`, headers)).json();
    expect(told).toBe(lang);
    expect(metrics.length).toBeGreaterThan(30);
  });

  test("says what each number is, and what it can be asked for", async () => {
    const { metrics } = (await asked("GET", "/api/catalogue?lang=en")).json();
    const of = (id: string) => metrics.find(({ metric }: { metric: string }) => metric === id);
    expect(of("win_rate")).toMatchObject({ name: "Win rate", unit: "ratio", better: "higher", level: false });
    expect(of("win_rate").windows).toContain("30d");
    expect(of("lead_response_time.p90")).toMatchObject({ statistic: "p90", unit: "s", better: "lower" });
    expect(of("pipeline_value")).toMatchObject({ level: true, windows: ["now"] });
    expect(of("win_rate").dimensions).toContain("team");
  });
});
