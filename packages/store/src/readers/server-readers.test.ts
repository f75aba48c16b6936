import { left, right } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { singleLayout } from "../model/layout.ts";
import type { Reader } from "../reader.ts";
import type { Cell } from "../store.ts";
import type { StoreFault } from "../store-fault.ts";
import { readerUserName } from "./reader-user.ts";
import { serverReaders } from "./server-readers.ts";

const ana: Reader = { id: "t-0000000a", where: [] };
const north: Reader = { id: "t-0000000b", where: [["team", "North"]] };
const terms = {
  url: "http://clickhouse:8123",
  users: { engine: { name: "leadwire", password: "word" }, analyst: { name: "analyst", password: "" } },
};
const fault: StoreFault = { _tag: "Unavailable", detail: "away" };

/** A server with these users and policies; the statement of this number fails. */
const server = (users: ReadonlyArray<string>, policies: ReadonlyArray<ReadonlyArray<Cell>> = []) => {
  const sent: string[] = [];
  const state = { failsAt: Number.POSITIVE_INFINITY };
  const rows = (sql: string): ReadonlyArray<ReadonlyArray<Cell>> => {
    if (sql.includes("system.users")) return users.map((name) => [name]);
    return sql.includes("system.row_policies") ? policies : [["leadwire_g_0a"]];
  };
  return {
    sent,
    state,
    door: serverReaders(terms, {
      layout: singleLayout,
      rows: (sql) => async () => right(rows(sql)),
      command: (sql) => async () => {
        if (sent.length >= state.failsAt) return left(fault);
        sent.push(sql);
        return right(undefined);
      },
    }),
  };
};

test("who is no reader any more is dropped first, and their policies after them", async () => {
  const gone = "leadwire_reader_t-0000000f_0123456789ab";
  const { sent, door } = server(
    [gone, readerUserName(north)],
    [
      [gone, "leadwire_g_0a", "facts_latest"],
      [readerUserName(north), "leadwire_g_0a", "facts_latest"],
    ],
  );
  expect(await door.admit([north])()).toEqual(right(undefined));
  expect(sent.slice(0, 2)).toEqual([
    `DROP USER IF EXISTS \`${gone}\``,
    `DROP ROW POLICY IF EXISTS \`${gone}\` ON \`leadwire_g_0a\`.\`facts_latest\``,
  ]);
  expect(sent.filter((sql) => sql.startsWith("DROP")).length).toBe(2);
});

test("nobody logs in whose statements broke off, and whoever leaves does not either", async () => {
  const { sent, state, door } = server([]);
  expect(await door.admit([ana])()).toEqual(right(undefined));
  expect(door.loginOf(ana)?.headers["X-ClickHouse-User"]).toBe("leadwire_reader_t-0000000a");
  state.failsAt = sent.length + 5;
  expect(await door.admit([north])()).toEqual(left(fault));
  expect([door.loginOf(ana), door.loginOf(north)]).toEqual([undefined, undefined]);
  state.failsAt = Number.POSITIVE_INFINITY;
  expect(await door.admit([north])()).toEqual(right(undefined));
  expect(door.loginOf(north)).toBeDefined();
  // Another's rows under the same id are another reader.
  expect(door.loginOf({ ...north, where: [] })).toBeUndefined();
});

test("what a reader was made of is said once; one that another service dropped is made again", async () => {
  const users: string[] = [];
  const { sent, door } = server(users);
  expect(await door.cover()()).toEqual(right(undefined));
  expect(sent).toEqual([]);
  await door.admit([north])();
  const once = [...sent];
  users.push(readerUserName(north));
  await door.cover()();
  expect(sent.slice(once.length).every((sql) => sql.includes("QUOTA"))).toBe(true);
  users.pop();
  sent.length = 0;
  await door.cover()();
  expect(sent).toEqual(once);
});
