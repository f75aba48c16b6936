import { beforeEach, describe, expect, test } from "vitest";
import { type BoardStore, type Connection, createBoardStore } from "../board-store.ts";
import { createSlideRun, type SlideRun, type SlideSession } from "./slide-run.ts";

interface Played extends SlideSession {
  readonly store: BoardStore;
  isOpen: boolean;
}

let sessions: Played[];
/** What the network does with a board that is opened. */
let answers: Map<string, Connection>;
let nowMs: number;
let run: SlideRun;

const arrive = (session: Played, connection: Connection): void => {
  session.store.connection.value = connection;
  if (connection !== "connected") return;
  session.store.head.value = {
    board: {
      id: session.id ?? "",
      title: "",
      theme: "auto",
      tiles: [],
      celebrate: { targets: false, sound: false },
    },
    etag: "",
    timeZone: "UTC",
    currency: "EUR",
  };
};
const open = (id: string): SlideSession => {
  const session: Played = {
    id,
    store: createBoardStore(0),
    isOpen: true,
    tick: () => undefined,
    close: () => {
      session.isOpen = false;
    },
    connection: { start: () => undefined, stop: () => undefined, retryNow: () => undefined },
  };
  sessions.push(session);
  arrive(session, answers.get(id) ?? "connected");
  return session;
};
const slides = (...boards: string[]) => boards.map((board) => ({ board, forMs: 10_000 }));
const begin = (...boards: string[]): void => {
  run = createSlideRun(slides(...boards), open, nowMs);
};
const play = (ms: number): void => {
  for (const until = nowMs + ms; nowMs < until; ) {
    nowMs += 200;
    run.tick(nowMs);
  }
};
const shown = () => run.shown.value.session.id;
const openBoards = () => sessions.filter(({ isOpen }) => isOpen).map(({ id }) => id);

beforeEach(() => {
  [sessions, answers, nowMs] = [[], new Map(), 1_000];
});

describe("a slideshow", () => {
  test("shows each board for its time and begins again", () => {
    begin("a", "b", "c");
    const seen = [];
    for (let turn = 0; turn < 4; turn++) {
      play(9_800);
      seen.push(shown());
      play(200);
    }
    expect(seen).toEqual(["a", "b", "c", "a"]);
  });

  test("loads the next board before its turn, and holds no more than two", () => {
    begin("a", "b", "c");
    expect(openBoards()).toEqual(["a"]);
    play(9_000);
    expect([openBoards(), shown()]).toEqual([["a", "b"], "a"]);
    play(1_200);
    expect([openBoards(), shown()]).toEqual([["b"], "b"]);
  });

  test("stays where the next board does not come, and turns once it does", () => {
    answers.set("b", "disconnected");
    begin("a", "b");
    play(60_000);
    expect(shown()).toBe("a");
    const coming = sessions.find(({ id }) => id === "b");
    if (coming !== undefined) arrive(coming, "connected");
    play(600);
    expect(shown()).toBe("b");
  });

  test("leaves out a board that the server does not have", () => {
    answers.set("b", "gone");
    begin("a", "b", "c");
    play(10_200);
    expect([shown(), openBoards()]).toEqual(["c", ["c"]]);
  });

  test("goes on at once from a board that is taken away while it is shown", () => {
    begin("a", "b");
    play(1_000);
    if (sessions[0] !== undefined) arrive(sessions[0], "gone");
    play(1_000);
    expect(shown()).toBe("b");
  });

  test("does not turn while it is held, but for who asks, and gives a board its whole time then", () => {
    begin("a", "b", "c");
    run.pause(true);
    play(60_000);
    expect(shown()).toBe("a");
    run.go(-1);
    play(600);
    expect(shown()).toBe("c");
    run.pause(false);
    play(9_600);
    expect(shown()).toBe("c");
    play(600);
    expect(shown()).toBe("a");
  });

  test("goes as many boards on as it was asked to, before the first of them has come", () => {
    answers.set("b", "connecting");
    begin("a", "b", "c");
    run.go(1);
    run.go(1);
    play(600);
    expect([shown(), openBoards()]).toEqual(["c", ["c"]]);
  });

  test("of one board stays on it, and asks for it once", () => {
    begin("a");
    play(60_000);
    run.go(1);
    play(600);
    expect(openBoards()).toEqual(["a"]);
    expect(sessions).toHaveLength(1);
  });

  test("goes on by its new file from the board that it shows", () => {
    begin("a", "b");
    play(3_000);
    run.change(slides("c", "a", "d"));
    play(7_200);
    expect(shown()).toBe("d");
  });

  test("passes over no board when the screen slept for hours", () => {
    begin("a", "b", "c");
    nowMs += 8 * 3_600_000;
    play(1_000);
    expect(shown()).toBe("a");
  });
});
