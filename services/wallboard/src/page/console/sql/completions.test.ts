import { describe, expect, test } from "vitest";
import type { ConsoleView } from "../../../console/console-schema.ts";
import { callOf, suggestionsAt } from "./completions.ts";

const column = (name: string) => ({ name, type: "String", comment: `About ${name}` });
const facts: ConsoleView = {
  name: "facts",
  layer: "facts",
  comment: "Facts",
  parameters: [],
  columns: [column("owner"), column("kind")],
};
const leads: ConsoleView = {
  name: "leads",
  layer: "facts",
  comment: "Leads",
  parameters: [],
  columns: [column("lead_id")],
};
const winRate: ConsoleView = {
  name: "kpi_win_rate_window",
  layer: "metrics",
  comment: "Win rate",
  parameters: [
    ["window", "'month'"],
    ["by", "''"],
  ],
  columns: [column("group_value"), column("value")],
};
const schema = { views: [facts, leads, winRate], functions: ["countIf"] };

/** `|` is the cursor. */
const offered = (marked: string, isAsked = true): ReadonlyArray<string> => {
  const at = marked.indexOf("|");
  return suggestionsAt(marked.replace("|", ""), at, isAsked, schema)?.options.map(({ label }) => label) ?? [];
};

describe("offered are", () => {
  test("views after FROM and JOIN, and nothing else", () => {
    expect(offered("SELECT 1 FROM fa|")).toEqual(["facts", "leads", "kpi_win_rate_window"]);
    expect(offered("SELECT 1 FROM facts JOIN |")).toEqual(["facts", "leads", "kpi_win_rate_window"]);
  });

  test("the columns of the views that the statement asks first, and not those of other statements", () => {
    const found = offered("SELECT lead_id FROM leads; SELECT o| FROM facts");
    expect(found.slice(0, 2)).toEqual(["owner", "kind"]);
    expect(found).not.toContain("lead_id");
    expect(found).toEqual(expect.arrayContaining(["facts", "SELECT", "countIf"]));
  });

  test.each([
    ["SELECT f.| FROM facts AS f", ["owner", "kind"]],
    ["SELECT l.| FROM facts f JOIN leads l ON 1", ["lead_id"]],
    ["SELECT w.| FROM kpi_win_rate_window(window = 'month', by = '') AS w", ["group_value", "value"]],
    ["SELECT * FROM leadwire.|", ["facts", "leads", "kpi_win_rate_window"]],
  ])("what belongs to the name before the point: %s", (marked, expected) => {
    expect(offered(marked)).toEqual(expected);
  });

  test("nothing within texts, comments and numbers, and nothing unasked after a space", () => {
    expect(offered("SELECT 'o|' FROM facts")).toEqual([]);
    expect(offered("SELECT 1 -- o|")).toEqual([]);
    expect(offered("SELECT | FROM facts", false)).toEqual([]);
  });
});

test("a metric's view comes with its parameters, as places to fill in", () => {
  expect(callOf(winRate, true)).toBe("kpi_win_rate_window(window = #{'month'}, by = #{''})");
  expect(callOf(winRate, false)).toBe("kpi_win_rate_window(window = 'month', by = '')");
  expect(callOf(facts, true)).toBe("facts");
});
