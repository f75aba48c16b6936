import { describe, expect, test } from "vitest";
import { createBoardConnection, retryDelayMs } from "./page/board-connection.ts";
import { createPlayedTimer } from "./testing/played-timer.ts";

const frame = (id: string): string => `id: ${id}\nevent: change\ndata: {"type":"change","sentAtMs":1}\n\n`;
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** A server that answers each request with what the test has prepared, and keeps the request's headers. */
const setUp = () => {
  const timer = createPlayedTimer();
  const asked: Array<string | null> = [];
  const told: string[] = [];
  const feeds: Array<ReadableStreamDefaultController<Uint8Array>> = [];
  let status = 200;
  const connection = createBoardConnection(
    "/stream",
    {
      after: timer.after,
      random: () => 0.5,
      fetch: async (_url, init) => {
        asked.push(new Headers(init.headers).get("last-event-id"));
        const body = new ReadableStream<Uint8Array>({
          start: (controller) => {
            feeds.push(controller);
            init.signal?.addEventListener("abort", () => controller.error(new Error("aborted")));
          },
        });
        return new Response(body, { status });
      },
    },
    {
      onFrame: () => told.push("frame"),
      onConnected: () => told.push("connected"),
      onDisconnected: () => told.push("disconnected"),
      onRefused: (status) => told.push(`refused ${status}`),
    },
  );
  const answer = (next: number): void => {
    status = next;
  };
  const send = async (text: string): Promise<void> => {
    feeds.at(-1)?.enqueue(new TextEncoder().encode(text));
    await settle();
  };
  return { timer, asked, told, feeds, connection, answer, send };
};

describe("board connection", () => {
  test("tells that it is refused, asks again slowly, and goes on once it is let in", async () => {
    const { timer, asked, told, feeds, connection, answer, send } = setUp();
    answer(404);
    connection.start();
    await settle();
    timer.advance(7_999);
    await settle();
    expect([asked.length, told]).toEqual([1, ["refused 404"]]);
    answer(200);
    timer.advance(1);
    await settle();
    await send(frame("e.1"));
    feeds.at(-1)?.close();
    await settle();
    expect(told).toEqual(["refused 404", "connected", "frame", "disconnected"]);
    connection.stop();
  });

  test("takes up after the last frame it has seen", async () => {
    const { timer, asked, told, feeds, connection, send } = setUp();
    connection.start();
    await settle();
    await send(frame("e.4"));
    feeds[0]?.close();
    await settle();
    timer.advance(250);
    await settle();
    expect(asked).toEqual([null, "e.4"]);
    expect(told).toEqual(["connected", "frame", "disconnected", "connected"]);
    connection.stop();
  });

  test("keeps trying after an error of the server, each time later, up to 8 s", async () => {
    const { timer, asked, connection, answer } = setUp();
    answer(503);
    connection.start();
    await settle();
    for (const waitMs of [250, 500, 1_000, 2_000, 4_000, 8_000, 8_000]) {
      const before = asked.length;
      timer.advance(waitMs - 1);
      await settle();
      expect(asked).toHaveLength(before);
      timer.advance(1);
      await settle();
      expect(asked).toHaveLength(before + 1);
    }
    connection.stop();
  });

  test("takes silence without a heartbeat for a cut, and a heartbeat for life", async () => {
    const { timer, told, connection, send } = setUp();
    connection.start();
    await settle();
    timer.advance(20_000);
    await send(": beat\n\n");
    timer.advance(20_000);
    await settle();
    expect(told).toEqual(["connected"]);
    timer.advance(5_000);
    await settle();
    expect(told).toEqual(["connected", "disconnected"]);
    connection.stop();
  });

  test("tries at once when the network is back", async () => {
    const { asked, connection, answer } = setUp();
    answer(500);
    connection.start();
    await settle();
    answer(200);
    connection.retryNow();
    await settle();
    expect(asked).toHaveLength(2);
    connection.retryNow();
    await settle();
    expect(asked).toHaveLength(2);
    connection.stop();
  });

  test("reads nothing and tries nothing after a stop", async () => {
    const { timer, asked, told, connection } = setUp();
    connection.start();
    await settle();
    connection.stop();
    await settle();
    timer.advance(60_000);
    await settle();
    expect([asked.length, told]).toEqual([1, ["connected"]]);
  });

  test("spreads the return of many pages by a quarter either way", () => {
    expect([retryDelayMs(0, 0), retryDelayMs(0, 0.999), retryDelayMs(99, 0.5)]).toEqual([187.5, 312.375, 8_000]);
  });
});
