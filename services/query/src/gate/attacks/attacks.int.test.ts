import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  connectStore,
  createGeneration,
  defaultLimits,
  doorHeader,
  doorSecret,
  type EmbeddedServer,
  migrate,
  type Reader,
  type Store,
  serveGeneration,
  startEmbeddedServer,
} from "@leadwire/store";
import { isLeft, isRight } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openGate } from "../judge.ts";
import type { JudgeOptions } from "../judged.ts";
import type { Judgement } from "../judgement.ts";
import { attackSets } from "./all-attacks.ts";
import { parameterAttacks } from "./parameter-attacks.ts";

const passwords = { admin: "engine-word-7d1f", analyst: "analyst-word-93ac" };
const north: Reader = { id: "t-north", where: [["team", "North"]] };
const generation = "0a1b2c";

let directory: string;
let server: EmbeddedServer;
let store: Store;

/** Small limits: whatever would take all there is ends soon. */
const limits = {
  reader: { ...defaultLimits.reader, memoryBytes: 30_000_000, seconds: 1, resultRows: 10_000, resultBytes: 20_000_000 },
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "leadwire-attacks-"));
  const started = await startEmbeddedServer({ directory, passwords, limits });
  if (isLeft(started)) throw new Error(started.left.detail);
  server = started.right;
  store = connectStore({
    url: server.url,
    users: {
      engine: { name: "leadwire", password: passwords.admin },
      analyst: { name: "analyst", password: passwords.analyst },
    },
    headers: { [doorHeader]: doorSecret(passwords) },
    embedded: server,
  });
  const made = [migrate(store), createGeneration(store, generation), serveGeneration(store, generation, "UTC")];
  for (const step of [...made, store.readers.admit([north])]) expect(isRight(await step())).toBe(true);
});
afterAll(async () => {
  await store.close();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

/** What no answer and no error may tell. */
const secrets = (): ReadonlyArray<string> => [
  directory,
  doorSecret(passwords),
  ...Object.values(passwords).flatMap((word) => [word, createHash("sha256").update(word).digest("hex")]),
  store.readers.loginOf(north)?.headers["X-ClickHouse-Key"] ?? "",
  "root:x:0:0",
  "Stack trace",
];

const told = (text: string): ReadonlyArray<string> => secrets().filter((secret) => text.includes(secret));

/** A few at a time, as many as a reader may ask at once. */
const eachOf = async <Item, Found>(
  items: ReadonlyArray<Item>,
  ask: (item: Item) => Promise<ReadonlyArray<Found>>,
): Promise<ReadonlyArray<Found>> => {
  const found: Found[] = [];
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) found.push(...(await ask(item)));
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  return found;
};

/** Sends a statement as a reader, past the gate: ClickHouse's own wall alone. */
const answered = async (reader: Reader, sql: string): Promise<{ readonly ok: boolean; readonly text: string }> => {
  const login = store.readers.loginOf(reader);
  if (login === undefined) throw new Error(`${reader.id} was not admitted`);
  const answer = await fetch(`${login.url}/?database=leadwire&wait_end_of_query=1`, {
    method: "POST",
    body: sql,
    headers: login.headers,
  });
  return { ok: answer.ok, text: await answer.text() };
};

const analyst: Reader = { id: "analyst", where: [] };
const all = attackSets.flatMap(({ name, both, gate, limits: ended }) =>
  [...both, ...gate, ...ended].map((sql) => ({ name, sql })),
);
const short = (sql: string): string => sql.slice(0, 120);

test("there are more than 300 different attacks", () => {
  expect(new Set(all.map(({ sql }) => sql)).size).toBeGreaterThan(300);
  expect(new Set(all.map(({ sql }) => sql)).size).toBe(all.length);
});

/** Refused by a rule of the gate, not by ClickHouse, in the run through both walls. */
const refusedByRule = new Set<string>();

/** A refusal has to help whoever meant well, and to tell nothing else. */
const reasonless = (sql: string, { message, code }: Judgement): ReadonlyArray<string> => [
  ...(message.length < 20 || code === 0 ? [`no reason: ${short(sql)}: ${message}`] : []),
  ...told(message).map((secret) => `told ${secret}: ${short(sql)}`),
];

test("nothing gets through both walls", async () => {
  const gate = openGate(store);
  const passed = await eachOf(all, async ({ sql }) => {
    const judged = await gate.judge(sql)();
    if (isLeft(judged)) {
      if (judged.left._tag === "Refused") refusedByRule.add(sql);
      return reasonless(sql, judged.left);
    }
    const { ok, text } = await answered(analyst, judged.right.statement);
    return ok ? [`answered: ${short(sql)}`] : told(text).map((secret) => `told ${secret}: ${short(sql)}`);
  });
  expect(passed).toEqual([]);
  // The server that was attacked is the one that was started.
  expect(await answered(analyst, "SELECT count() FROM facts")).toEqual({ ok: true, text: "0\n" });
});

test("the gate alone stops all but what takes too much, and says why", async () => {
  // What the gate's own rules refused above they refuse to anybody. The rest is judged for the engine's own user, whom
  // ClickHouse refuses nothing.
  const gate = openGate({ ...store, query: (sql, options) => store.query(sql, { ...options, as: "engine" }) });
  const stopped: ReadonlyArray<readonly [string, JudgeOptions]> = [
    ...attackSets.flatMap(({ both, gate: own }) => [...both, ...own]).map((sql) => [sql, {}] as const),
    ...parameterAttacks.map(([sql, parameters]) => [sql, { parameters }] as const),
  ];
  const passed = await eachOf(
    stopped.filter(([sql, { parameters }]) => parameters !== undefined || !refusedByRule.has(sql)),
    async ([sql, options]) => {
      const judged = await gate.judge(sql, options)();
      if (isRight(judged)) return [`passed: ${short(sql)}`];
      return reasonless(sql, judged.left);
    },
  );
  expect(passed).toEqual([]);
});

test("ClickHouse alone stops all but what is known to be left to the gate", async () => {
  const passed = await eachOf(
    attackSets.flatMap(({ both }) => both),
    async (sql) => {
      const { ok, text } = await answered(analyst, sql);
      if (ok) return [`answered: ${short(sql)}`];
      return told(text).map((secret) => `told ${secret}: ${short(sql)}`);
    },
  );
  expect(passed).toEqual([]);
});

test("a reader of some rows is stopped by ClickHouse wherever one of all rows is", async () => {
  const sets = attackSets.filter(({ name }) => ["system tables", "settings", "dictionaries"].includes(name));
  const passed = await eachOf(
    sets.flatMap(({ both }) => both),
    async (sql) => ((await answered(north, sql)).ok ? [short(sql)] : []),
  );
  expect(passed).toEqual([]);
});
