import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { queryCost } from "./query-cost.ts";
import { sqlBodyOf } from "./sql-body.ts";
import { placeOf, sqlProblem } from "./sql-problem.ts";

const bodyOf = (body: unknown) => {
  const ask = sqlBodyOf(body);
  return isLeft(ask) ? ask.left : ask.right;
};

test("a statement is asked for as a whole answer in JSON, where nothing else is said", () => {
  expect(bodyOf({ sql: "SELECT 1" })).toEqual({
    sql: "SELECT 1",
    parameters: {},
    settings: { wait_end_of_query: "1" },
    format: "JSON",
  });
  expect(bodyOf({ sql: "SELECT 1", format: "csv", query_id: "q-1", stream: true })).toEqual({
    ...{ sql: "SELECT 1", parameters: {}, settings: {}, format: "CSVWithNames", queryId: "q-1" },
  });
  expect(bodyOf({ sql: "SELECT 1", format: "RowBinary" })).toMatchObject({ format: "RowBinary" });
});

test.each([
  ["plain", "plain"],
  ["tab\t line\n back\\", "tab\\t line\\n back\\\\"],
  [null, "\\N"],
  [1.5, "1.5"],
  [true, "true"],
  [[], "[]"],
  [["O'Hare", "\\"], "['O\\'Hare','\\\\']"],
  [[[1, null], [2]], "[[1,NULL],[2]]"],
])("the parameter %j goes to ClickHouse as %s", (value, text) => {
  expect(bodyOf({ sql: "SELECT {x:String}", parameters: { x: value } })).toMatchObject({ parameters: { x: text } });
});

test.each([
  [null, "Expected JSON"],
  [{}, "sql: expected a statement"],
  [{ sql: 1 }, "sql: expected a statement"],
  [{ sql: "", format: 1 }, "format: expected a text"],
  [{ sql: "", query_id: "a b" }, "query_id: expected"],
  [{ sql: "", query_id: 1 }, "query_id: expected"],
  [{ sql: "", parameters: [] }, "parameters: expected an object"],
  [{ sql: "", parameters: { x: {} } }, "parameters.x: expected a text"],
  [{ sql: "", parameters: { x: [{}] } }, "parameters.x: expected a text"],
])("%j is told what was expected", (body, words) => {
  expect(bodyOf(body)).toContain(words);
});

test("a statement that is too long is refused", () => {
  expect(bodyOf({ sql: "x".repeat(262_145) })).toBe("sql: expected at most 256 KiB.");
});

test.each([
  ["SELECT\n 1 from from", 19, { line: 2, column: 12 }],
  ["\n\n  SELEC 1", 7, { line: 3, column: 9 }],
  ["SELECT 'ăă' x y", 17, { line: 1, column: 15 }],
  ["SELECT 1", 1, { line: 1, column: 1 }],
])("in %j position %i of ClickHouse's is %j", (sql, position, place) => {
  expect(placeOf(sql, `Syntax error: failed at position ${position} (x): x.`)).toEqual(place);
});

test.each([
  [{ code: 62, name: "SYNTAX_ERROR" }, 422],
  [{ code: 497, name: "ACCESS_DENIED" }, 422],
  [{ code: 202, name: "TOO_MANY_SIMULTANEOUS_QUERIES" }, 429],
  [{ code: 210, name: "NETWORK_ERROR" }, 503],
  [{ code: 241, name: "MEMORY_LIMIT_EXCEEDED" }, 422],
])("%j is a problem of status %i", (refusal, status) => {
  const found = sqlProblem("SELECT 1", { ...refusal, message: "no" });
  expect(found).toMatchObject({ status, code: refusal.name, clickhouse_code: refusal.code, detail: "no" });
});

test("what a query cost is told as numbers, and nothing where ClickHouse says nothing", () => {
  const summary = '{"read_rows":"5","read_bytes":"40","written_rows":"0","result_rows":"1","elapsed_ns":"1249024"}';
  expect(queryCost({ "x-clickhouse-summary": summary })).toEqual({
    "x-leadwire-query-cost": '{"elapsed_ms":1.249024,"read_rows":5,"read_bytes":40,"result_rows":1}',
  });
  for (const none of [undefined, "", "[]", "{}", '{"read_rows":"many"}'])
    expect(queryCost(none === undefined ? {} : { "x-clickhouse-summary": none })).toEqual({});
});
