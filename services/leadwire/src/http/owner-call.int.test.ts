import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { ownerCaller } from "./owner-call.ts";

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** An owner that ends each connection as the second question on it comes in, as one does that was busy meanwhile. */
const busyOwner = async (): Promise<string> => {
  const known = new Set<Socket>();
  const server = createServer((incoming, outgoing) => {
    if (known.has(incoming.socket)) incoming.socket.resetAndDestroy();
    else outgoing.end("7");
    known.add(incoming.socket);
  });
  open.push(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

test("a connection that the owner gave up while it was idle is made anew, to ask but not to write", async () => {
  const caller = ownerCaller(await busyOwner(), "token");
  const ask = async (): Promise<number> => (await caller.json("GET", "/status")).ok<number>();
  expect([await ask(), await ask(), await ask()]).toEqual([7, 7, 7]);
  await expect(caller.json("POST", "/append", {})).rejects.toThrow("went away");
  caller.close();
});
