import type { KpiAnswer } from "@leadwire/kpis";
import Fastify, { type FastifyInstance } from "fastify";
import { right } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import type { KpiRequest } from "../engine/engine.ts";
import { answer, fakeEngine } from "../testing/fake-engine.ts";
import type { RowFilter } from "./caller-rows.ts";
import { registerKpis } from "./kpi-route.ts";
import { registerReports } from "./report-route.ts";

/** The last millisecond that is over. */
const lastMs = "2026-03-01T09:00:00.000Z";

/** A company with so many teams, whose numbers are `value`. */
const setUp = (rows: ReadonlyArray<RowFilter> = [], teams = 5) => {
  const app = Fastify();
  const asked: KpiRequest[] = [];
  const company = { value: 1, teams };
  const engine = fakeEngine({
    kpi: async (request) => {
      asked.push(request);
      const { asOf } = request;
      const known = asOf === undefined ? {} : { as_of: asOf };
      const groups = Array.from({ length: company.teams }, (_, team) => ({ team: `t${team}` }));
      return right(groups.map((group): KpiAnswer => ({ ...answer, group, value: company.value, ...known })));
    },
  });
  registerKpis(app, { engine, rowsOf: () => rows, nowMs: () => Date.parse(lastMs) + 1 });
  registerReports(app, engine, () => rows);
  const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
  return { app, get, asked, company, engine };
};

const refused = async (app: FastifyInstance, url: string) => {
  const found = await app.inject({ url });
  expect(found.headers["content-type"]).toContain("application/problem+json");
  return found.json();
};

test("an answer has an ETag over its bytes: who has them is told that they still hold", async () => {
  const { get, company } = setUp();
  const first = await get("/api/kpis/win_rate?window=all");
  const etag = String(first.headers.etag);
  expect([first.statusCode, first.headers["cache-control"]]).toEqual([200, "private, no-cache"]);
  for (const held of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
    const again = await get("/api/kpis/win_rate?window=all", { "if-none-match": held });
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, "", etag]);
  }
  company.value = 2;
  const changed = await get("/api/kpis/win_rate?window=all", { "if-none-match": etag });
  expect(changed.statusCode).toBe(200);
  expect(changed.headers.etag).not.toBe(etag);
  expect((await get("/api/reports/explain", { "if-none-match": "*" })).statusCode).toBe(304);
  expect((await setUp([["team", "North"]]).get("/api/kpis", { "if-none-match": "*" })).statusCode).toBe(304);
});

test("HEAD says the same without the body", async () => {
  const { app, get } = setUp();
  const url = "/api/kpis/win_rate?window=all";
  const [head, whole] = [await app.inject({ method: "HEAD", url }), await get(url)];
  expect([head.statusCode, head.body]).toEqual([200, ""]);
  for (const name of ["etag", "content-length"]) expect(head.headers[name]).toBe(whole.headers[name]);
});

/** Every group, page after page as the Link header leads. */
const walked = async (get: ReturnType<typeof setUp>["get"], url: string) => {
  const pages: string[][] = [];
  for (let next: string | undefined = url; next !== undefined; ) {
    const page = await get(next);
    if (page.statusCode !== 200) return { pages, refused: page };
    pages.push(page.json<ReadonlyArray<KpiAnswer>>().map(({ group }) => group.team ?? ""));
    next = /^<(.+)>; rel="next"$/u.exec(String(page.headers.link ?? ""))?.[1];
  }
  return { pages };
};

test("pages bring every group once, in their order, all of the first page's instant", async () => {
  const { get, asked } = setUp();
  const { pages } = await walked(get, "/api/kpis/win_rate?window=30d&by=team&where=region=a%26b&limit=2");
  expect(pages).toEqual([["t0", "t1"], ["t2", "t3"], ["t4"]]);
  expect(asked.map(({ asOf }) => asOf)).toEqual([lastMs, lastMs, lastMs]);
  expect(asked.map(({ where }) => where)).toEqual(Array(3).fill(["region=a&b"]));
  expect((await walked(get, "/api/kpis/win_rate?window=30d&by=team&limit=5")).pages.length).toBe(1);
});

test("an instant that was asked for is that of all pages", async () => {
  const { get, asked } = setUp();
  await walked(get, "/api/kpis/win_rate?window=30d&by=team&limit=3&as_of=2026-02-01T00:00:00.000Z");
  expect(asked.map(({ asOf }) => asOf)).toEqual(["2026-02-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z"]);
});

test("pages of two answers are never put together", async () => {
  const { get, company } = setUp();
  const first = await get("/api/kpis/win_rate?window=30d&by=team&limit=2");
  const next = /<(.+)>/u.exec(String(first.headers.link))?.[1] ?? "";
  company.value = 2;
  const page = await get(next);
  expect([page.statusCode, page.json()]).toMatchObject([
    409,
    { code: "AnswerChanged", type: "/problems/answer-changed" },
  ]);
  company.value = 1;
  expect((await get(next)).statusCode).toBe(200);
});

test("a cursor of another question, of nobody, or without its limit is refused", async () => {
  const { app, get } = setUp();
  const first = await get("/api/kpis/win_rate?window=30d&by=team&limit=2");
  const cursor = new URLSearchParams(String(first.headers.link)).get("cursor")?.replace(/>.*/u, "") ?? "";
  for (const other of ["window=90d&by=team", "window=30d&by=region", "window=30d&by=team&where=region=a"])
    expect((await refused(app, `/api/kpis/win_rate?${other}&limit=2&cursor=${cursor}`)).detail).toContain(
      "another question",
    );
  for (const made of [
    "nonsense",
    Buffer.from('[1,"x",-1,"",""]').toString("base64url"),
    Buffer.from("[2]").toString("base64url"),
  ])
    expect((await refused(app, `/api/kpis/win_rate?window=30d&limit=2&cursor=${made}`)).detail).toContain("no cursor");
  expect((await refused(app, `/api/kpis/win_rate?window=30d&cursor=${cursor}`)).detail).toContain("limit");
  for (const limit of ["0", "-1", "1.5", "10001", "ten", "1&limit=2"])
    expect((await refused(app, `/api/kpis/win_rate?window=30d&limit=${limit}`)).status).toBe(400);
});

test("a token of some rows asks for those, in pages too, and for none of others", async () => {
  const { get, asked } = setUp([["team", "North"]]);
  const { pages } = await walked(get, "/api/kpis/win_rate?window=30d&by=team&where=region=East&limit=3");
  expect(pages.flat().length).toBe(5);
  expect(asked.map(({ where }) => where)).toEqual(Array(2).fill(["region=East", "team=North"]));
  await get("/api/kpis/win_rate?window=30d&where=team=South");
  expect(asked.at(-1)?.where).toEqual(["team=South", "team=North"]);
});

test("a cursor of one token is none of another's", async () => {
  const first = await setUp([["team", "North"]]).get("/api/kpis/win_rate?window=30d&by=region&limit=2");
  const cursor = /cursor=([\w-]+)/u.exec(String(first.headers.link))?.[1];
  const south = await setUp([["team", "South"]]).get(
    `/api/kpis/win_rate?window=30d&by=region&limit=2&cursor=${cursor}`,
  );
  expect([south.statusCode, south.json().detail]).toMatchObject([400, expect.stringContaining("another question")]);
});

test("a token of some rows is told why there is no answer for it", async () => {
  const { app, asked } = setUp([["team", "North"]]);
  expect(await refused(app, "/api/kpis/cac?window=30d")).toMatchObject({ status: 403, code: "OtherRows" });
  expect(await refused(app, "/api/reports/quality")).toMatchObject({ status: 403, code: "OtherRows" });
  const several = setUp([
    ["team", "North"],
    ["team", "South"],
  ]);
  const { detail, code } = await refused(several.app, "/api/kpis/win_rate?window=30d");
  expect([code, detail]).toEqual(["ChooseRows", expect.stringContaining("team = North or South")]);
  expect(detail).toContain("where=team%3DNorth");
  expect(asked).toEqual([]);
});

test("reports of a token of some rows are held to them, and its list of metrics tells no targets", async () => {
  const { get, engine } = setUp([["team", "North"]]);
  await get("/api/reports/explain?metric=sales&window=all&where=region=East");
  const args = { metric: "sales", window: "all", where: ["region=East", "team=North"] };
  expect(engine.calls.at(-1)).toBe(`report ${JSON.stringify(["explain", args])}`);
  const { metrics } = (await get("/api/kpis?metric=sales")).json();
  expect(metrics).toMatchObject([{ metric: "sales", targets: [] }]);
  expect(engine.calls.some((call) => call.includes("metrics"))).toBe(false);
});

test.each([
  ["/api/kpis/win_rate?window=30d&windw=7d", ["window"]],
  ["/api/kpis/win_rate?window=30d&groupby=team", undefined],
])("%s: what may have been meant is said", async (url, meant) => {
  const problem = await refused(setUp().app, url);
  expect([problem.code, problem.type, problem.did_you_mean]).toEqual(["BadQuery", "/problems/bad-query", meant]);
});
