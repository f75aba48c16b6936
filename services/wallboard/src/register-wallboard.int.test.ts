import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { WallFrame } from "./board/wall-frame.ts";
import { createEventParser } from "./page/event-parser.ts";
import { startTestServer, type TestServer } from "./testing/test-server.ts";

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer({ frameMs: 16 });
});
afterEach(() => server.app.close());

interface Received {
  readonly id: string;
  readonly frame: WallFrame;
}

/** Reads the stream until `enough` says so, then leaves. */
const readUntil = async (
  enough: (received: ReadonlyArray<Received>) => boolean,
  lastEventId?: string,
): Promise<ReadonlyArray<Received>> => {
  const leave = new AbortController();
  const headers = lastEventId === undefined ? undefined : { "last-event-id": lastEventId };
  const response = await fetch(`${server.url}/api/boards/response-desk/stream`, {
    signal: leave.signal,
    ...(headers && { headers }),
  });
  const received: Received[] = [];
  const parse = createEventParser(({ id, data }) => received.push({ id, frame: JSON.parse(data) }));
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  while (reader !== undefined && !enough(received)) {
    const { done, value } = await reader.read();
    if (done) break;
    parse(decoder.decode(value, { stream: true }));
  }
  leave.abort();
  return received;
};

describe("the page", () => {
  test("is at most 150 kB gzipped, cached for ever by its build, and runs no inline script or style", async () => {
    const index = await fetch(server.url);
    const html = await index.text();
    expect(index.headers.get("content-security-policy")).toMatch(
      /default-src 'none'; script-src 'self'; style-src 'self'/,
    );
    expect(html).not.toMatch(/<script(?![^>]*src=)|<style|style=|\son\w+=/);
    let bytes = 0;
    for (const [path] of html.matchAll(/\/assets\/[\w.]+/g)) {
      const file = await fetch(server.url + path, { headers: { "accept-encoding": "gzip" } });
      expect(file.status).toBe(200);
      expect(file.headers.get("content-encoding")).toBe("gzip");
      expect(file.headers.get("cache-control")).toContain("immutable");
      bytes += Number(file.headers.get("content-length"));
    }
    expect(bytes).toBeGreaterThan(5_000);
    expect(bytes).toBeLessThan(150_000);
  });

  test("names an asset that does not exist", async () => {
    const missing = await fetch(`${server.url}/assets/old.js`);
    expect(missing.status).toBe(404);
    expect(await missing.json()).toEqual({ error: "There is no asset old.js." });
  });

  test.each(["snapshot", "stream"])("names a board that is not there, for its %s", async (what) => {
    const missing = await fetch(`${server.url}/api/boards/nobody/${what}`);
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({ code: "NoBoard" });
  });

  test("gives the whole board as JSON without a watcher", async () => {
    server.wall.happen(3, 1_000);
    const board: WallFrame = JSON.parse(await (await fetch(`${server.url}/api/boards/response-desk/snapshot`)).text());
    expect(board).toMatchObject({ type: "snapshot", board: { id: "response-desk" }, etag: '"1"' });
    expect(board.events).toHaveLength(3);
  });
});

describe("the stream", () => {
  test("resumes after Last-Event-ID without a gap and without a snapshot", async () => {
    const first = await readUntil((received) => received.length === 1);
    expect(first[0]?.frame.type).toBe("snapshot");
    server.wall.happen(4, 2_000);
    const second = await readUntil((received) => received.length === 1, first[0]?.id);
    expect(second[0]?.frame.type).toBe("change");
    expect(second[0]?.frame.events?.map((event) => event.seq)).toEqual([1, 2, 3, 4]);
  });

  test("starts with a snapshot when the server was started anew", async () => {
    const [before] = await readUntil((received) => received.length === 1);
    await server.app.close();
    await sleep(2);
    server = await startTestServer({}, server.wall);
    const [after] = await readUntil((received) => received.length === 1, before?.id);
    expect(after?.frame.type).toBe("snapshot");
  });

  test("refuses more watchers than it was allowed, in words", async () => {
    await server.app.close();
    server = await startTestServer({ maxWatchers: 0 });
    const refused = await fetch(`${server.url}/api/boards/response-desk/stream`);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "10"]);
    expect(await refused.text()).toContain("the limit");
  });

  test("ends with the app at once, however many watch", async () => {
    const ends = [1, 2, 3].map(() => readUntil(() => false));
    await sleep(100);
    const from = performance.now();
    await server.app.close();
    expect((await Promise.all(ends)).every((received) => received.length === 1)).toBe(true);
    expect(performance.now() - from).toBeLessThan(1_000);
  });

  test("skips what a client did not read, and gives it the newest when it does", async () => {
    const slow = connect(server.port, "127.0.0.1");
    slow.write("GET /api/boards/response-desk/stream HTTP/1.1\r\nhost: x\r\n\r\n");
    await new Promise<void>((resolve) => slow.once("data", () => resolve()));
    slow.pause();
    // About 40 MB in frames of 20 kB and more, several times what the kernel's buffers hold on both sides.
    const detail = "x".repeat(20_000);
    const made = 2_000;
    const fast = readUntil((received) => received.at(-1)?.frame.events?.at(-1)?.subject === "last");
    for (let i = 0; i < made; i++) {
      server.wall.tell({ occurredAtMs: i, kind: "other", subject: "s", detail });
      if (i % 8 === 0) await sleep(10);
    }
    server.wall.tell({ occurredAtMs: made, kind: "other", subject: "last" });
    expect((await fast).flatMap(({ frame }) => frame.events ?? []).length).toBeGreaterThan(made);
    let [bytes, tail] = [0, ""];
    slow.on("data", (chunk) => {
      bytes += chunk.length;
      tail = (tail + chunk.toString()).slice(-2_000);
    });
    slow.resume();
    await expect.poll(() => tail, { timeout: 10_000 }).toContain('"subject":"last"');
    expect(bytes).toBeLessThan((made * detail.length) / 2);
    slow.destroy();
  });
});
