import { expect, test } from "vitest";
import type { LeaderboardTile } from "../../board/board-definition.ts";
import type { LeaderboardData, WaterfallData } from "../../board/tile-data.ts";
import { namesOf } from "../reader/catalogue-names.ts";
import type { Reader } from "../reader/reader.ts";
import { en as texts } from "../texts/en.ts";
import { choiceWith, tileChoices } from "./tile-choices.ts";

const reader: Reader = { locale: "en", texts, timeZone: "UTC", currency: "EUR", names: namesOf(null, texts) };
const place = { column: 0, row: 0, columns: 3, rows: 3 };
const head = { id: "t", changedAtMs: null, source: "live", flags: [] } as const;

test("a leaderboard has a choice of its rows, by what it ranks", () => {
  const definition: LeaderboardTile = {
    id: "t",
    place,
    type: "leaderboard",
    metric: "sales",
    window: "month",
    where: [],
    by: "rep",
    rows: 5,
    format: {},
  };
  const data: LeaderboardData = {
    ...head,
    type: "leaderboard",
    unit: "money",
    rows: [
      { name: "ana", value: 1 },
      { name: "", value: 0 },
    ],
  };
  expect(tileChoices(definition, data, { group: "ana" }, reader)).toEqual([
    {
      key: "group",
      label: "Rep",
      options: [
        { value: "", text: "Everything" },
        { value: "ana", text: "ana" },
      ],
      chosen: "ana",
    },
  ]);
});

test("a waterfall has a choice of its steps, the end first chosen", () => {
  const definition = { id: "t", place, type: "waterfall", window: "month" } as const;
  const data: WaterfallData = {
    ...head,
    type: "waterfall",
    unit: "money",
    startMinor: 1,
    steps: [{ movement: "churn", amountMinor: -1 }],
    endMinor: 0,
  };
  const [field] = tileChoices(definition, data, {}, reader);
  expect([field?.chosen, field?.options.map(({ text }) => text)]).toEqual(["end", ["Start", "Churn", "Now"]]);
});

test("a choice is taken away by the empty one, and a point is a number", () => {
  expect(choiceWith({ group: "ana", pointMs: 5 }, "group", "")).toEqual({ pointMs: 5 });
  expect(choiceWith({ group: "ana" }, "pointMs", "7")).toEqual({ group: "ana", pointMs: 7 });
});
