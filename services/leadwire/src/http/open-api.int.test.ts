import { openApiDocument } from "@leadwire/api";
import { createLeadwireClient, kpiPages, type Schemas } from "@leadwire/api/client";
import { findStatistic, type KpiAnswer } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { isRight } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HostedCompany, hostCompany } from "../testing/hosted-company.ts";

let company: HostedCompany;
beforeAll(async () => {
  company = await hostCompany();
});
afterAll(async () => company.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${company.url}${path}`, { headers });

/** In answers of ours nothing stands that the document does not tell of, though clients have to bear it. */
const closed = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const inside = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return "properties" in schema && !("additionalProperties" in schema)
    ? { ...inside, additionalProperties: false }
    : inside;
};

const document = openApiDocument(catalogue);
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema({ $id: "leadwire", components: closed(document.components) });

const textOf = (schema: unknown): string => JSON.stringify(closed(schema)).replaceAll('"#/', '"leadwire#/');
const validators = new Map<string, ValidateFunction>();

/** What stands against an answer by its operation's schema; empty where it is as the document says. */
const faultsOf = async (path: string, documented: string, posted?: object): Promise<string> => {
  const headers = { "content-type": "application/json" };
  const response = await (posted === undefined
    ? get(path)
    : fetch(`${company.url}${path}`, { method: "POST", headers, body: JSON.stringify(posted) }));
  const operation = document.paths[documented]?.[posted === undefined ? "get" : "post"];
  const answer = Object(operation?.responses)[response.status];
  const type = response.headers.get("content-type")?.split(";")[0] ?? "";
  const schema = Object(answer?.content)[type]?.schema;
  if (schema === undefined) return `${response.status} ${type} of ${documented} is not told of`;
  const known = `${documented} ${response.status}`;
  const validate = validators.get(known) ?? ajv.compile(JSON.parse(textOf(schema)));
  validators.set(known, validate);
  return validate(await response.json()) ? "" : `${path}: ${ajv.errorsText(validate.errors)}`;
};

/** Pages, and what speaks other protocols: for people, for the command line, for ClickHouse's clients. */
const notForPrograms =
  /^\/(?:$|boards\/|show\/|sql(?:$|\/)|assets\/|images\/|login$|logout$|tv\/|internal\/|replicas_status$)/u;

describe("the document", () => {
  test("tells of every route there is, and of none that there is not", () => {
    const served = [...company.routes].filter((route) => {
      const [method = "", url = ""] = route.split(" ");
      return !["HEAD", "OPTIONS"].includes(method) && !notForPrograms.test(url);
    });
    const told = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(told.sort()).toEqual(served.sort());
  });

  test("is served to whoever asks, with an ETag", async () => {
    const found = await get("/api/openapi.json");
    expect(await found.json()).toEqual(JSON.parse(JSON.stringify(document)));
    const etag = found.headers.get("etag") ?? "";
    expect((await get("/api/openapi.json", { "if-none-match": etag })).status).toBe(304);
  });

  test.each([
    ["/api/kpis?lang=ro", "/api/kpis"],
    ["/api/kpis/sales?window=month&compare=year&by=team", "/api/kpis/{metric}"],
    ["/api/kpis/sales?window=all&as_of=2020-01-01", "/api/kpis/{metric}"],
    ["/api/kpis/sale?window=all", "/api/kpis/{metric}"],
    ["/api/reports/funnel?window=all", "/api/reports/{name}"],
    ["/api/reports/wishes", "/api/reports/{name}"],
    ["/api/catalogue?lang=pl", "/api/catalogue"],
    ["/api/boards", "/api/boards"],
    ["/api/slideshows", "/api/slideshows"],
    ["/api/boards/nowhere", "/api/boards/{id}"],
    ["/api/sql/schema", "/api/sql/schema"],
    ["/api/queries", "/api/queries"],
    ["/healthz", "/healthz"],
    ["/readyz", "/readyz"],
  ])("%s answers as it says", async (path, documented) => {
    expect(await faultsOf(path, documented)).toBe("");
  });

  test.each([
    [{ sql: "SELECT {one:UInt8}", parameters: { one: 1 }, stream: true }],
    [{ sql: "SELECT\n  nope" }],
    [{ sql: "SELEC 1" }],
    [{ sql: "SELECT file('/etc/passwd')" }],
    [{}],
  ])("%j in SQL is answered as it says", async (posted) => {
    expect(await faultsOf("/api/sql", "/api/sql", posted)).toBe("");
  });

  test("every metric answers as it says", async () => {
    const names = [...catalogue.metrics.keys(), "lead_response_time.p90"];
    const asked = names.map((name) => `/api/kpis/${name}?window=30d`);
    const faults = await Promise.all(asked.map((path) => faultsOf(path, "/api/kpis/{metric}")));
    expect(faults.filter((fault) => fault !== "")).toEqual([]);
  });

  test("every board with its tiles, and what stands behind them, answers as it says", async () => {
    const client = createLeadwireClient({ baseUrl: company.url });
    const list = await client.get("/api/boards");
    if (!isRight(list)) throw new Error("no boards");
    const faults: string[] = [];
    for (const { id } of list.right.data.boards) {
      faults.push(await faultsOf(`/api/boards/${id}`, "/api/boards/{id}"));
      faults.push(await faultsOf(`/api/boards/${id}/snapshot`, "/api/boards/{id}/snapshot"));
      const board = await client.get("/api/boards/{id}", { path: { id } });
      const tiles = isRight(board) ? board.right.data.tiles : [];
      for (const tile of tiles.filter(({ type }) => type === "number"))
        faults.push(
          await faultsOf(`/api/boards/${id}/tiles/${tile.id}/explain?limit=5`, "/api/boards/{id}/tiles/{tile}/explain"),
        );
    }
    expect(faults.length).toBeGreaterThan(10);
    expect(faults.filter((fault) => fault !== "")).toEqual([]);
  });
});

describe("the client", () => {
  test("brings a metric's groups page by page, all of one instant, while events come in", async () => {
    const client = createLeadwireClient({ baseUrl: company.url, keptAnswersMax: 10 });
    const asked = { window: "all", by: ["rep", "channel"] };
    const paged: Schemas["KpiAnswer"][] = [];
    let pages = 0;
    for await (const page of kpiPages(client, "sales", { ...asked, limit: 1 })) {
      if (!isRight(page)) throw new Error(JSON.stringify(page));
      paged.push(...page.right);
      // Before, among and behind the groups that are there.
      await company.win(["aaron", "bob", "zoe"][pages % 3] ?? "");
      pages += 1;
    }
    const instants = [...new Set(paged.map(({ as_of }) => as_of))];
    expect([pages, instants.length]).toEqual([paged.length, 1]);
    const query = { ...asked, as_of: instants[0] ?? "" };
    const whole = await client.get("/api/kpis/{metric}", { path: { metric: "sales" }, query });
    expect(whole).toMatchObject({ _tag: "Right", right: { data: paged } });
    const now = await client.get("/api/kpis/{metric}", { path: { metric: "sales" }, query: asked });
    expect(isRight(now) && now.right.data.length).toBeGreaterThan(paged.length);
    expect(paged.length).toBeGreaterThan(2);
  });
});

describe("a token of some rows", () => {
  /** Once the engine has heard of it. */
  const tokenOf = async (...where: ReadonlyArray<string>) => {
    const headers = { authorization: `Bearer ${await company.sqlToken(where)}` };
    await expect.poll(async () => (await get("/api/kpis/sales?window=all", headers)).status).toBe(200);
    return headers;
  };

  test("reads of every metric what belongs to its rows, or is refused", async () => {
    const headers = await tokenOf("team=north");
    const at = new Date().toISOString();
    const inFull = new Set(["win_rate", "sales", "pipeline_value", "lead_response_time"]);
    const told = async (response: Response) =>
      ((await response.json()) as ReadonlyArray<KpiAnswer>).map(({ group, value }) => [group, value]);
    const held = async (name: string): Promise<void> => {
      const found = findStatistic(catalogue, name);
      const hasTeam = isRight(found) && found.right.statistic.dimensions.includes("team");
      // The same instant for both: between two readings of `now` an age goes on.
      const question = `/api/kpis/${name}?window=90d&by=team&at=${at}`;
      const own = await get(question, headers);
      expect([name, own.status]).toEqual([name, hasTeam ? 200 : 403]);
      if (!hasTeam) return;
      const numbers = await told(own);
      expect(numbers.every(([group]) => Object(group).team === "north")).toBe(true);
      if (inFull.has(name))
        expect([name, numbers]).toEqual([name, await told(await get(`${question}&where=team=north`))]);
    };
    await Promise.all([...catalogue.metrics.keys()].map(held));
  });

  test("reads nothing of others, and nothing that tells of the whole company", async () => {
    const headers = await tokenOf("team=north");
    const salesOf = async (shown: Record<string, string>) => {
      const response = await get("/api/kpis/sales?window=all&where=team=south", shown);
      return ((await response.json()) as ReadonlyArray<KpiAnswer>)[0]?.value;
    };
    expect([await salesOf(headers), await salesOf({})]).toEqual([0, expect.toSatisfy((sales) => sales > 0)]);
    for (const report of ["quality", "targets", "restatements?since=2020-01-01", "alerts", "alert-deliveries"])
      expect([report, (await get(`/api/reports/${report}`, headers)).status]).toEqual([report, 403]);
    for (const path of ["/api/boards", "/api/slideshows"]) expect((await get(path, headers)).status).toBe(401);
    expect((await get("/api/reports/funnel?window=all", headers)).status).toBe(200);
  });
});
