import { createServer } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { goneOf, sendAnswer } from "./endpoint.ts";

const message = { rawHeaders: [] };

/** Sends an answer without end; resolves once nobody asks for more of it. */
const sendTo = async (takes: boolean, stalledMs: number): Promise<string> => {
  const ended = Promise.withResolvers<string>();
  async function* body() {
    try {
      for (let bytes = 0; bytes < (takes ? 4 : 64) << 20; bytes += 1 << 16) {
        yield Buffer.alloc(1 << 16, "x");
        if (takes) await sleep(1);
      }
      ended.resolve("whole");
    } finally {
      ended.resolve("broken off");
    }
  }
  const server = createServer((_request, response) => {
    void sendAnswer(response, { message, body: body() }, {}, goneOf(response), stalledMs);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve());
  });
  const place = server.address();
  if (place === null || typeof place === "string") throw new Error("the server has no port");
  const socket = connect(place.port, "127.0.0.1", () => socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
  socket.on("error", () => undefined);
  if (takes) socket.resume();
  else socket.pause();
  const end = await ended.promise;
  socket.destroy();
  server.closeAllConnections();
  server.close();
  return end;
};

test("a client that takes nothing of its answer loses it, and whoever takes it does not", async () => {
  expect(await sendTo(false, 50)).toBe("broken off");
  expect(await sendTo(true, 5_000)).toBe("whole");
});
