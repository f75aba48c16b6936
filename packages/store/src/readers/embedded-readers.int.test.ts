import { setTimeout as sleep } from "node:timers/promises";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clusterLayout, type StoreLayout, singleLayout } from "../model/layout.ts";
import { dropPolicy, dropReader, makeReader, quotaStatements } from "../model/readers/reader-statements.ts";
import { analystReader, type Reader } from "../reader.ts";
import { faultText } from "../store-fault.ts";
import { type BreakableStore, openBreakableStore, testGeneration } from "../testing/temporary-store.ts";
import { readerUser, sha256 } from "./reader-user.ts";

const ana: Reader = { id: "t-0000000a", where: [] };
const north: Reader = { id: "t-0000000b", where: [["team", "North"]] };

let temporary: BreakableStore;
beforeAll(async () => {
  temporary = await openBreakableStore();
});
afterAll(() => temporary.dispose());

const admit = async (...readers: ReadonlyArray<Reader>): Promise<void> => {
  const outcome = await temporary.store.readers.admit(readers)();
  if (isLeft(outcome)) throw new Error(JSON.stringify(outcome.left));
};

const askWith = async (login: { url: string; headers: Readonly<Record<string, string>> }, sql: string) => {
  const answer = await fetch(login.url, { method: "POST", body: sql, headers: login.headers });
  return { ok: answer.ok, text: (await answer.text()).trim() };
};

const ask = async (reader: Reader, sql: string) => {
  const login = temporary.store.readers.loginOf(reader);
  if (login === undefined) throw new Error(`${reader.id} has no login`);
  const leave = await temporary.store.readers.enter();
  return askWith(login, sql).finally(leave);
};

test("who was admitted logs in; who is no longer among them does not, not even with their former login", async () => {
  expect(temporary.store.readers.loginOf(ana)).toBeUndefined();
  await admit(ana, north);
  const login = temporary.store.readers.loginOf(ana);
  if (login === undefined) throw new Error("ana has no login");
  expect(await ask(ana, "SELECT currentUser()")).toEqual({ ok: true, text: "leadwire_reader_t-0000000a" });
  expect(await ask(analystReader, "SELECT currentUser()")).toEqual({ ok: true, text: "analyst" });
  await admit(north);
  expect(temporary.store.readers.loginOf(ana)).toBeUndefined();
  expect((await askWith(login, "SELECT 1")).text).toContain("AUTHENTICATION_FAILED");
  expect((await ask(north, "SELECT 1")).ok).toBe(true);
});

test("a pause for new readers cuts nothing and loses nothing", async () => {
  const { store, server } = temporary;
  const before = server.pid();
  const slow = ask(analystReader, "SELECT sum(number) FROM numbers(200000000)");
  const outcomes: boolean[] = [];
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const answers = await Promise.all([
        store.rows("SELECT 1")(),
        store.rows("SELECT 1", { as: "analyst" })(),
        store.command("INSERT INTO leadwire_log.positions VALUES ('t', 0, 1, now64(3))")(),
      ]);
      outcomes.push(...answers.map(({ _tag }) => _tag === "Right"));
      await sleep(1);
    }
  })();
  await admit(ana, north);
  isOver = true;
  await asking;
  expect(server.pid()).not.toBe(before);
  expect(outcomes.every((each) => each)).toBe(true);
  expect(outcomes.length).toBeGreaterThan(3);
  expect((await slow).ok).toBe(true);
  const same = server.pid();
  await admit(north, ana);
  expect(server.pid()).toBe(same);
});

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await sleep(5);
};

test("a server that died is waited for, and knows whoever was admitted, also while it was away", async () => {
  const { server } = temporary;
  await admit(ana, north);
  for (const change of [() => admit(ana, north), () => admit(ana)]) {
    const former = server.pid();
    process.kill(Number(former), "SIGKILL");
    await until(() => server.pid() !== former);
    await change();
    expect(await ask(ana, "SELECT 7")).toEqual({ ok: true, text: "7" });
  }
  expect(temporary.store.readers.loginOf(north)).toBeUndefined();
});

const some: Reader = {
  id: "t-0000000c",
  where: [
    ["team", "it's"],
    ["product", "a\\b"],
  ],
};

/** All that a given server is told of a reader. */
const statementsOf = (layout: StoreLayout): ReadonlyArray<string> => {
  const { name, password, grants, filters } = readerUser("admin-word", some, [testGeneration]);
  return [
    ...quotaStatements(layout, [name]),
    ...makeReader(layout, { name, passwordSha256: sha256(password), grants, filters }),
    dropReader(layout, name),
    dropPolicy(layout, { name, database: `leadwire_g_${testGeneration}`, table: "facts_latest" }),
  ];
};

test("what a given server is told of a reader is ClickHouse's own language", async () => {
  for (const sql of [singleLayout, clusterLayout("leadwire")].flatMap(statementsOf)) {
    expect(await temporary.store.rows(`EXPLAIN AST ${sql}`)(), sql).toMatchObject({ _tag: "Right" });
  }
});

test("the engine's user has the rights for it, on users of ours alone", async () => {
  await admit(some);
  expect(await ask(some, "SELECT count() FROM leadwire.events")).toEqual({ ok: true, text: "0" });
  const run = async (sql: string): Promise<string> => {
    const outcome = await temporary.store.command(sql)();
    if (!isLeft(outcome)) return "done";
    return outcome.left._tag === "Rejected" ? outcome.left.name : faultText(outcome.left);
  };
  // An embedded server takes no users in SQL: what it says of a statement, it says after it asked for the right.
  const after = ["ACCESS_STORAGE_READONLY", "ACCESS_STORAGE_FOR_INSERTION_NOT_FOUND", "UNKNOWN_QUOTA"];
  for (const sql of statementsOf(singleLayout)) expect(after, sql).toContain(await run(sql));
  const name = "`leadwire_reader_t-0000000c`";
  expect(await run("CREATE USER somebody IDENTIFIED WITH no_password")).toBe("ACCESS_DENIED");
  expect(await run("DROP USER analyst")).toBe("ACCESS_DENIED");
  expect(await run(`GRANT CREATE USER ON *.* TO ${name}`)).toMatch(/ACCESS_DENIED|UNKNOWN_ROLE/);
  expect(await run("CREATE ROW POLICY p ON system.parts USING 1 TO analyst")).toBe("ACCESS_DENIED");
});
