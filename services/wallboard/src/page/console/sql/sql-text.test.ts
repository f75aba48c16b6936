import { describe, expect, test } from "vitest";
import { errorPlace, lineAndColumn } from "./error-place.ts";
import { formatSql } from "./format-sql.ts";
import { parametersOf } from "./sql-parameters.ts";
import { statementAt } from "./statements.ts";

describe("what runs is", () => {
  const text = "SELECT 1;\n-- SELECT 0;\nSELECT ';' AS a\nFROM facts;\n\n";
  test.each([
    ["at the cursor", 3, 3, "SELECT 1"],
    ["right behind its semicolon", 9, 9, "SELECT 1"],
    [
      "over several lines, with a semicolon in a text",
      text.indexOf("FROM"),
      text.indexOf("FROM"),
      "SELECT ';' AS a\nFROM facts",
    ],
    ["before the cursor, where nothing follows", text.length, text.length, "SELECT ';' AS a\nFROM facts"],
    ["the selection", 0, 8, "SELECT 1"],
    ["the selection without its semicolon", 0, 10, "SELECT 1"],
  ])("the statement %s", (_, from, to, expected) => {
    expect(statementAt(text, from, to)?.text).toBe(expected);
  });

  test("nothing, where there is nothing but a comment", () => {
    expect(statementAt("-- later", 2, 2)).toBeUndefined();
    expect(statementAt("SELECT 1", 6, 7)).toBeUndefined();
  });
});

test("parameters are found outside of texts and comments, each once", () => {
  const sql = "SELECT {since:Date}, '{no:String}', {teams : Array(String)}, {since:Date} -- {neither:Date}";
  expect(parametersOf(sql)).toEqual([
    { name: "since", type: "Date" },
    { name: "teams", type: "Array(String)" },
  ]);
});

describe("an error is marked", () => {
  const sql = "SELECT ș, owner\nFORM facts";
  test.each([
    ["where the parser stopped", "Syntax error: failed at position 20 (facts) (line 2, col 6): facts.", "facts"],
    ["in bytes, as ClickHouse counts", "Syntax error: failed at position 12 (owner) (line 1, col 12): owner", "owner"],
    ["at a name that is unknown", "Unknown expression identifier `owner`. Maybe you meant: ['owners'].", "owner"],
    ["at the end", "Syntax error: failed at end of query", "facts"],
  ])("%s", (_, told, marked) => {
    const place = errorPlace(sql, told);
    expect(sql.slice(place?.from, place?.to)).toBe(marked);
  });

  test("where the server says", () => {
    const place = errorPlace(sql, "Syntax error", { line: 2, column: 6 });
    expect(sql.slice(place?.from, place?.to)).toBe("facts");
    // In letters, where ClickHouse's own words count bytes.
    const far = errorPlace("SELECT 'ăîș' nope nope", "Syntax error", { line: 1, column: 19 });
    expect(far).toEqual({ from: 18, to: 22 });
  });

  test("nowhere, where it does not say where", () => {
    expect(errorPlace(sql, "Timeout exceeded: elapsed 60 seconds")).toBeUndefined();
    expect(lineAndColumn(sql, 17)).toEqual({ line: 2, column: 2 });
  });
});

test("a statement is laid out a clause a line, and one with a comment is left alone", () => {
  const long =
    "with d as (select owner,amount_minor from deals where team in ('North','South')) select owner,sum(amount_minor)/100 as amount,count() as deals from d left join reps r on r.id=d.owner where amount_minor between 1 and 5 and x=-1 order by amount desc limit 10";
  expect(formatSql(long)).toBe(`with d as (
  select owner, amount_minor
  from deals
  where team in ('North', 'South')
)
select owner, sum(amount_minor) / 100 as amount, count() as deals
from d
left join reps r on r.id = d.owner
where amount_minor between 1 and 5 and x = -1
order by amount desc
limit 10`);
  expect(formatSql("select 1 -- one\n, 2")).toBe("select 1 -- one\n, 2");
  // Closer together these would say something else.
  expect(formatSql("select a . 5")).toBe("select a . 5");
});
