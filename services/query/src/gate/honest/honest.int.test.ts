import type { Store } from "@leadwire/store";
import { openTemporaryStore, type TemporaryStore } from "@leadwire/store/testing";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openGate } from "../judge.ts";
import type { Gate } from "../judged.ts";
import { languageQueries } from "./language-queries.ts";
import { startUpQueries } from "./start-up-queries.ts";

let temporary: TemporaryStore;
let store: Store;
let gate: Gate;
beforeAll(async () => {
  temporary = await openTemporaryStore();
  store = temporary.store;
  gate = openGate(store);
});
afterAll(() => temporary.dispose());

/** What the gate, or ClickHouse behind it, has against a statement. */
const objection = async (sql: string): Promise<string | undefined> => {
  const judged = await gate.judge(sql)();
  if (isLeft(judged)) return `${sql}: ${judged.left.message}`;
  const answer = await store.query(judged.right.statement, { as: "analyst" })();
  return isLeft(answer) ? `${sql}: ${answer.left.detail}` : undefined;
};

/** A few at a time, in their own order. */
const objections = async (statements: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const found: (string | undefined)[] = [];
  const queue = statements.entries();
  const worker = async (): Promise<void> => {
    for (const [at, sql] of queue) found[at] = await objection(sql);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  return found.filter((each) => each !== undefined);
};

test("what analysts write runs", async () => {
  expect(await objections(languageQueries)).toEqual([]);
});

test("what clients and BI tools send by themselves runs", async () => {
  expect(await objections(startUpQueries)).toEqual([]);
});

test("parameters of every type are taken as they are sent", async () => {
  const sql = "SELECT {list:Array(String)}, {day:Date}, {n:UInt8} FROM {t:Identifier}";
  const parameters = { list: "['it\\'s', 'b']", day: "2026-01-02", n: "7", t: "leadwire.facts" };
  expect(await gate.judge(sql, { parameters })()).toMatchObject({ right: { tables: ["leadwire.facts"] } });
});

test("tells the statement, its format and what it reads", async () => {
  expect(
    await gate.judge(
      " SELECT owner FROM deals JOIN facts_as_of(as_of = '2026-01-01') AS f USING (owner) FORMAT CSV ; ",
    )(),
  ).toEqual({
    _tag: "Right",
    right: {
      statement: " SELECT owner FROM deals JOIN facts_as_of(as_of = '2026-01-01') AS f USING (owner) FORMAT CSV",
      isSelect: true,
      format: "CSV",
      tables: ["deals", "facts_as_of"],
    },
  });
});

test("what passed once is not judged again, another parameter is", async () => {
  let asked = 0;
  const counted = openGate({
    ...store,
    query: (sql, options) => {
      asked += 1;
      return store.query(sql, options);
    },
  });
  const sql = "SELECT count() FROM {t:Identifier}";
  for (const t of ["facts", "facts", "deals", "facts"]) await counted.judge(sql, { parameters: { t } })();
  expect(asked).toBe(4);
  expect(await counted.judge(sql, { parameters: { t: "system.users" } })()).toMatchObject({ left: { code: 497 } });
});

test("an error tells the position in the statement as it was written", async () => {
  expect(await gate.judge("\n SELECT 1 FRM facts")()).toMatchObject({
    left: { _tag: "Failed", code: 62, message: expect.stringMatching(/position \d+ .*\(line 2, col/) },
  });
});
