import { describe, expect, test } from "vitest";
import { createBoardStream, revisionOf } from "./board-stream.ts";
import type { StreamClient, StreamSocket } from "./stream-client.ts";
import { createFakeWall } from "./testing/fake-wall.ts";
import { createPlayedTimer } from "./testing/played-timer.ts";

const settings = { build: "b", epoch: "e", frameMs: 20, heartbeatMs: 10_000, stallLimitMs: 30_000 };

/** A socket that takes what it is given until the test says that it is full. */
const createSocket = () => {
  const written: string[] = [];
  const socket = {
    written,
    full: false,
    destroyed: false,
    ended: false,
    write: (bytes: Buffer | string) => {
      written.push(bytes.toString());
      return !socket.full;
    },
    get writableNeedDrain() {
      return socket.full;
    },
    end: () => {
      socket.ended = true;
    },
    destroy: () => {
      socket.destroyed = true;
    },
  };
  return socket satisfies StreamSocket & object;
};

const setUp = () => {
  const wall = createFakeWall(0);
  let reads = 0;
  const opened = wall.open("company");
  if (opened === undefined) throw new Error("there is no such board");
  const source = {
    ...opened,
    now: () => {
      reads += 1;
      return opened.now();
    },
  };
  const timer = createPlayedTimer();
  const stream = createBoardStream(source, settings, timer);
  const connect = (socket: StreamSocket, lastEventId: string | null): StreamClient => {
    const client = stream.connect(socket, lastEventId);
    if (client === undefined) throw new Error("the board is gone");
    return client;
  };
  return { source: wall, timer, stream: { ...stream, connect }, reads: () => reads };
};
const kindsOf = (written: ReadonlyArray<string>): string[] =>
  written.map((text) => /event: (\w+)/.exec(text)?.[1] ?? text.trim());

describe("board stream", () => {
  test("sends a snapshot, then changes only", () => {
    const { source, timer, stream } = setUp();
    const socket = createSocket();
    stream.connect(socket, null);
    source.happen(3, 100);
    timer.advance(20);
    expect(kindsOf(socket.written)).toEqual(["snapshot", "change"]);
    expect(socket.written[1]).toMatch(/^id: e\.2\nevent: change\ndata: \{.*\}\n\n$/);
  });

  test("resumes after the last event id with what was missed and nothing else", () => {
    const { source, timer, stream } = setUp();
    const first = createSocket();
    const client = stream.connect(first, null);
    stream.disconnect(client);
    source.happen(5, 100);
    timer.advance(1_000);
    const second = createSocket();
    stream.connect(second, "e.1");
    expect(kindsOf(second.written)).toEqual(["change"]);
    expect(JSON.parse(second.written[0]?.split("data: ")[1] ?? "").events).toHaveLength(5);
  });

  test("answers the event id of an earlier process with a snapshot", () => {
    const { stream } = setUp();
    const socket = createSocket();
    stream.connect(socket, "older.17");
    expect(kindsOf(socket.written)).toEqual(["snapshot"]);
  });

  test("skips a full socket to the newest state once it has drained, and slows nobody else", () => {
    const { source, timer, stream } = setUp();
    const [slow, fast] = [createSocket(), createSocket()];
    const client = stream.connect(slow, null);
    stream.connect(fast, null);
    slow.full = true;
    for (let i = 0; i < 50; i++) {
      source.happen(1, i);
      timer.advance(20);
    }
    expect(slow.written).toHaveLength(1);
    expect(fast.written).toHaveLength(51);
    slow.full = false;
    client.drained();
    expect(slow.written).toHaveLength(2);
    const caughtUp = JSON.parse(slow.written[1]?.split("data: ")[1] ?? "");
    const newest = JSON.parse(fast.written[50]?.split("data: ")[1] ?? "");
    expect(caughtUp.freshness).toEqual(newest.freshness);
    expect(caughtUp.events).toHaveLength(50);
  });

  test("cuts off a socket that stays full, and keeps an idle one alive with comments", () => {
    const { timer, stream } = setUp();
    const [stuck, idle] = [createSocket(), createSocket()];
    stream.connect(stuck, null);
    stream.connect(idle, null);
    stuck.full = true;
    timer.advance(30_000);
    expect(stuck.destroyed).toBe(false);
    timer.advance(10_000);
    expect(stuck.destroyed).toBe(true);
    expect(idle.written.filter((text) => text.startsWith(":"))).toHaveLength(4);
  });

  test("leaves the source alone while nobody watches", () => {
    const { source, stream } = setUp();
    expect(source.listeners()).toBe(0);
    const client = stream.connect(createSocket(), null);
    expect(source.listeners()).toBe(1);
    stream.disconnect(client);
    expect(source.listeners()).toBe(0);
  });

  test("ends every stream when it closes", () => {
    const { source, stream } = setUp();
    const socket = createSocket();
    stream.connect(socket, null);
    stream.close();
    expect(socket.ended).toBe(true);
    expect([stream.watchers(), source.listeners()]).toEqual([0, 0]);
  });

  test("ends every stream when the board is taken away, and opens none any more", () => {
    const { source, timer, stream } = setUp();
    const socket = createSocket();
    stream.connect(socket, null);
    source.setBoard("company", undefined, "");
    timer.advance(20);
    expect(socket.ended).toBe(true);
    expect([stream.watchers(), source.listeners(), stream.snapshot()]).toEqual([0, 0, undefined]);
    expect(() => stream.connect(createSocket(), null)).toThrow("gone");
  });

  test("sends a snapshot when the board's file has changed", () => {
    const { source, timer, stream } = setUp();
    const socket = createSocket();
    stream.connect(socket, null);
    const board = stream.snapshot();
    if (board?.type !== "snapshot") throw new Error("there is no board");
    source.setBoard("company", { ...board.board, title: "Renamed" }, '"2"');
    timer.advance(20);
    expect(kindsOf(socket.written)).toEqual(["snapshot", "snapshot"]);
    expect(socket.written[1]).toContain("Renamed");
  });

  test("reads the source once for all that come within a frame", () => {
    const { timer, stream, reads } = setUp();
    const sockets = Array.from({ length: 100 }, createSocket);
    for (const socket of sockets) stream.connect(socket, null);
    expect(reads()).toBe(1);
    expect(sockets.every(({ written }) => written.length === 1)).toBe(true);
    timer.advance(20);
    stream.connect(createSocket(), null);
    expect(reads()).toBe(2);
  });

  test.each(["e.", "e.-1", "e.1e3", "e.1.2", "x.1", "", "e.99999999999999999999"])(
    "reads no revision from %j",
    (text) => {
      expect(revisionOf("e", text)).toBeNull();
    },
  );
});
