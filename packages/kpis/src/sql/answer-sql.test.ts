import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { expect, test } from "vitest";
import { catalogue } from "../../catalogue/index.ts";
import { planKpi } from "../evaluate/plan.ts";
import { checkQuestion, type KpiQuestion } from "../evaluate/question.ts";
import { answerSql } from "./answer-sql.ts";
import { filledSql } from "./filled-sql.ts";

const calendar = new ZoneCalendar("UTC");
const atMs = Date.parse("2026-03-12T10:31:00Z") - 1;
const sqlOf = (question: Omit<KpiQuestion, "atMs">, ...group: ReadonlyArray<string>): string => {
  const checked = checkQuestion({ ...question, atMs }, catalogue);
  if (checked._tag === "Left") throw new Error(checked.left.message);
  return answerSql(planKpi(checked.right, calendar, defaultWorkspace), group, calendar);
};

test("a group's number is asked of the metric's view, as the plan has placed the window", () => {
  expect(sqlOf({ metric: "win_rate", window: "month", by: ["rep"] }, "ana")).toBe(
    [
      "SELECT *",
      "FROM leadwire.kpi_win_rate(",
      "  by = 'owner',",
      "  since = '2026-03-01 00:00:00.000',",
      "  until = '2026-04-01 00:00:00.000',",
      "  at = '2026-03-12 10:30:59.999'",
      ")",
      "WHERE group_value = 'ana'",
    ].join("\n"),
  );
});

test("several conditions are put to the facts that the view reads, without what people may not call", () => {
  const sql = sqlOf({ metric: "new_leads", window: "7d", by: ["rep"], where: [["channel", "ads"]] }, "ana");
  expect(sql).toContain("FROM (SELECT * FROM leadwire.facts WHERE owner = 'ana' AND channel = 'ads')");
  expect(sql).not.toMatch(/\{|throwIf/u);
});

test("whatever a value holds stays a text", () => {
  const name = "it's \\' OR $& 1 = 1 --";
  const literal = "'it\\'s \\\\\\' OR $& 1 = 1 --'";
  expect(sqlOf({ metric: "sales", window: "7d", where: [["owner", name]] })).toContain(`group_value = ${literal}`);
  const filtered = sqlOf({ metric: "sales", window: "7d", by: ["team"], where: [["owner", name]] }, name);
  expect(filtered.split(literal)).toHaveLength(3);
  expect(
    filledSql({ sql: "SELECT {a:String}, {b:Int64}, {c:Array(String)}", params: { a: name, b: -5, c: ["x", name] } }),
  ).toBe(`SELECT ${literal}, -5, ['x', ${literal}]`);
  expect(() => filledSql({ sql: "SELECT {a:String}", params: {} })).toThrow("no value for a");
});
