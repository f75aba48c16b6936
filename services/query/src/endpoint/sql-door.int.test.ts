import { createServer, type Server, type ServerResponse } from "node:http";
import type { ReaderDoor } from "@leadwire/store";
import { isLeft, right } from "fp-ts/lib/Either.js";
import { afterEach, expect, test } from "vitest";
import type { SqlAsk } from "./sql-ask.ts";
import { SqlDoor } from "./sql-door.ts";

/** What a made-up ClickHouse does with its next requests, the last of these with all further ones. */
type Play = "answer" | "reset" | "hang" | "breakOff";

const reader = { id: "analyst", where: [] };
const caller = { reader, stands: () => true };
const staying = new AbortController().signal;
const asked: SqlAsk = { sql: "SELECT 1", parameters: {}, settings: {} };

const ends: Array<() => void> = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

const act = (play: Play | undefined, response: ServerResponse): void => {
  if (play === "hang") return;
  if (play === "reset") response.socket?.resetAndDestroy();
  else if (play === "breakOff") response.write("1\n", () => response.socket?.destroySoon());
  else response.end("1\n");
};

interface Terms {
  readonly ready?: ReaderDoor["ready"];
  /** Whether ClickHouse knows the reader. */
  readonly known?: () => boolean;
  readonly readyWaitMs?: number;
}

const open = async (
  plays: ReadonlyArray<Play>,
  { ready = async () => undefined, known = () => true, readyWaitMs = 10_000 }: Terms = {},
) => {
  const left = [...plays];
  let requests = 0;
  const server: Server = createServer((_request, response) => {
    requests += 1;
    act(left.length > 1 ? left.shift() : left[0], response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve());
  });
  const place = server.address();
  if (place === null || typeof place === "string") throw new Error("the server has no port");
  let inside = 0;
  const enter = async (): Promise<() => void> => {
    inside += 1;
    return () => {
      inside -= 1;
    };
  };
  const login = { url: `http://127.0.0.1:${place.port}`, headers: {} };
  const readers = { loginOf: () => (known() ? login : undefined), ready, enter };
  const judge = (ask: SqlAsk) => async () => right(ask.sql);
  const door = new SqlDoor({ readers, judge, randomHex: (bytes) => "ab".repeat(bytes), readyWaitMs });
  ends.push(() => {
    door.close();
    server.closeAllConnections();
    server.close();
  });
  const ask = async (stated: Partial<SqlAsk> = {}): Promise<string> => {
    const answer = await door.ask(caller, { ...asked, ...stated }, staying);
    if (isLeft(answer)) return `${answer.left.code} ${answer.left.message}`;
    let text = "";
    for await (const chunk of answer.right.message) text += String(chunk);
    return text;
  };
  return { door, ask, requests: () => requests, inside: () => inside, stop: () => server.close() };
};

test("what ends ClickHouse is told so, and not asked again", async () => {
  const { ask, requests, inside } = await open(["reset"]);
  expect(await ask()).toMatch(/^210 ClickHouse ended while it ran this query/);
  expect([requests(), inside()]).toEqual([1, 0]);
});

test("what meets a process that another query has just ended is asked once more", async () => {
  const { ask, requests } = await open(["reset", "reset", "answer"]);
  expect(await ask()).toMatch(/^210 /);
  expect(await ask()).toBe("1\n");
  expect(requests()).toBe(3);
  const again = await open(["breakOff", "reset"]);
  await expect(again.ask()).rejects.toThrow();
  expect(await again.ask()).toMatch(/^210 /);
  expect(again.requests()).toBe(3);
});

test("what nobody took is asked again for as long as ClickHouse is waited for", async () => {
  const { ask, stop } = await open(["answer"], { readyWaitMs: 200 });
  stop();
  expect(await ask()).toBe("210 ClickHouse does not answer. Ask again in a few seconds.");
});

test("a pause that does not end is not waited for, and nothing is held inside it", async () => {
  const opened = Promise.withResolvers<void>();
  const { ask, inside, requests } = await open(["answer"], { ready: () => opened.promise, readyWaitMs: 20 });
  expect(await ask()).toMatch(/^210 ClickHouse does not answer/);
  opened.resolve();
  await expect.poll(inside).toBe(0);
  expect(requests()).toBe(0);
});

test("a token that ClickHouse does not know yet is waited for", async () => {
  let looked = 0;
  const known = (): boolean => {
    looked += 1;
    return looked > 2;
  };
  expect(await (await open(["answer"], { known })).ask()).toBe("1\n");
  const never = await open(["answer"], { known: () => false, readyWaitMs: 20 });
  expect(await never.ask()).toMatch(/^516 The token is not known to ClickHouse yet/);
});

test("a name is given once at a time, and freed with its query", async () => {
  const { door, ask, requests } = await open(["hang", "answer"]);
  const first = ask({ queryId: "mine" });
  await expect.poll(requests).toBe(1);
  expect(await ask({ queryId: "mine" })).toMatch(/^216 /);
  expect(door.cancel({ id: "t-1", where: [] }, "mine")).toBe(false);
  expect(door.cancel(reader, "mine")).toBe(true);
  expect(await first).toBe("394 The query was cancelled.");
  expect([await ask({ queryId: "mine" }), door.running]).toEqual(["1\n", 0]);
});

test("a service that ends tells those who wait", async () => {
  const { door, ask, requests } = await open(["hang"]);
  const waiting = ask();
  await expect.poll(requests).toBe(1);
  door.close();
  expect(await waiting).toBe("210 The service is ending. Ask again once it is back.");
});
