import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { guardApp } from "../access/access-guard.ts";
import type { SqlAsker, Viewer } from "../access/board-access.ts";
import { registerLogin } from "../access/login-routes.ts";
import { viewer } from "../testing/boards-app.ts";
import type { ConsoleView } from "./console-schema.ts";
import { registerConsole } from "./register-console.ts";

const viewers = new Map<string, Viewer>([
  ["edit", viewer({ canEdit: true })],
  ["see", viewer()],
  ["look", viewer()],
]);
const asks = (where: SqlAsker["where"] = []): SqlAsker => ({ name: "ana", where, expiresMs: null });
const askers = new Map<string, SqlAsker>([
  ["edit", asks()],
  ["see", asks()],
  ["north", asks([["team", "North"]])],
]);
const view = (name: string): ConsoleView => ({ name, layer: "facts", comment: "", parameters: [], columns: [] });

let folder: string;
let app: FastifyInstance;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "leadwire-queries-")), "queries");
  app = fastify();
  const access = {
    anyone: null,
    viewerOf: (token: string) => viewers.get(token),
    askerOf: (token: string) => askers.get(token),
  };
  guardApp(app, { access, passes: [] });
  registerLogin(app, { access, nowMs: () => 0 });
  registerConsole(app, {
    queriesFolder: folder,
    schema: {
      timeZone: "Europe/Bucharest",
      functions: ["count"],
      views: ["facts", "ledger"].map(view),
      companyViews: ["ledger"],
    },
  });
  app.get("/sql", () => "the console");
  app.get("/api/boards", () => "boards");
});
afterEach(async () => {
  await app.close();
  rmSync(join(folder, ".."), { recursive: true });
});

type Method = "GET" | "PUT" | "DELETE";
const asked = (
  method: Method,
  url: string,
  token: string,
  options: { readonly body?: object; readonly match?: string } = {},
) =>
  app.inject({
    method,
    url,
    headers: {
      authorization: `Bearer ${token}`,
      ...(options.match === undefined
        ? {}
        : options.match === "none"
          ? { "if-none-match": "*" }
          : { "if-match": options.match }),
    },
    ...(options.body === undefined ? {} : { payload: options.body }),
  });
const body = { title: "Won", sql: "SELECT 1", chart: { kind: "bar", x: "a", y: "b", series: null } };

describe("a saved query", () => {
  test("is a file that every tool reads, and is there for whoever may ask", async () => {
    const made = await asked("PUT", "/api/queries/won", "edit", { body, match: "none" });
    expect([made.statusCode, readFileSync(join(folder, "won.sql"), "utf8")]).toEqual([
      201,
      "-- title: Won\n-- chart: bar x=a y=b\nSELECT 1\n",
    ]);
    const read = await asked("GET", "/api/queries/won", "north");
    expect(read.json()).toEqual({ name: "won", description: "", ...body });
    expect(read.headers.etag).toBe(made.headers.etag);
    expect((await asked("GET", "/api/queries", "see")).json()).toEqual({
      queries: [{ name: "won", title: "Won", description: "" }],
      canEdit: false,
    });
  });

  test("is saved over, and taken away, only as whoever does it has seen it", async () => {
    const { headers } = await asked("PUT", "/api/queries/won", "edit", { body, match: "none" });
    const seen = String(headers.etag);
    expect((await asked("PUT", "/api/queries/won", "edit", { body, match: "none" })).statusCode).toBe(412);
    expect((await asked("PUT", "/api/queries/won", "edit", { body })).statusCode).toBe(428);
    expect(
      (await asked("PUT", "/api/queries/won", "edit", { body: { ...body, sql: "SELECT 2" }, match: seen })).statusCode,
    ).toBe(200);
    expect((await asked("DELETE", "/api/queries/won", "edit", { match: seen })).json()).toMatchObject({
      code: "Changed",
    });
    expect((await asked("DELETE", "/api/queries/won", "edit", { match: "*" })).statusCode).toBe(204);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each(["..%2fsecret", "%2e%2e%2fsecret", ".hidden", "a%00b", "a%2fb", "x".repeat(61), "a.sql"])(
    "%s names no file",
    async (name) => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "..", "secret.sql"), "SELECT 'secret'");
      for (const method of ["GET", "PUT", "DELETE"] as const) {
        const { statusCode } = await asked(method, `/api/queries/${name}`, "edit", {
          ...(method === "PUT" ? { body } : {}),
          match: "none",
        });
        expect([400, 404]).toContain(statusCode);
      }
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  test.each([[{}], [{ sql: "" }], [{ sql: 1 }], [{ sql: "SELECT 1", chart: { kind: "pie", x: "a", y: "b" } }], [[]]])(
    "is not made of %j",
    async (odd) => {
      expect((await asked("PUT", "/api/queries/odd", "edit", { body: odd, match: "none" })).json()).toMatchObject({
        code: "BadBody",
      });
    },
  );

  test("that somebody put there by hand is one at once, and a link that leads nowhere harms nobody", async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "by-hand.sql"), "\uFEFF-- title: By hand\r\nSELECT 3\r\n");
    symlinkSync("/nowhere", join(folder, "gone.sql"));
    mkdirSync(join(folder, "folder.sql"));
    expect((await asked("GET", "/api/queries", "see")).json().queries).toEqual([
      { name: "by-hand", title: "By hand", description: "" },
    ]);
    expect((await asked("GET", "/api/queries/by-hand", "see")).json()).toMatchObject({ sql: "SELECT 3", chart: null });
  });
});

describe("whoever", () => {
  test("may ask and sees no board has the console, and nothing else", async () => {
    for (const url of ["/sql", "/api/queries", "/api/sql/schema"])
      expect((await asked("GET", url, "north")).statusCode).toBe(200);
    expect((await asked("GET", "/api/boards", "north")).statusCode).toBe(401);
    expect((await asked("PUT", "/api/queries/won", "north", { body, match: "none" })).json()).toMatchObject({
      code: "ReadOnly",
    });
    const login = await app.inject({
      method: "POST",
      url: "/login",
      headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
      payload: "token=north&next=%2Fboards%2Fcompany",
    });
    expect([login.statusCode, login.headers.location]).toEqual([303, "/sql"]);
  });

  test("sees some rows alone is told which, and not shown what holds the whole company", async () => {
    const schemaOf = async (token: string) => (await asked("GET", "/api/sql/schema", token)).json();
    const named = ({ views }: { views: ReadonlyArray<ConsoleView> }) => views.map(({ name }) => name);
    const north = await schemaOf("north");
    expect([north.where, named(north), north.canEdit]).toEqual([[["team", "North"]], ["facts"], false]);
    const whole = await schemaOf("edit");
    expect([whole.where, named(whole), whole.canEdit]).toEqual([[], ["facts", "ledger"], true]);
    expect(whole).not.toHaveProperty("companyViews");
  });

  test("may see boards and not ask opens the page, and is told whom to ask for what", async () => {
    expect((await asked("GET", "/sql", "look")).statusCode).toBe(200);
    for (const url of ["/api/queries", "/api/queries/won", "/api/sql/schema"]) {
      const refused = await asked("GET", url, "look");
      expect([refused.statusCode, refused.json().detail]).toEqual([403, expect.stringContaining("--can sql")]);
    }
    expect((await asked("GET", "/sql", "nobody")).headers.location).toBe("/login?next=%2Fsql");
  });
});
