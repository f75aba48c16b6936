import { expect, test } from "vitest";
import { createBoardStreams } from "./board-streams.ts";
import type { StreamSocket } from "./stream-client.ts";
import { createFakeWall } from "./testing/fake-wall.ts";
import { createPlayedTimer } from "./testing/played-timer.ts";

const settings = { build: "b", epoch: "e", frameMs: 20, heartbeatMs: 10_000, stallLimitMs: 30_000 };

const createSocket = () => {
  const written: Array<string> = [];
  const socket: StreamSocket = {
    writableNeedDrain: false,
    write: (bytes: Buffer | string) => written.push(bytes.toString()) > 0,
    end: () => undefined,
    destroy: () => undefined,
  };
  return Object.assign(socket, { written });
};
const idOf = (text: string | undefined): string => /^id: (.*)$/mu.exec(text ?? "")?.[1] ?? "";
const kindsOf = (written: ReadonlyArray<string>): ReadonlyArray<string> =>
  written.map((text) => /event: (\w+)/u.exec(text)?.[1] ?? "beat");

const setUp = () => {
  const wall = createFakeWall(0);
  const timer = createPlayedTimer();
  return { wall, timer, streams: createBoardStreams(wall, settings, timer) };
};

test("each board has a stream of its own, and its own changes alone", () => {
  const { wall, timer, streams } = setUp();
  const [company, desk] = [createSocket(), createSocket()];
  streams.connect("company", company, null);
  streams.connect("response-desk", desk, null);
  const [tile] = wall.tiles("response-desk");
  if (tile === undefined) throw new Error("the board has no tile");
  wall.setTile("response-desk", { ...tile, flags: ["small_sample"] });
  timer.advance(20);
  expect(kindsOf(company.written)).toEqual(["snapshot"]);
  expect(kindsOf(desk.written)).toEqual(["snapshot", "change"]);
  expect([streams.watchers(), streams.framesPushed()]).toEqual([2, 3]);
});

test("a board is kept for a minute after its last watcher, who misses nothing meanwhile, and then let go", () => {
  const { wall, timer, streams } = setUp();
  const first = createSocket();
  streams.connect("response-desk", first, null)?.leave();
  wall.happen(2, 5);
  timer.advance(59_000);
  const back = createSocket();
  const watching = streams.connect("response-desk", back, idOf(first.written[0]));
  expect(kindsOf(back.written)).toEqual(["change"]);
  timer.advance(120_000);
  expect(streams.held()).toBe(1);
  watching?.leave();
  timer.advance(60_000);
  expect([streams.held(), wall.ended()]).toEqual([0, 1]);
});

test("an event id of a state that was let go, or of another board, is answered with a snapshot", () => {
  const { timer, streams } = setUp();
  const [first, other, late] = [createSocket(), createSocket(), createSocket()];
  streams.connect("company", first, null)?.leave();
  streams.connect("team-floor", other, idOf(first.written[0]));
  expect(kindsOf(other.written)).toEqual(["snapshot"]);
  timer.advance(60_000);
  streams.connect("company", late, idOf(first.written[0]));
  expect(kindsOf(late.written)).toEqual(["snapshot"]);
});

test("a look at a board that nobody watches is let go as well", () => {
  const { timer, streams } = setUp();
  expect(streams.snapshot("company")).toMatchObject({ type: "snapshot" });
  expect(streams.held()).toBe(1);
  timer.advance(60_000);
  expect(streams.held()).toBe(0);
});

test("there is nothing of a board that is not there, or not any more", () => {
  const { wall, timer, streams } = setUp();
  expect([streams.has("nobody"), streams.snapshot("nobody")]).toEqual([false, undefined]);
  streams.connect("company", createSocket(), null);
  wall.setBoard("company", undefined, "");
  timer.advance(20);
  expect(streams.watchers()).toBe(0);
  expect(streams.connect("company", createSocket(), null)).toBeUndefined();
  expect(streams.held()).toBe(0);
});
