import { expect, test } from "vitest";
import type { LeaderboardData } from "../../board/tile-data.ts";
import { leaderboardRows } from "./leaderboard-rows.ts";
import { englishReader, plain } from "./testing/english-reader.ts";

const rowsOf = (rows: LeaderboardData["rows"], unit = "money") =>
  leaderboardRows(
    {
      id: "race",
      type: "leaderboard",
      changedAtMs: null,
      source: "live",
      flags: [],
      unit,
      ...(unit === "money" ? { currency: "EUR" } : {}),
      rows,
    },
    { rows: 10, format: {} },
    englishReader,
  );

test("draws shares of the best, and what is below zero to the other side", () => {
  const rows = rowsOf([
    { name: "ana", value: 300_000 },
    { name: "bogdan", value: -100_000 },
    { name: "carmen", value: null },
  ]);
  expect(rows.map(({ from, to }) => [from, to])).toEqual([
    [0.25, 1],
    [0.25, 0],
    [0.25, 0.25],
  ]);
  expect(rows.map(({ rank, name, value }) => `${rank} ${name} ${value}`)).toEqual([
    "1 ana €3K",
    "2 bogdan −€1K",
    "3 carmen –",
  ]);
});

test("draws the way to the target, with a tick and not by colour alone where it is reached", () => {
  const [ana, bogdan, carmen] = rowsOf([
    { name: "ana", value: 3, reached: 1.25 },
    { name: "bogdan", value: 2, reached: 0.5 },
    { name: "carmen", value: 1, reached: null },
  ]);
  expect(ana).toMatchObject({ to: 1, mark: 0.8, tone: "better", noteSpoken: "125 % of target".replace(" ", "\u00a0") });
  expect(plain(ana?.note ?? "")).toBe("✓ 125 %");
  expect(bogdan).toMatchObject({ to: 0.4, mark: 0.8, tone: "plain" });
  expect(carmen).toMatchObject({ to: 0, note: "–", noteSpoken: "no target set" });
  expect(carmen?.mark).toBeUndefined();
});

test("lets nobody press the others flat: a bar ends at twice the target, the percentage does not", () => {
  const [ana, bogdan] = rowsOf([
    { name: "ana", value: 3, reached: 37 },
    { name: "bogdan", value: 2, reached: 1 },
  ]);
  expect([ana?.to, bogdan?.to, ana?.mark]).toEqual([1, 0.5, 0.5]);
  expect(plain(ana?.note ?? "")).toBe("✓ 3,700 %");
});

test("says how many observations a share rests on", () => {
  expect(rowsOf([{ name: "ana", value: 0.4, count: 5 }], "ratio")[0]?.note).toBe("n = 5");
});
