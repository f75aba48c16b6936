import { createServer, type Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BreakableClickHouse, startBreakableClickHouse } from "../../../infra/clickhouse/clickhouse-for-tests.ts";
import { connectStore } from "./clickhouse-store.ts";
import { createGeneration, migrate, serveGeneration } from "./migrations/migrate.ts";
import { schemaViews } from "./model/schema-text.ts";
import { openStore } from "./open-server-store.ts";
import type { Store } from "./store.ts";
import type { StoreFault } from "./store-fault.ts";

let clickHouse: BreakableClickHouse;
beforeAll(async () => {
  clickHouse = await startBreakableClickHouse();
});
afterAll(() => clickHouse.stop());

const prepare = async (store: Store): Promise<ReadonlyArray<StoreFault>> => {
  const faults: StoreFault[] = [];
  for (const task of [migrate(store), createGeneration(store, "1c"), serveGeneration(store, "1c", "UTC")]) {
    const outcome = await task();
    if (isLeft(outcome)) faults.push(outcome.left);
  }
  return faults;
};

test("services that start at once on an empty server find the same tables", async () => {
  const stores = Array.from({ length: 6 }, () => connectStore(clickHouse.address));
  for (let round = 0; round < 3; round += 1) {
    expect((await Promise.all(stores.map(prepare))).flat()).toEqual([]);
  }
  const [store] = stores;
  const found = await store?.rows("SELECT name FROM system.tables WHERE database = 'leadwire'")();
  const names = found?._tag === "Right" ? found.right.map(([name]) => name) : [];
  expect(names).toEqual(expect.arrayContaining(schemaViews().map(({ name }) => name)));
  await Promise.all(stores.map((each) => each.close()));
});

test("waits for a server that is away, and stops waiting when told to", async () => {
  const silent: Server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  await sleep(20);
  const address = silent.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const abort = new AbortController();
  let waits = 0;
  const opening = openStore({
    url: `http://127.0.0.1:${port}`,
    user: "leadwire",
    password: "",
    signal: abort.signal,
    onWait: () => {
      waits += 1;
      if (waits === 3) abort.abort();
    },
  })();
  expect(await opening).toMatchObject({ _tag: "Left", left: { _tag: "Unavailable" } });
  expect(waits).toBe(3);
  silent.close();
});

test("a wrong password is said at once", async () => {
  const { url } = clickHouse.address;
  // Without the header that lets an embedded server answer, nobody is there; with it, the password counts.
  const store = connectStore({
    ...clickHouse.address,
    url,
    users: { ...clickHouse.address.users, engine: { name: "leadwire", password: "wrong" } },
  });
  expect(await migrate(store)()).toMatchObject({
    _tag: "Left",
    left: { _tag: "Rejected", name: "AUTHENTICATION_FAILED" },
  });
  await store.close();
});
