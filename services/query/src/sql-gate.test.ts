import { expect, test } from "vitest";
import { gateRefusal } from "./sql-gate.ts";

const select = (...lines: ReadonlyArray<string>): ReadonlyArray<string> => [
  "SelectWithUnionQuery (children 1)",
  ...lines,
];

test("lets a query over the views pass", () => {
  const tree = select(
    "  Function count (children 1)",
    "   TableExpression (children 1)",
    "    TableIdentifier leadwire.facts",
  );
  expect(gateRefusal(tree)).toBeUndefined();
});

test.each(["file", "FILE", "hostName", "dictGet", "sleep"])("refuses the function %s", (name) => {
  expect(gateRefusal(select(`  Function ${name} (children 1)`))).toBe(`the function ${name} is not allowed`);
});

test.each(["file", "url", "merge", "executable", "clusterAllReplicas"])("refuses the table function %s", (name) => {
  const tree = select("  TableExpression (children 1)", `   Function ${name} (alias z) (children 1)`);
  expect(gateRefusal(tree)).toBe(`the table function ${name} is not allowed`);
});

test.each(["system.users", "leadwire_log.events", "`leadwire_g_x`.`facts_latest`"])("refuses the table %s", (name) => {
  expect(gateRefusal(select("  TableExpression (children 1)", `   TableIdentifier ${name}`))).toMatch(
    /not one of the views/,
  );
});

test.each(["InsertQuery", "CreateQuery", "KillQueryQuery", "digraph"])("refuses the statement %s", (statement) => {
  expect(gateRefusal([`${statement} x (children 1)`])).toMatch(/only statements that read/);
});
