import { expect, test } from "vitest";
import type { PartialQuery } from "../evaluate/partial.ts";
import { cohortWon, leadsUnanswered, responseTimes, wonAmounts } from "../measures/index.ts";
import { partialSql, partialsOfRows } from "./partial-sql.ts";

const query: PartialQuery = {
  measure: wonAmounts,
  fromMs: 1_000,
  toMs: null,
  upToMs: 9_000,
  by: ["owner"],
  where: [["region", "East'; DROP TABLE facts --"]],
  want: "sums",
};

test("what a user writes travels as a parameter, never in the text", () => {
  const { sql, params } = partialSql(query);
  expect(sql).toBe(
    [
      "SELECT owner, toInt64(sum(count)) AS n, toInt64(sum(amount_minor)) AS total",
      "FROM leadwire.facts",
      "WHERE kind = 'deal_closed'",
      "  AND outcome IN ('won')",
      "  AND amount_minor > 0",
      "  AND at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')",
      "  AND at <= fromUnixTimestamp64Milli({up_to:Int64}, 'UTC')",
      "  AND region = {where_0:String}",
      "GROUP BY owner",
      "ORDER BY owner",
    ].join("\n"),
  );
  expect(params).toEqual({ from: 1_000, up_to: 9_000, where_0: "East'; DROP TABLE facts --" });
});

test("a cohort is placed by creation and cut by its own time", () => {
  const { sql } = partialSql({ ...query, measure: cohortWon, where: [], by: [] });
  expect(sql).toContain("assumeNotNull(cohort_at) >=");
  expect(sql).toContain("at <= fromUnixTimestamp64Milli({up_to:Int64}, 'UTC')");
  expect(sql).not.toContain("GROUP BY");
});

test("rows become sums, bins and ages by group", () => {
  expect(partialsOfRows(query, [["ana", "2", "9007199254740993"]])).toEqual([
    { group: ["ana"], count: 2n, sum: 9_007_199_254_740_993n },
  ]);
  const bins = { ...query, measure: responseTimes, want: "bins" } as const;
  expect(
    partialsOfRows(bins, [
      ["ana", 7, "1", "500"],
      ["ana", 3, "2", "20"],
      ["ben", 3, "1", "9"],
    ]),
  ).toEqual([
    {
      group: ["ana"],
      count: 3n,
      sum: 520n,
      bins: [
        [3, 2n, 20n],
        [7, 1n, 500n],
      ],
    },
    { group: ["ben"], count: 1n, sum: 9n, bins: [[3, 1n, 9n]] },
  ]);
  const ages = { ...query, by: [], measure: leadsUnanswered, want: "ages" } as const;
  expect(partialsOfRows(ages, [[["5", "70"]]])).toEqual([{ group: [], count: 2n, sum: 0n, ages: [5, 70] }]);
  expect(() => partialsOfRows(query, [["ana", null, "1"]])).toThrow(TypeError);
});
