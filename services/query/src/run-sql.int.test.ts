import { count, dealsLost, dealsWon, metric, metricViews, ratio } from "@leadwire/kpis";
import { createGeneration, kpiSource, type Store, serveGeneration } from "@leadwire/store";
import { openTemporaryStore, type TemporaryStore, testGeneration } from "@leadwire/store/testing";
import { isLeft, isRight } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runSql, type SqlOptions } from "./run-sql.ts";

let temporary: TemporaryStore;
let store: Store;
beforeAll(async () => {
  temporary = await openTemporaryStore();
  store = temporary.store;
});
afterAll(() => temporary.dispose());

const text = async (sql: string, options: SqlOptions = {}): Promise<string> => {
  const answer = await runSql(store, sql, options)();
  return isLeft(answer) ? `${answer.left._tag}: ${answer.left.message}` : answer.right.toString();
};

test("shows a table to people and what was asked for to machines", async () => {
  expect(await text("SELECT 'ana' AS rep, 3 AS won")).toContain("│ ana │   3 │");
  expect(await text("SELECT 'ana' AS rep, 3 AS won", { format: "CSVWithNames" })).toBe('"rep","won"\n"ana",3\n');
  expect(await text("SELECT 1 AS a FORMAT JSONEachRow")).toBe('{"a":1}\n');
});

test("finds the views without their database", async () => {
  expect(await text("SELECT count() FROM facts", { format: "TSV" })).toBe("0\n");
  expect(await text("SHOW TABLES", { format: "TSV" })).toContain("deals\n");
  expect(await text("DESCRIBE leads", { format: "TSV" })).toContain("response_s");
});

test("shows no more rows of a table than asked for", async () => {
  expect(await text("SELECT number FROM numbers(100)", { maxRows: 5 })).toContain("Showed 5");
});

test.each([
  ["SELECT 1; SELECT 2", "Refused: One statement at a time: remove what follows the first semicolon."],
  ["SELECT file('/etc/passwd')", "Refused: The function file is not allowed: it reads or writes files of the server."],
  [
    "INSERT INTO facts VALUES (1)",
    "Refused: Only statements that read are allowed: this one changes data or tables (found INSERT).",
  ],
  [
    "SELECT * FROM merge('leadwire_log', '.*')",
    "Refused: The table function merge is not allowed: it reads what is no view: npx leadwire sql --schema lists the views.",
  ],
  ["  ; ", 'Refused: There is no statement: npx leadwire sql "SELECT 1".'],
])("refuses %s", async (sql, expected) => {
  expect(await text(sql)).toBe(expected);
});

test.each([
  ["SELCT 1", "Failed: Syntax error: failed at position 1 (SELCT)."],
  ["SHOW TABELS", "Failed: Syntax error: failed at position 6 (TABELS)."],
  [
    "SELECT * FROM leadz",
    "Failed: Unknown table expression identifier 'leadz'. Maybe you meant leadwire.leads? npx leadwire sql --schema lists the views.",
  ],
])("says where %s is mistyped", async (sql, expected) => {
  expect(await text(sql)).toBe(expected);
});

test("an error says what is wrong, without a version or a stack", async () => {
  const message = await text("SELECT nonsense FROM leads");
  expect(message).toMatch(/^Failed: Unknown expression identifier `nonsense`/);
  expect(message).not.toMatch(/version|Stack trace|DB::/);
});

test("a statement after a semicolon is never run", async () => {
  await text("SELECT 1; DROP TABLE leadwire.facts");
  expect(isRight(await store.rows("SELECT count() FROM leadwire.facts")())).toBe(true);
});

test("the tables of a generation are not for asking, only its views", async () => {
  await createGeneration(store, "other")();
  expect(await text("SELECT * FROM leadwire_g_other.facts_latest")).toMatch(/is not one of the views/);
});

test("a KPI query over the empty facts answers nothing", async () => {
  const measure = {
    id: "won",
    kind: "deal_closed",
    outcomes: ["won"],
    value: "amountMinor",
    binned: false,
    level: false,
    placedBy: "at",
    dimensions: ["owner"],
  } as const;
  const query = {
    measure,
    fromMs: 0,
    toMs: null,
    upToMs: 1_800_000_000_000,
    by: ["owner"],
    where: [["team", "it's"]],
    want: "sums",
  } as const;
  expect(await kpiSource(store).partials(query)).toEqual([]);
});

test("a metric's view is asked like a table, with its window", async () => {
  const words: readonly [string, string] = ["Win share", "Won among won and lost"];
  const views = metricViews(
    metric({
      id: "win_share",
      version: 1,
      better: "higher",
      value: { unit: "ratio", formula: ratio(count(dealsWon), count(dealsWon, dealsLost)) },
      nullRule: "Null where no deal was closed.",
      example: "One won of two: 0.5.",
      misleads: "On few deals.",
      beside: [],
      texts: { en: words, ro: words, pl: words, ru: words, "zh-Hant": words },
    }),
  );
  expect(await serveGeneration(store, testGeneration, "UTC", views)()).toMatchObject({ _tag: "Right" });
  const asked =
    "SELECT * FROM kpi_win_share(by = 'owner', since = '2026-01-01', until = '2026-02-01', at = '2026-02-01')";
  expect(await text(asked, { format: "CSVWithNames" })).toBe('"group_value","numerator","denominator","value"\n');
  expect(await text(asked.replace("kpi_", "leadwire.kpi_"), { format: "TSV" })).toBe("");
});

test("the facts as of a time are asked like a function", async () => {
  const asked = "SELECT count() FROM facts_as_of(as_of = '2026-04-01 00:00:00')";
  expect(await text(asked, { format: "TSV" })).toBe("0\n");
  const ofKind = "leadwire.facts_of_kind_as_of(kind = 'deal_closed', as_of = '2026-04-01 00:00:00')";
  expect(await text(`SELECT count() FROM ${ofKind}`, { format: "TSV" })).toBe("0\n");
});
