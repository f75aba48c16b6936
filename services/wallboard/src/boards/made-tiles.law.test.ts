import { catalogue } from "@leadwire/kpis/catalogue";
import { describe, expect, test } from "vitest";
import { tileTypes } from "../board/board-definition.ts";
import { checkTile } from "../board-file/check-tile.ts";
import { windowsFor } from "../page/edit/metric-choices.ts";
import { makeTile, withMetric, withType } from "../page/edit/tile-making.ts";
import { catalogueAnswer } from "./catalogue-answers.ts";

const context = { catalogue, currency: "EUR" };
const answer = catalogueAnswer(catalogue, "en");
const place = { column: 0, row: 0, columns: 3, rows: 3 };
/** A picture needs its file, and a text its words: nobody can guess them. */
const types = tileTypes.filter((type) => type !== "image" && type !== "text");

describe("what the editor makes stands on a board as it is", () => {
  test.each(types)("a new tile: %s", (type) => {
    const tile = makeTile(type, { id: "a", place }, answer);
    expect(checkTile(tile, context)).toEqual({ _tag: "Right", right: tile });
  });

  test("every metric of the catalogue in every tile that takes one, with each of its windows", () => {
    for (const { metric, dimensions } of answer.metrics)
      for (const type of ["number", "gauge", "line", "leaderboard"] as const) {
        if (type === "leaderboard" && dimensions.length === 0) continue;
        const made = withMetric(makeTile(type, { id: "a", place }, answer), metric, answer);
        for (const window of "window" in made ? windowsFor(made, answer) : ["none"]) {
          const tile = "window" in made ? { ...made, window } : made;
          expect([metric, window, checkTile(tile, context)]).toEqual([metric, window, { _tag: "Right", right: tile }]);
        }
      }
  });

  test("a tile of any type made one of any other, with everything that both have", () => {
    const where = [["team", "north"]] as const;
    for (const from of types)
      for (const to of types) {
        const tile = withType(makeTile(from, { id: "a", place, title: "Ours", where }, answer), to, answer);
        expect([from, checkTile(tile, context)]).toEqual([from, { _tag: "Right", right: tile }]);
        expect(tile).toMatchObject({ type: to, title: "Ours" });
      }
  });
});
