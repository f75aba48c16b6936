import { createLeadwireClient } from "@leadwire/api/client";
import { expect, test } from "vitest";
import { createExplainState } from "./explain-state.ts";

interface Waiting {
  readonly url: string;
  readonly answer: (body: unknown, status?: number) => Promise<void>;
  readonly isAborted: () => boolean;
}

/** Until everything that waits for an answer has had it. */
const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 0));
const baseUrl = "http://leadwire.test";

const setUp = (search = "", board: string | null = "company") => {
  const asked: Waiting[] = [];
  const entries = [search];
  const own = new Set<number>();
  const during = { board };
  const state = createExplainState({
    board: () => during.board,
    server: createLeadwireClient({
      baseUrl,
      fetch: (request) =>
        new Promise((resolve) => {
          asked.push({
            url: request.url.slice(baseUrl.length),
            answer: (body, status = 200) => {
              resolve(Response.json(body, { status }));
              return settle();
            },
            isAborted: () => request.signal.aborted,
          });
        }),
    }),
    address: {
      search: () => entries.at(-1) ?? "",
      push: (next) => void own.add(entries.push(next) - 1),
      replace: (next) => void entries.splice(-1, 1, next),
      isOurs: () => own.has(entries.length - 1),
      back: () => void entries.pop(),
    },
  });
  return { state, asked, entries, during };
};

test("a number that is opened stands in the address, and closing takes it out again", () => {
  const { state, asked, entries } = setUp("?lang=ro");
  state.open("win-rate");
  expect(entries).toEqual(["?lang=ro", "?lang=ro&explain=win-rate"]);
  expect(asked.map(({ url }) => url)).toEqual(["/api/boards/company/tiles/win-rate/explain?limit=20"]);
  state.close();
  expect(entries).toEqual(["?lang=ro"]);
  expect(state.asked.value).toBeNull();
  expect(asked[0]?.isAborted()).toBe(true);
});

test("an address that names a number opens it, with the row and the point that it names", () => {
  const { state, asked, entries } = setUp("?explain=race&group=ana%26b&point=1772323200000&part=end");
  state.follow();
  expect(asked[0]?.url).toBe(
    "/api/boards/company/tiles/race/explain?group=ana%26b&point=1772323200000&part=end&limit=20",
  );
  state.follow();
  expect(asked.length).toBe(1);
  state.close();
  expect(entries).toEqual([""]);
});

test("a number is asked once its board is known, and of the board that is shown", () => {
  const { state, asked, during } = setUp("?explain=sales", null);
  state.follow();
  expect([asked.length, state.asked.value]).toEqual([0, null]);
  during.board = "a b";
  state.follow();
  expect(asked[0]?.url).toBe("/api/boards/a%20b/tiles/sales/explain?limit=20");
});

test("only the answer of what was asked last is shown", async () => {
  const { state, asked } = setUp();
  state.open("race");
  state.choose({ group: "ana" });
  await asked[0]?.answer({ tile: "old" });
  expect(state.told.value).toEqual({ isReading: true });
  await asked[1]?.answer({ tile: "race" });
  expect(state.told.value).toEqual({ isReading: false, answer: { tile: "race" } });
});

test("more facts are asked for while those that are there stay", async () => {
  const { state, asked } = setUp();
  state.open("sales");
  await asked[0]?.answer({ tile: "sales" });
  for (let i = 0; i < 4; i++) {
    state.more();
    await asked.at(-1)?.answer({ tile: "sales" });
  }
  expect(asked.map(({ url }) => url.split("limit=")[1])).toEqual(["20", "100", "500", "2500", "10000"]);
  state.more();
  expect(state.told.value).toEqual({ isReading: true, answer: { tile: "sales" } });
});

test("why there is no answer is the server's own sentence, and can be asked again", async () => {
  const { state, asked } = setUp();
  state.open("sales");
  await asked[0]?.answer({ code: "NoTile", status: 404, detail: "The board company has no tile." }, 404);
  expect(state.told.value).toEqual({ isReading: false, problem: "The board company has no tile." });
  state.again();
  await asked[1]?.answer("broken", 500);
  expect(state.told.value).toEqual({ isReading: false, problem: null });
});
