import type { Store } from "@leadwire/store";
import { openWatchedStore, type WatchedStore } from "@leadwire/store/testing";
import fc from "fast-check";
import { isLeft, isRight } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allowedFormats, formatRefusal } from "../format-rules.ts";
import { allowedFunctions, combinators, functionRefusal } from "../function-rules.ts";
import { refusedFunctions } from "../functions/refused-functions.ts";
import { openGate } from "../judge.ts";
import { allowedSettings } from "../setting-rules.ts";
import { tableFunctionRefusal, tableRefusal } from "../table-rules.ts";
import { anyStatement, neverCalled, neverRead } from "./statement-grammar.ts";

/** More by hand: LEADWIRE_GATE_FUZZ=20000, with another seed in LEADWIRE_GATE_FUZZ_SEED. */
const cases = Number(process.env.LEADWIRE_GATE_FUZZ ?? 400);
const seed = Number(process.env.LEADWIRE_GATE_FUZZ_SEED ?? 8);

let watched: WatchedStore;
let store: Store;
beforeAll(async () => {
  watched = await openWatchedStore();
  store = watched.store;
});
afterAll(() => watched.dispose());

const names = async (sql: string): Promise<ReadonlyArray<string>> => {
  const rows = await store.rows(sql)();
  if (isLeft(rows)) throw new Error(`${sql}: ${rows.left._tag}`);
  return rows.right.map(([name]) => String(name));
};

/** Of the protocol, and no setting. */
const ofProtocol = "wait_end_of_query";

/** Made by the parser, in no list of the engine. */
const syntax = new Set(["lambda", "exists", "grouping", "untuple"]);

test("every function of the engine was looked at", async () => {
  const engine = await names("SELECT name FROM system.functions ORDER BY name");
  const looked = new Set([...allowedFunctions, ...refusedFunctions.flatMap(([, list]) => list)]);
  expect(engine.filter((name) => !looked.has(name))).toEqual([]);
  expect([...looked].filter((name) => !engine.includes(name) && !syntax.has(name))).toEqual([]);
  // Names are compared in lower case: none that was refused may pass in another case.
  expect(engine.filter((name) => functionRefusal(name) === undefined && !allowedFunctions.includes(name))).toEqual([]);
});

test("lists of combinators, formats and settings name what the engine has", async () => {
  const inEngine = await names("SELECT name FROM system.aggregate_function_combinators");
  expect(inEngine.filter((name) => !combinators.includes(name))).toEqual([]);
  const formats = await names("SELECT name FROM system.formats WHERE is_output");
  expect(allowedFormats.filter((name) => !formats.includes(name))).toEqual([]);
  const settings = await names("SELECT name FROM system.settings");
  expect(allowedSettings.filter((name) => name !== ofProtocol && !settings.includes(name))).toEqual([]);
});

/** The columns of the query's own log that say what it touched. */
const columns = [
  "query",
  "tables",
  "used_functions",
  "used_aggregate_functions",
  "used_table_functions",
  "used_formats",
  "used_dictionaries",
] as const;

/** What the views read that the grammar lets pass. */
const behindViews: ReadonlySet<string> = new Set(["leadwire_g_0a1b2c.facts_latest"]);
const madeByFunction = "_table_function.";

const offList = (row: ReadonlyArray<unknown>): ReadonlyArray<string> => {
  const [, tables, functions, aggregates, tableFunctions, formats, dictionaries] = row as ReadonlyArray<
    ReadonlyArray<string>
  >;
  return [
    ...(functions ?? []).filter((name) => neverCalled.has(name)),
    ...[...(tables ?? []), ...(tableFunctions ?? [])].filter((name) => neverRead.test(name)),
    ...(tables ?? [])
      .filter((name) => !behindViews.has(name) && !name.startsWith(madeByFunction))
      .filter((name) => tableRefusal(name.replaceAll("`", ""), "") !== undefined),
    ...[...(functions ?? []), ...(aggregates ?? [])].filter((name) => functionRefusal(name) !== undefined),
    ...(tableFunctions ?? []).filter((name) => tableFunctionRefusal(name) !== undefined),
    ...(formats ?? []).filter((name) => formatRefusal(name) !== undefined),
    ...(dictionaries ?? []),
  ];
};

const run = async (statements: ReadonlyArray<string>): Promise<void> => {
  const queue = statements.values();
  const worker = async (): Promise<void> => {
    for (const sql of queue) await store.query(sql, { as: "analyst", settings: { max_execution_time: 5 } })();
  };
  await Promise.all(Array.from({ length: 4 }, worker));
};

test("the query's own log shows what a statement touches that no gate held back", async () => {
  const sql = "SELECT file('/etc/hostname'), 'x' IN leadwire_log.events FROM generateRandom('a UInt8') LIMIT 1";
  await run([sql]);
  const row = (await watched.logged(columns)).find(([query]) => query === sql);
  expect(new Set(offList(row ?? []))).toEqual(
    new Set(["file", "generateRandom", "_table_function.generateRandom", "leadwire_log.events"]),
  );
});

test("what passes the gate touches nothing that is not on its lists", async () => {
  const gate = openGate(store);
  const statements = fc.sample(anyStatement, { seed, numRuns: cases });
  const passed: string[] = [];
  const refusals = new Set<string>();
  for (const sql of statements) {
    const judged = await gate.judge(sql)();
    if (isRight(judged)) passed.push(judged.right.statement);
    else refusals.add(judged.left._tag);
    expect(isLeft(judged) && judged.left._tag === "Unavailable").toBe(false);
  }
  await run(passed);
  const ran = new Set(passed);
  const rows = (await watched.logged(columns)).filter(([query]) => ran.has(String(query)));
  expect(rows.flatMap((row) => offList(row).map((name) => `${name}: ${String(row[0])}`))).toEqual([]);
  // The grammar is worth something: it makes much that passes and is run, and much that is refused.
  expect(passed.length).toBeGreaterThan(cases / 10);
  expect(cases - passed.length).toBeGreaterThan(cases / 10);
  expect(rows.length).toBeGreaterThan(cases / 20);
});
