import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { AccessGranted } from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CliContext } from "../cli/context.ts";
import { type HostedEngine, hostEngine } from "../cli/host-engine.ts";
import { embeddedDeployment } from "../deployment/deployment.ts";
import { grantRecord } from "./access-grants.ts";
import { newToken } from "./access-token.ts";

const folder = mkdtempSync(join(tmpdir(), "leadwire-sql-tokens-"));
const context: CliContext = {
  terminal: { out: async () => undefined, note: () => undefined, redraw: () => undefined, live: false },
  cwd: folder,
  pid: process.pid,
  nowMs: () => Date.now(),
  randomHex: (bytes) => "0b".repeat(bytes),
  stopping: () => new AbortController().signal,
  exit: (code) => {
    throw new Error(`exit ${code}`);
  },
};

const events = ["North", "North", "South"].map((team, index) => ({
  type: "lead-created",
  event_id: `e${index}`,
  occurred_at: "2026-03-02T08:00:00Z",
  source_system: "crm",
  lead_id: `L${index}`,
  team,
}));

const grantFor = (number: number, can: ReadonlyArray<string>, where: ReadonlyArray<string> = []) => {
  const { id, token, sha256 } = newToken((bytes) => number.toString(16).padStart(2, "0").repeat(bytes));
  const grant: AccessGranted = {
    ...{ token_id: id, name: "ana", sha256, can, boards: [], where, tv: null },
    ...{ created_at: 0, expires_at: null, revoked_at: null },
  };
  return { token, grant };
};
/** All made at once: an embedded ClickHouse pauses for new ones. */
const [all, north, viewing, both, leaving] = [
  grantFor(1, ["sql"]),
  grantFor(2, ["sql"], ["team=North"]),
  grantFor(3, ["view"]),
  grantFor(4, ["view", "sql"]),
  grantFor(5, ["sql"]),
];

let hosted: HostedEngine;
beforeAll(async () => {
  const deployment = { ...embeddedDeployment, wallboard: { access: "login" as const } };
  const opened = await hostEngine(context, {
    dataDir: join(folder, "data"),
    config: { workspace: defaultWorkspace, deployment },
    port: { _tag: "any" },
    page: { boardsFolder: join(folder, "boards") },
  });
  if (opened === undefined) throw new Error("somebody else owns a fresh folder");
  hosted = opened;
  const sent = await fetch(`${hosted.url}/v1/events`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(events),
  });
  expect(await sent.json()).toMatchObject({ accepted: 3 });
  await hosted.engine.append([all, north, viewing, both, leaving].map(({ grant }) => grantRecord(grant)));
  await hosted.engine.settle();
  // What is asked before ClickHouse knows the token waits; before we have read of it, it is refused.
  while ((await clickHouse("SELECT 1", leaving.token)).status !== 200) await sleep(20);
});
afterAll(async () => {
  await hosted.close();
  rmSync(folder, { recursive: true });
});

const clickHouse = (sql: string, token?: string): Promise<Response> =>
  fetch(hosted.url, {
    method: "POST",
    body: sql,
    headers: token === undefined ? {} : { "x-clickhouse-user": "anybody", "x-clickhouse-key": token },
  });

const fromConsole = (body: object, headers: Record<string, string>): Promise<Response> =>
  fetch(`${hosted.url}/api/sql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

const teams = "SELECT team, count() FROM facts WHERE kind = 'lead_created' GROUP BY team ORDER BY team";
const slow = "SELECT max(sipHash64(toString(number))) FROM numbers(4000000000)";

describe("a ClickHouse client at the address of a running engine", () => {
  test("is asked for a token where the config wants a login, and `/` stays the page of browsers", async () => {
    expect((await clickHouse("SELECT 1")).status).toBe(401);
    const page = await fetch(`${hosted.url}/`, { redirect: "manual", headers: { accept: "text/html" } });
    expect([page.status, page.headers.get("location")]).toEqual([303, "/login?next=%2F"]);
    expect(await (await fetch(`${hosted.url}/ping`)).text()).toBe("Ok.\n");
  });

  test("sees all rows with a token for SQL, those of its filter with a filtered one, and none with one for boards", async () => {
    expect(await (await clickHouse(teams, all.token)).text()).toBe("North\t2\nSouth\t1\n");
    expect(await (await clickHouse(teams, north.token)).text()).toBe("North\t2\n");
    expect((await clickHouse("SELECT count() FROM slices", north.token)).status).toBe(403);
    expect((await clickHouse("SELECT 1", viewing.token)).status).toBe(403);
    expect((await fetch(`${hosted.url}/api/boards`, bearer(viewing.token))).status).toBe(200);
    expect((await fetch(`${hosted.url}/api/boards`, bearer(all.token))).status).toBe(401);
  });

  test("is told with a token for some rows nothing that counts the rows of others", async () => {
    const count = "SELECT count() AS n FROM facts WHERE kind = 'lead_created' FORMAT";
    const read = async (format: string, token: string) => {
      const found = await clickHouse(`${count} ${format}`, token);
      const summary: unknown = JSON.parse(found.headers.get("x-clickhouse-summary") ?? "{}");
      return { summary, text: await found.text() };
    };
    const zeros = { summary: { read_rows: "0", read_bytes: "0", total_rows_to_read: "0" } };
    for (const format of ["JSON", "XML", "JSONEachRowWithProgress"]) {
      expect((await read(format, all.token)).text).toMatch(/rows_read|"read_rows"/);
      const mine = await read(format, north.token);
      expect(mine).toMatchObject(zeros);
      expect(mine.text).toMatch(/\D2\D/);
      expect(mine.text).not.toMatch(/rows_read|progress|statistics/);
    }
    const { token } = north;
    for (const sql of [`EXPLAIN ${count} JSON`, `EXPLAIN PIPELINE ${count} JSON`, `EXPLAIN ESTIMATE ${count} JSON`]) {
      expect(await (await clickHouse(sql, token)).text()).toMatch(/^Code: 497\..*(?:size of tables|large)/s);
    }
    const loud = await clickHouse(`${count} JSON SETTINGS output_format_write_statistics = 1`, token);
    expect(await loud.text()).toMatch(/^Code: 497\./);
    const packed = await fetch(`${hosted.url}/?compress=1`, {
      method: "POST",
      body: `${count} JSONEachRowWithProgress`,
      headers: { "x-clickhouse-key": token },
    });
    expect(await packed.text()).toMatch(/^Code: 497\..*not packed/);
  });

  test("is refused once its token is taken back, and what it asked is cut; numbers are answered meanwhile", async () => {
    const waiting = clickHouse(slow, leaving.token);
    const kpi = await fetch(`${hosted.url}/api/kpis/new_leads?window=all`, bearer(both.token));
    expect([kpi.status, await kpi.json()]).toMatchObject([200, [{ value: 3 }]]);
    await hosted.engine.append([grantRecord({ ...leaving.grant, revoked_at: 1 })]);
    expect(await (await waiting).text()).toMatch(/^Code: 516\. .*taken back/s);
    expect((await clickHouse("SELECT 1", leaving.token)).status).toBe(403);
  });
});

const bearer = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } });

describe("/api/sql", () => {
  test("answers with parameters and its cost, says where a statement is wrong, and streams where asked to", async () => {
    const { token } = all;
    const headers = { authorization: `Bearer ${token}` };
    const sql = "SELECT {team:String} AS team, {days:Array(UInt8)} AS days";
    const parameters = { team: "O'Hare\t\\", days: [1, 2] };
    const found = await fromConsole({ sql, parameters, format: "JSONEachRow", query_id: "mine" }, headers);
    expect(await found.json()).toEqual({ team: "O'Hare\t\\", days: [1, 2] });
    expect(JSON.parse(found.headers.get("x-leadwire-query-cost") ?? "{}")).toMatchObject({ result_rows: 1 });
    expect(found.headers.get("x-clickhouse-query-id")).toBe("mine");
    const wrong = await fromConsole({ sql: "\n SELECT 1,\n  ELSE 1" }, headers);
    expect([wrong.status, await wrong.json()]).toMatchObject([
      422,
      { code: "SYNTAX_ERROR", clickhouse_code: 62, line: 3 },
    ]);
    const stream = await fromConsole({ sql: "SELECT number FROM numbers(3)", format: "CSV", stream: true }, headers);
    expect(await stream.text()).toBe('"number"\n0\n1\n2\n');
    expect((await fromConsole({ sql: 1 }, headers)).status).toBe(400);
  });

  test("takes the login of the page from the page alone, and cancels what runs", async () => {
    const cookie = { cookie: `leadwire=${both.token}` };
    const own = { ...cookie, "sec-fetch-site": "same-origin" };
    expect((await fromConsole({ sql: "SELECT 1" }, own)).status).toBe(200);
    expect((await fromConsole({ sql: "SELECT 1" }, cookie)).status).toBe(401);
    expect((await fromConsole({ sql: "SELECT 1" }, { ...cookie, "sec-fetch-site": "cross-site" })).status).toBe(403);
    const waiting = fromConsole({ sql: slow, query_id: "q1" }, own);
    const cancel = () => fetch(`${hosted.url}/api/sql/q1`, { method: "DELETE", headers: own });
    await expect.poll(async () => (await cancel()).status, { timeout: 10_000 }).toBe(204);
    expect(await (await waiting).json()).toMatchObject({ code: "QUERY_WAS_CANCELLED" });
    expect((await cancel()).status).toBe(404);
  });
});
