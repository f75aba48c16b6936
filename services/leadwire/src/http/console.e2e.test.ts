import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { openTemporaryStore, type TemporaryStore } from "@leadwire/store/testing";
import { registerConsole, type SqlAsker } from "@leadwire/wallboard";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Browser,
  launchBrowser,
  openWatched,
  type Page,
  type WatchedPage,
} from "../../../wallboard/src/testing/browser.ts";
import { type DemoServer, startDemoServer } from "../../../wallboard/src/testing/demo-server.ts";
import { violations } from "../../../wallboard/src/testing/violations.ts";
import { AccessBook } from "../access/access-book.ts";
import { type OpenSql, openSql } from "../services/open-sql.ts";
import { consoleSchema } from "./console-schema.ts";

/** Kept for whoever looks at the page after a run; no test reads them. */
const screens = fileURLToPath(new URL("../../../../artefacts/screens/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "leadwire-console-"));

let temporary: TemporaryStore;
let sql: OpenSql;
let server: DemoServer;
let browser: Browser;
let watched: WatchedPage;
let page: Page;
/** Whoever asks; a test gives them a filter, or takes the right away. */
const anyone: { asks: SqlAsker | null } = { asks: { name: null, where: [], expiresMs: null } };

const openPage = async (path: string): Promise<WatchedPage> => {
  const opened = await openWatched(browser, { viewport: { width: 1_280, height: 800 }, reducedMotion: "reduce" });
  await opened.page.goto(`${server.url}${path}`);
  await opened.page.locator(".cm-content").waitFor();
  return opened;
};

beforeAll(async () => {
  mkdirSync(screens, { recursive: true });
  [browser, temporary] = await Promise.all([launchBrowser(), openTemporaryStore()]);
  sql = await openSql({
    store: temporary.store,
    grants: { book: new AccessBook(), onGrant: () => undefined, stop: async () => undefined },
    deployment: { listen: { host: "127.0.0.1" } },
    apiToken: undefined,
    nowMs: Date.now,
    randomHex: (bytes) => Array.from({ length: bytes }, (_, index) => (index % 10).toString().repeat(2)).join(""),
    onNotice: () => undefined,
  });
  server = await startDemoServer({
    access: {
      anyone: { name: null, canEdit: true, boards: [], tv: null, expiresMs: null },
      viewerOf: () => undefined,
      get anyoneAsks() {
        return anyone.asks;
      },
    },
    also: (app) => {
      sql.registerRoutes(app);
      registerConsole(app, {
        queriesFolder: join(folder, "queries"),
        schema: consoleSchema(catalogue, defaultWorkspace),
      });
    },
  });
  watched = await openPage("/sql");
  page = watched.page;
}, 60_000);
afterAll(async () => {
  await browser.close();
  await server.close();
  await sql.stop();
  await temporary.dispose();
  rmSync(folder, { recursive: true });
});

/** On a busy machine everything takes longer. */
const soon = { timeout: 20_000 };
const button = (name: string) => page.getByRole("button", { name, exact: true });
const status = () => page.locator(".sql-status").textContent();

/** Takes the place of what stands in the editor, as somebody who pastes it does. */
const write = async (statement: string): Promise<void> => {
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(statement);
};
const run = async (statement: string): Promise<void> => {
  await write(statement);
  await page.keyboard.press("Control+Enter");
};
const cell = (row: number, column: number) => page.locator(`[data-at="${row} ${column}"]`);

describe("a statement", () => {
  test("is completed from the schema while it is typed, with the columns of the view that it asks", async () => {
    await write("SELECT  FROM fact_hist");
    await page.locator(".cm-tooltip-autocomplete li", { hasText: "fact_history" }).first().click();
    for (let step = 0; step < " FROM fact_history".length; step++) await page.keyboard.press("ArrowLeft");
    await page.keyboard.type("amo");
    await page.locator(".cm-tooltip-autocomplete li", { hasText: "amount_minor" }).first().click();
    await expect
      .poll(() => page.locator(".cm-content").textContent(), soon)
      .toBe("SELECT amount_minor FROM fact_history");
    await page.keyboard.press("Control+Enter");
    await expect.poll(status, soon).toMatch(/^0 rows · /u);
  });

  test("shows its first rows while the rest comes, and stays fluid at 100,000 of them", async () => {
    await run("SELECT number AS n, if(number = 1, NULL, toString(number)) AS name FROM numbers(250000)");
    await expect.poll(status, soon).toMatch(/100,000 rows · .* read .*Stopped at 100,000 rows/u);
    expect(await page.getByRole("grid").getAttribute("aria-rowcount")).toBe("100001");
    expect(await page.locator(".sql-body .sql-row").count()).toBeLessThan(100);
    expect(await cell(1, 1).textContent()).toBe("NULL");
    await cell(0, 0).click();
    await page.keyboard.press("Control+End");
    await expect.poll(() => cell(99_999, 1).textContent(), soon).toBe("99999");
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowUp");
    for (const _ of ["up", "down"]) await page.keyboard.press("Enter");
    await expect.poll(() => cell(0, 0).textContent(), soon).toBe("99999");
    expect(await page.getByRole("columnheader").first().getAttribute("aria-sort")).toBe("descending");
  });

  test("is cancelled at the server, too", async () => {
    const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/api/sql"));
    await run("SELECT max(sipHash64(toString(number))) FROM numbers(4000000000)");
    const { query_id: id } = (await sent).postDataJSON();
    await expect.poll(status, soon).toContain("Running");
    await page.keyboard.press("Escape");
    await expect.poll(status, soon).toContain("Cancelled");
    const cancelAgain = async (): Promise<number> =>
      (await fetch(`${server.url}/api/sql/${String(id)}`, { method: "DELETE" })).status;
    await expect.poll(cancelAgain, soon).toBe(404);
  });

  test("that fails says why, with the place marked, and one key leads there", async () => {
    await run("SELECT 1;\n\nSELECT kind,\n  ownr\nFROM facts");
    await page.locator(".sql-failure").waitFor();
    expect(await page.locator(".sql-failure p").textContent()).toContain("ownr");
    expect(await page.locator(".cm-error-place").textContent()).toBe("ownr");
    await button("Go to line 4, column 3").click();
    await page.keyboard.insertText("owner, ");
    await expect.poll(() => page.locator(".cm-content").textContent(), soon).toContain("owner, ownr");
  });

  test("is asked with what its places are filled in with", async () => {
    await write("SELECT {days:UInt8} * 2 AS twice");
    await page.locator(".sql-parameters input").fill("21");
    await page.keyboard.press("Enter");
    await expect.poll(() => cell(0, 0).textContent(), soon).toBe("42");
  });
});

const byTeam = "SELECT ['North', 'South', 'West'][number + 1] AS team, number * 10 AS won FROM numbers(3)";

describe("an answer", () => {
  test("becomes the chart that it suggests, is saved for everybody, and opened without being run", async () => {
    await run(byTeam);
    await button("Chart").click();
    await expect.poll(() => page.locator(".sql-chart .row").count(), soon).toBe(3);
    await page.locator(".sql-picks").getByLabel("Kind").selectOption("line");
    await page.locator(".sql-chart .chart-line").waitFor();
    await button("Save").click();
    await page.getByLabel("Title").fill("Won by team");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await expect.poll(() => new URL(page.url()).pathname, soon).toBe("/sql/won-by-team");
    expect(readFileSync(join(folder, "queries", "won-by-team.sql"), "utf8")).toBe(
      `-- title: Won by team\n-- chart: line x=team y=won\n${byTeam}\n`,
    );
    await button("Share").click();
    await expect.poll(() => page.url(), soon).toContain("#q=");
    const asked: string[] = [];
    const { page: other, complaints } = await openWatched(browser);
    other.on("request", (request) => void asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await other.goto(page.url());
    await expect.poll(() => other.locator(".cm-content").textContent(), soon).toBe(byTeam);
    await other.locator(".sql-side").getByText("facts", { exact: true }).waitFor();
    expect(asked).not.toContain("POST /api/sql");
    expect(complaints).toEqual([]);
    await other.context().close();
  });

  test("is taken away whole, as CSV and as Parquet", async () => {
    await run("SELECT number AS n, concat('r', toString(number)) AS name FROM numbers(120000)");
    await expect.poll(status, soon).toContain("Stopped");
    const take = async (form: string): Promise<Buffer> => {
      await button("Download").click();
      const [download] = await Promise.all([page.waitForEvent("download"), button(form).click()]);
      return readFileSync(await download.path());
    };
    const lines = (await take("CSV")).toString().trimEnd().split("\n");
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([120_001, '"n","name"', '119999,"r119999"']);
    // Read back by ClickHouse itself.
    const { url, users, headers = {} } = temporary.address;
    const { name, password } = users.engine;
    const ask = async (query: string, body: Buffer = Buffer.alloc(0)): Promise<string> => {
      const login = { ...headers, "x-clickhouse-user": name, "x-clickhouse-key": password };
      const asked = `${url}/?query=${encodeURIComponent(query)}`;
      return (await fetch(asked, { method: "POST", headers: login, body: new Uint8Array(body) })).text();
    };
    await ask("CREATE TABLE leadwire_log.taken (n UInt64, name String) ENGINE = ReplacingMergeTree ORDER BY n");
    expect(await ask("INSERT INTO leadwire_log.taken FORMAT Parquet", await take("Parquet"))).toBe("");
    expect(await ask("SELECT count(), sum(n), max(name) FROM leadwire_log.taken")).toBe("120000\t7199940000\tr99999\n");
    await ask("DROP TABLE leadwire_log.taken");
  });
});

test("axe finds nothing in any theme, table or chart, and the browser complains of nothing", async () => {
  await run(byTeam);
  await page.getByRole("tab", { name: "History" }).click();
  for (const [theme, view] of [
    ["light", "Table"],
    ["dark", "Chart"],
    ["contrast", "Table"],
  ] as const) {
    await page.locator("html").evaluate((html, worn) => html.setAttribute("data-theme", worn), theme);
    await button(view).click();
    await page.screenshot({ path: `${screens}console-${theme}.png` });
    expect({ theme, found: await violations(page) }).toEqual({ theme, found: [] });
  }
  // What the server refused on purpose, and a query that had ended before it was told to.
  expect(watched.complaints.filter((text) => !/status of (?:404|422)/u.test(text))).toEqual([]);
});

test("whoever sees some rows alone is told which, and whoever may not ask is told whom to ask", async () => {
  anyone.asks = { name: "ana", where: [["team", "North"]], expiresMs: null };
  await page.reload();
  await expect.poll(() => page.locator(".sql-filter").textContent(), soon).toBe("You see team = North");
  anyone.asks = null;
  await page.reload();
  await expect
    .poll(() => page.locator(".sql-refusal").textContent(), soon)
    .toContain("npx leadwire tokens create NAME --can sql");
});
