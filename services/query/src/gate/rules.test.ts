import { expect, test } from "vitest";
import { formatRefusal } from "./format-rules.ts";
import { functionRefusal } from "./function-rules.ts";
import { identifierRefusal } from "./parameter-rules.ts";
import { settingRefusal } from "./setting-rules.ts";
import { statementKind } from "./statement-rules.ts";
import { tokensOf } from "./statement-text.ts";
import { treeOf } from "./statement-tree.ts";
import { tableFunctionRefusal, tableRefusal } from "./table-rules.ts";
import { textRefusal } from "./text-rules.ts";
import { treeRefusal } from "./tree-rules.ts";

const nothing = { settingClauses: 0, applied: 0 };
const judged = (lines: ReadonlyArray<string>, text = nothing) => treeRefusal(treeOf(lines) ?? [], text, "leadwire");
const select = (...lines: ReadonlyArray<string>): ReadonlyArray<string> => [
  "SelectWithUnionQuery (children 1)",
  " ExpressionList (children 1)",
  "  SelectQuery (children 2)",
  "   ExpressionList (children 1)",
  ...lines,
];
const from = (line: string): ReadonlyArray<string> => [
  "   TablesInSelectQuery (children 1)",
  "    TablesInSelectQueryElement (children 1)",
  "     TableExpression (children 1)",
  `      ${line}`,
];

test.each(["sum", "sumIf", "SUM", "uniqExactArrayIf", "quantilesTDigestOrNull", "avgStateMerge", "_CAST", "lambda"])(
  "lets the function %s be called",
  (name) => {
    expect(functionRefusal(name)).toBeUndefined();
  },
);

test.each(["file", "FILE", "fileIf", "hostName", "sleep", "sumFile", "", "noSuch", "constructor"])(
  "refuses the function %s",
  (name) => {
    expect(functionRefusal(name)).toMatch(/is not allowed: /);
  },
);

test.each([
  ["countt", "count"],
  ["lenght", "length"],
  ["toStartOfMont", "toStartOfMonth"],
])("knows what %s was meant to be", (name, nearest) => {
  expect(functionRefusal(name)).toContain(`(did you mean ${nearest}?)`);
  expect(functionRefusal("x".repeat(1_000))).not.toContain("did you mean");
});

test("a combinator makes no aggregate of what is none", () => {
  expect(functionRefusal("lowerIf")).toMatch(/not allowed/);
  expect(functionRefusal("sumif")).toMatch(/not allowed/);
});

test("reads tables of ours, of the standard, and the few of ClickHouse's that clients need", () => {
  for (const name of ["facts", "leadwire.deals", "LEADWIRE.deals", "information_schema.columns", "system.one"]) {
    expect(tableRefusal(name, "leadwire"), name).toBeUndefined();
  }
  for (const name of ["system.users", "SYSTEM.Users", "leadwire_log.events", "leadwire_g_a.facts", "default.t"]) {
    expect(tableRefusal(name, "leadwire"), name).toMatch(/not one of the views/);
  }
  expect(tableRefusal("users", "system")).toMatch(/not one of the views/);
});

test("takes metrics and the past as tables with parameters, and no other table function that reads", () => {
  for (const name of ["numbers", "kpi_win_rate", "leadwire.kpi_win_rate_window", "facts_as_of"]) {
    expect(tableFunctionRefusal(name), name).toBeUndefined();
  }
  for (const name of ["file", "url", "merge", "eval", "system.kpi_x", "kpi_x.file", "format"]) {
    expect(tableFunctionRefusal(name), name).toMatch(/is not allowed: /);
  }
});

test("settings that change what a statement means, or lift a limit's wall, are refused with a reason", () => {
  expect(settingRefusal("max_threads", "2")).toBeUndefined();
  expect(settingRefusal("additional_table_filters", "{}")).toMatch(/WHERE/);
  expect(settingRefusal("allow_ddl", "1")).toMatch(/means/);
  expect(settingRefusal("log_comment", "x".repeat(2_000))).toMatch(/too long/);
});

test("formats are known by name in any case; those that need files are refused", () => {
  expect(formatRefusal("jsoneachrow")).toBeUndefined();
  expect(formatRefusal("Template")).toMatch(/not allowed/);
});

test("lets a query over the views pass and tells what it reads", () => {
  expect(
    judged(
      select(
        "    Function count (alias n) (children 1)",
        "     ExpressionList",
        ...from("TableIdentifier leadwire.facts (alias f)"),
      ),
    ),
  ).toEqual({
    tables: ["leadwire.facts"],
    format: undefined,
  });
});

test("a node that it does not know is refused, wherever it stands", () => {
  expect(judged(select("    StreamSettings"))).toMatchObject({
    code: 497,
    message: expect.stringContaining("StreamSettings"),
  });
});

test("lines that are no tree are refused", () => {
  expect(judged([])).toMatchObject({ code: 497 });
  expect(judged(["SelectWithUnionQuery", "    Literal UInt64_1"])).toMatchObject({ code: 497 });
  expect(judged(["SelectWithUnionQuery", "SelectWithUnionQuery"])).toMatchObject({ code: 497 });
});

test("a table behind IN is a table", () => {
  const inList = (table: string) =>
    select(
      "    Function in (children 1)",
      "     ExpressionList (children 2)",
      "      Identifier a",
      `      Identifier ${table}`,
    );
  expect(judged(inList("leadwire.facts"))).toMatchObject({ tables: [] });
  expect(judged(inList("other.secrets"))).toMatchObject({ code: 497 });
});

test("the tree must have as many SETTINGS and APPLY as the text", () => {
  const tree = [...select("    Literal UInt64_1"), "   Set"];
  expect(judged(tree, { settingClauses: 1, applied: 0 })).toMatchObject({ tables: [] });
  expect(judged(tree)).toMatchObject({ code: 497 });
});

test("SETTINGS in a part of the statement are refused", () => {
  const tree = [...select("    Subquery (children 1)"), "     SelectQuery (children 1)", "      Set"];
  expect(judged(tree, { settingClauses: 1, applied: 0 })).toMatchObject({
    message: expect.stringContaining("end of the whole"),
  });
});

test.each([
  "SELECT 1 SETTINGS readonly = DEFAULT",
  "SELECT 1 SETTINGS max_threads = 1, allow_ddl = 1",
  "SELECT 1 SETTINGS max_threads = -1, allow_ddl = 1",
  "SELECT 1 SETTINGS max_execution_time = 1e-5, allow_ddl = 1",
  "SELECT 1 SETTINGS max_threads = 1 + 1, allow_ddl = 1",
  "SELECT * APPLY file",
  "SELECT * APPLY x -> x",
  "SELECT 1 AS `a\\nb`",
  "SELECT 1 AS `a (children 2)`",
  "SELECT 1 INTO OUTFILE 'x'",
  "SELECT 1 FROM `system`.users",
])("the text of %s is refused", (text) => {
  expect(textRefusal(tokensOf(text))).toMatchObject({ code: 497 });
});

test("a column may be called like a clause", () => {
  expect(textRefusal(tokensOf("SELECT settings, settings.x = 1, apply, `into` FROM t"))).toEqual(nothing);
  expect(textRefusal(tokensOf("SELECT 'SETTINGS readonly = 0', 1 SETTINGS max_threads = 1"))).toEqual({
    settingClauses: 1,
    applied: 0,
  });
});

test.each([
  ["SHOW TABLES FROM system", /database system/],
  ["SHOW TABLES WHERE file('x')", /with LIKE, not with WHERE/],
  ["SHOW CREATE TABLE system.users", /not one of the views/],
  ["DROP TABLE facts", /this one changes data or tables \(found DROP TABLE\)/],
  ["EXPLAIN CURRENT TRANSACTION", /EXPLAIN takes/],
  ["KILL QUERY WHERE 1", /close the connection/],
])("the statement %s is refused", (text, reason) => {
  expect(statementKind(text, text, "leadwire")).toMatchObject({ code: 497, message: expect.stringMatching(reason) });
});

test("an expression that ClickHouse takes for a SELECT is refused: EXPLAIN would take it for something else", () => {
  expect(statementKind("optimize = 1", "SELECT optimize = 1", "leadwire")).toMatchObject({ code: 497 });
  expect(statementKind(" -- x\n /* y */ from t", "SELECT * FROM t", "leadwire")).toEqual({ _tag: "Select" });
});

test("the value of an Identifier is a name, with its database at most", () => {
  const tokens = tokensOf("SELECT {a:Identifier} FROM {t:Identifier} WHERE b = {c:String}");
  expect(identifierRefusal(tokens, { a: "owner", t: "leadwire.facts", c: "any\nthing" })).toBeUndefined();
  for (const t of ["facts\n x", "a.b.c", "facts (alias x)", "`facts`", ""]) {
    expect(identifierRefusal(tokens, { t }), t).toMatchObject({ code: 497 });
  }
});
