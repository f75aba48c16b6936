import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultLimits } from "../embedded/server-files.ts";
import { type EmbeddedStore, openEmbeddedStore } from "../open-store.ts";
import { analystReader, type Reader } from "../reader.ts";

const ana: Reader = { id: "t-0000000a", where: [] };
const bogdan: Reader = { id: "t-0000000b", where: [] };
const limits = {
  reader: {
    ...defaultLimits.reader,
    memoryBytes: 100_000_000,
    resultRows: 1_000,
    resultBytes: 100_000,
    readRows: 50_000_000,
    queries: 2,
    hourly: { ...defaultLimits.reader.hourly, queries: 100 },
  },
};

let directory: string;
let opened: EmbeddedStore;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "leadwire-limits-"));
  const outcome = await openEmbeddedStore({
    directory,
    passwords: { admin: "admin-word", analyst: "analyst-word" },
    limits,
  });
  if (isLeft(outcome)) throw new Error(outcome.left.detail);
  opened = outcome.right;
  const admitted = await opened.store.readers.admit([ana, bogdan])();
  if (isLeft(admitted)) throw new Error(JSON.stringify(admitted.left));
});
afterAll(async () => {
  await opened.stop();
  await rm(directory, { recursive: true, force: true });
});

/** The answer, or the name of the error. */
const ask = async (sql: string, reader = analystReader, address = ""): Promise<string> => {
  const login = opened.store.readers.loginOf(reader);
  if (login === undefined) throw new Error(`${reader.id} was not admitted`);
  const answer = await fetch(`${login.url}/${address}`, { method: "POST", body: sql, headers: login.headers });
  const text = (await answer.text()).trim();
  return /Code: \d+\. DB::Exception: [\s\S]*?\(([A-Z0-9_]+)\)(?: \(version|$)/.exec(text)?.[1] ?? text.slice(0, 200);
};

/** Few rows read, and far more made of them than a second is enough for. */
const endless =
  "SELECT count() FROM numbers(40000) AS a CROSS JOIN numbers(1000000) AS b WHERE NOT ignore(sipHash128(a.number + b.number)) SETTINGS max_execution_time = 1";

const deep = (open: string, close: string, times: number): string =>
  `SELECT ${open.repeat(times)}1${close.repeat(times)}`;

test.each([
  ["too much memory", "SELECT length(groupArray(number)) FROM numbers(40000000)", "MEMORY_LIMIT_EXCEEDED"],
  ["too many rows", "SELECT number FROM numbers(1001)", "TOO_MANY_ROWS_OR_BYTES"],
  ["too wide rows", "SELECT repeat(toString(number), 500) FROM numbers(900)", "TOO_MANY_ROWS_OR_BYTES"],
  ["reading for ever", "SELECT count() FROM system.numbers WHERE number % 7 = 8", "TOO_MANY_ROWS"],
  ["running for long", endless, "TIMEOUT_EXCEEDED"],
  ["waiting", "SELECT sleep(1)", "TOO_SLOW"],
  ["ranges", "SELECT length(range(60000000))", "ARGUMENT_OUT_OF_BOUND"],
  [
    "recursion",
    "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t",
    "TOO_DEEP_RECURSION",
  ],
  ["depth", deep("(", ")", 3_000), "TOO_DEEP_RECURSION"],
  ["subqueries in subqueries", deep("(SELECT ", ")", 60), "TOO_DEEP_RECURSION"],
  ["a long statement", `SELECT '${"x".repeat(300_000)}'`, "SYNTAX_ERROR"],
  ["a wide statement", `SELECT ${Array.from({ length: 60_000 }, () => "1").join()}`, "TOO_BIG_AST"],
])("%s ends with a clear code", async (_what, sql, code) => {
  expect(await ask(sql)).toBe(code);
});

test.each([
  ["max_result_rows = 0", "SETTING_CONSTRAINT_VIOLATION"],
  ["max_result_rows = 1001", "SETTING_CONSTRAINT_VIOLATION"],
  ["max_execution_time = 0", "SETTING_CONSTRAINT_VIOLATION"],
  ["max_execution_time = 61", "SETTING_CONSTRAINT_VIOLATION"],
  ["max_memory_usage = 0", "SETTING_CONSTRAINT_VIOLATION"],
  ["max_threads = 64", "SETTING_CONSTRAINT_VIOLATION"],
  ["readonly = 0", "READONLY"],
  ["readonly = 2", "READONLY"],
  ["allow_ddl = 1", "QUERY_IS_PROHIBITED"],
  ["apply_row_policy_after_final = 0", "READONLY"],
  ["additional_table_filters = {'a': '1'}", "READONLY"],
  ["format_schema = '/etc/passwd'", "READONLY"],
  ["max_result_rows = 10, max_execution_time = 5, max_threads = 1, max_block_size = 100", "1"],
  ["session_timezone = 'Europe/Bucharest', join_use_nulls = 1, output_format_json_quote_64bit_integers = 1", "1"],
  ["max_result_rows = 10, result_overflow_mode = 'break'", "1"],
])("a reader that sets %s: %s", async (settings, outcome) => {
  expect(await ask(`SELECT 1 SETTINGS ${settings}`)).toBe(outcome);
  expect(await ask(`SET ${settings}`)).not.toBe("1");
});

test("what clients send by habit passes", async () => {
  const habits =
    "send_progress_in_http_headers=1&http_headers_progress_interval_ms=1000&cancel_http_readonly_queries_on_client_close=1&wait_end_of_query=1&max_result_rows=100&result_overflow_mode=break&async_insert=0&date_time_output_format=iso&output_format_json_quote_64bit_integers=1&cast_string_to_dynamic_use_inference=1&enable_http_compression=1&extremes=0&readonly=1";
  expect(await ask("SELECT 1", ana, `?${habits}`)).toBe("1");
});

test("more queries at a time than allowed are refused, for that reader alone", async () => {
  const asked = Array.from({ length: 6 }, () => ask(endless, bogdan));
  const other = await ask("SELECT 7", ana);
  const answers = await Promise.all(asked);
  expect(answers.filter((each) => each === "TOO_MANY_SIMULTANEOUS_QUERIES").length).toBeGreaterThan(0);
  expect(answers).toContain("TIMEOUT_EXCEEDED");
  expect(other).toBe("7");
});

test("nothing of others, of the machine or of the server's users is seen", async () => {
  const secrets = [
    "processes",
    "users",
    "grants",
    "quotas",
    "row_policies",
    "settings_profiles",
    "sessions",
    "query_log",
    "stack_trace",
    "server_settings",
    "disks",
    "clusters",
    "macros",
    "merges",
    "errors",
    "dictionaries",
    "zookeeper",
    "user_directories",
    "quotas_usage",
    "settings_changes",
    "metrics",
    "asynchronous_metrics",
  ];
  const answers = await Promise.all(secrets.slice(0, 2).map((name) => ask(`SELECT * FROM system.${name}`, ana)));
  expect(answers).toEqual(["ACCESS_DENIED", "ACCESS_DENIED"]);
  for (const name of secrets)
    expect(await ask(`SELECT * FROM system.${name}`, ana), name).toMatch(/^(ACCESS_DENIED|UNKNOWN_TABLE)$/);
  expect(await ask("SELECT name FROM system.databases WHERE name LIKE '%log%' OR name = 'leadwire'", ana)).toBe(
    "leadwire\nleadwire_log",
  );
});

test("what clients ask of the server itself is answered", async () => {
  const open = ["databases", "tables", "columns", "functions", "table_functions", "data_type_families", "settings"];
  const standard = ["tables", "columns", "schemata", "views", "key_column_usage", "referential_constraints"];
  const asked = [...open.map((name) => `system.${name}`), ...standard.map((name) => `information_schema.${name}`)];
  for (const table of asked) {
    expect(await ask(`SELECT * FROM ${table} LIMIT 1 FORMAT JSONCompact`, ana), table).toContain('"meta"');
  }
});

test("an hour's quota ends what one reader asks, not what another does", async () => {
  const outcomes = new Set<string>();
  for (let asked = 0; asked < 120 && !outcomes.has("QUOTA_EXCEEDED"); asked += 1)
    outcomes.add(await ask("SELECT count() FROM numbers(1)", bogdan));
  expect(outcomes).toEqual(new Set(["1", "QUOTA_EXCEEDED"]));
  expect(await ask("SELECT count() FROM numbers(1)", ana)).toBe("1");
});
