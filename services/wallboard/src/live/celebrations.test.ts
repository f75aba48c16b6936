import { expect, test } from "vitest";
import type { Celebration } from "../board/board-definition.ts";
import type { NumberData } from "../board/tile-data.ts";
import type { BoardFreshness } from "../board-source.ts";
import { BoardCelebrations } from "./celebrations.ts";
import type { BoardWin } from "./event-feed.ts";

const celebrate: Celebration = { wonMinorMin: 100_000, targets: true, sound: false };
const startMs = 1_000_000_000;

interface Look {
  readonly atMs?: number;
  readonly state?: BoardFreshness["state"];
  readonly value?: number | null;
  readonly target?: number;
  readonly better?: NumberData["better"];
  readonly celebrate?: Celebration;
}

const setUp = () => {
  const wins: Array<BoardWin> = [];
  const during = { stretch: "2026-03" as string | undefined };
  const celebrations = new BoardCelebrations({
    eventFeed: { wins: (since) => wins.filter(({ seq }) => seq > since) },
    currency: "EUR",
    stretchOf: () => during.stretch,
  });
  let nowMs = startMs;
  const look = ({ atMs, state = "live", value = 10, target = 100, better = "higher", ...rest }: Look = {}) => {
    nowMs = atMs ?? nowMs + 1_000;
    const tile: NumberData = {
      id: "sales",
      type: "number",
      changedAtMs: null,
      source: "live",
      flags: [],
      value,
      unit: "deals",
      better,
      target: { value: target, reached: value === null ? null : value / target, pace: null },
    };
    const board = {
      id: "b",
      title: "B",
      theme: "auto",
      tiles: [],
      celebrate: rest.celebrate ?? celebrate,
    } as const;
    const freshness = { state, completeThroughMs: nowMs, behindEvents: 0 };
    return celebrations.take({ board, freshness, tiles: [tile] }, nowMs).map((one) => one.kind);
  };
  const win = (change: Partial<BoardWin> = {}): void => {
    const atMs = nowMs;
    const own = { id: `crm/${wins.length}`, deal: "D", owner: "ana", amountMinor: 100_000, currency: "EUR" };
    wins.push({ seq: wins.length + 1, ...own, occurredAtMs: atMs, appendTimeMs: atMs, ...change });
  };
  return { look, win, during };
};

test("a deal won just now is celebrated once", () => {
  const { look, win } = setUp();
  look();
  win();
  expect([look(), look()]).toEqual([["won"], []]);
});

test("what was there when the first one came is not celebrated", () => {
  const { look, win } = setUp();
  win();
  expect([look(), look()]).toEqual([[], []]);
});

test.each<[string, Partial<BoardWin>]>([
  ["a small deal", { amountMinor: 99_999 }],
  ["a deal that the log got half a minute ago", { appendTimeMs: startMs - 30_000 }],
  ["a deal won hours ago", { occurredAtMs: startMs - 3_601_000 }],
  ["a deal of tomorrow", { occurredAtMs: startMs + 86_400_000 }],
  ["an amount that cannot be compared", { currency: "USD" }],
])("%s is not celebrated", (_, change) => {
  const { look, win } = setUp();
  look();
  win(change);
  expect(look()).toEqual([]);
});

test("a board that does not celebrate deals has none", () => {
  const { look, win } = setUp();
  const quiet: Look = { celebrate: { targets: true, sound: false } };
  look(quiet);
  win();
  expect(look(quiet)).toEqual([]);
});

test("a target is celebrated when it is reached, and once in its period", () => {
  const { look, during } = setUp();
  expect([look({ value: 99 }), look({ value: 100 }), look({ value: 101 })]).toEqual([[], ["target"], []]);
  expect([look({ value: 99 }), look({ value: 100 })]).toEqual([[], []]);
  during.stretch = "2026-04";
  expect([look({ value: 0 }), look({ value: 100 })]).toEqual([[], ["target"]]);
});

test("where less is better, a target is reached from above", () => {
  const { look } = setUp();
  expect([look({ value: 101, better: "lower" }), look({ value: 100, better: "lower" })]).toEqual([[], ["target"]]);
});

test.each<[string, Look, Look]>([
  ["reached when the board was opened", { value: 100 }, { value: 101 }],
  ["reached while the engine caught up", { value: 99 }, { value: 100, state: "catching_up" }],
  ["reached by a lower target", { value: 99 }, { value: 99, target: 90 }],
  ["reached while nobody looked", { value: 99 }, { value: 100, atMs: startMs + 60_000 }],
  ["told for the first time", { value: null }, { value: 100 }],
  [
    "reached where targets are not celebrated",
    { value: 99 },
    { value: 100, celebrate: { targets: false, sound: false } },
  ],
])("a target %s is not celebrated, nor afterwards", (_, before, after) => {
  const { look } = setUp();
  expect([look(before), look(after)]).toEqual([[], []]);
  expect([look({ value: 150, target: after.target ?? 100 }), look({ value: 200 })]).toEqual([[], []]);
});

test("a target of a period that is over is not celebrated, whatever came late", () => {
  const { look, during } = setUp();
  during.stretch = undefined;
  expect([look({ value: 99 }), look({ value: 100 })]).toEqual([[], []]);
});
