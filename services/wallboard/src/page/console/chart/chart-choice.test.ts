import { describe, expect, test } from "vitest";
import type { Row } from "../answer/answer-lines.ts";
import { chooseChart, fittingChoice } from "./chart-choice.ts";
import { chartPoints, lineStops } from "./chart-points.ts";

const day = { name: "day", type: "Date" };
const team = { name: "team", type: "LowCardinality(String)" };
const won = { name: "won", type: "UInt64" };
const rate = { name: "rate", type: "Nullable(Float64)" };
const days: ReadonlyArray<Row> = ["01", "02", "03"].flatMap((of) => [
  [`2026-03-${of}`, "North", 1],
  [`2026-03-${of}`, "South", 2],
]);

describe("an answer suggests", () => {
  test.each([
    [
      "a course over time, a line for each team",
      [day, team, won],
      days,
      { kind: "line", x: "day", y: "won", series: "team" },
    ],
    [
      "bars over names",
      [team, won],
      [
        ["North", 1],
        ["South", 2],
      ],
      { kind: "bar", x: "team", y: "won", series: null },
    ],
    [
      "a cloud of two numbers",
      [{ name: "a", type: "Float64" }, rate],
      Array.from({ length: 60 }, (_, index) => [index / 7, index]),
      { kind: "scatter", x: "a", y: "rate", series: null },
    ],
    [
      "bars over a few whole numbers, such as hours",
      [{ name: "hour", type: "UInt8" }, won],
      Array.from({ length: 24 }, (_, index) => [index, index * 2]),
      { kind: "bar", x: "hour", y: "won", series: null },
    ],
    ["nothing for one row", [team, won], [["North", 1]], null],
    [
      "nothing without a number",
      [team, day],
      [
        ["North", "2026-03-01"],
        ["South", "2026-03-01"],
      ],
      null,
    ],
  ])("%s", (_, columns, rows, expected) => {
    expect(chooseChart(columns, rows)).toEqual(expected);
  });

  test("its own chart where the chosen one has columns that it does not have", () => {
    const chosen = { kind: "bar", x: "team", y: "gone", series: null } as const;
    expect(fittingChoice(chosen, [day, team, won], days)?.y).toBe("won");
    expect(fittingChoice({ ...chosen, y: "won" }, [day, team, won], days)).toEqual({ ...chosen, y: "won" });
  });
});

describe("the points of a chart", () => {
  test("stand in the order of time, each series at its own", () => {
    const choice = { kind: "line", x: "day", y: "won", series: "team" } as const;
    const points = chartPoints([day, team, won], [...days].reverse(), choice);
    expect(points.names).toEqual(["2026-03-01", "2026-03-02", "2026-03-03"]);
    expect(points.series.map(({ name, values }) => [name, ...values])).toEqual([
      ["South", 2, 2, 2],
      ["North", 1, 1, 1],
    ]);
    expect(points.doubled).toBe(0);
  });

  test("a null is a gap, and a row that is not there is none", () => {
    const rows = [
      ["2026-03-01", "North", null],
      ["2026-03-02", "North", 3],
      ["2026-03-02", "South", 1],
    ];
    const points = chartPoints([day, team, rate], rows, { kind: "line", x: "day", y: "rate", series: "team" });
    const of = (name: string) => points.series.find((each) => each.name === name);
    expect([of("North")?.values, of("North")?.places]).toEqual([
      [null, 3],
      [0, 1],
    ]);
    expect([of("South")?.values, of("South")?.places]).toEqual([[null, 1], [1]]);
  });

  test("by days a line stops where a day has no row, and by weeks it goes on", () => {
    const stopsOf = (...on: ReadonlyArray<string>) => {
      const rows = on.map((each) => [`2026-03-${each}`, "North", 1]);
      const points = chartPoints([day, team, won], rows, { kind: "line", x: "day", y: "won", series: "team" });
      return points.series.map((each) => lineStops(points, each));
    };
    expect(stopsOf("01", "02", "03", "05", "06")).toEqual([[0, 1, 2, null, 3, 4]]);
    expect(stopsOf("01", "08", "15", "22")).toEqual([[0, 1, 2, 3]]);
  });

  test("beyond the colours that there are, the largest series are drawn, and it is said", () => {
    const rows = Array.from({ length: 9 }, (_, index) => ["2026-03-01", `team ${index}`, index]);
    const points = chartPoints([day, team, won], rows, { kind: "bar", x: "day", y: "won", series: "team" });
    expect([points.series.length, points.seriesInAll, points.series[0]?.name]).toEqual([7, 9, "team 8"]);
  });

  test("rows that share a place are counted, so that nobody takes the last for all", () => {
    const rows = [
      ["North", 1],
      ["North", 5],
    ];
    const points = chartPoints([team, won], rows, { kind: "bar", x: "team", y: "won", series: null });
    expect([points.doubled, points.series[0]?.values]).toEqual([1, [5]]);
  });
});
