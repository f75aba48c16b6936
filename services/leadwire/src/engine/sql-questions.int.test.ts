import { readFileSync } from "node:fs";
import { defaultWorkspace } from "@leadwire/funnel";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ClockedEngine, openClockedEngine } from "../testing/clocked-engine.ts";
import { smallAnswers } from "../testing/small-answers.ts";
import { mondayMs, nextMondayMs, smallCompany } from "../testing/small-company.ts";

const page = readFileSync(new URL("../../../../docs/sql-questions.md", import.meta.url), "utf8");

/** Each question as the page asks and answers it. */
const questions = [...page.matchAll(/^## \d+\. (.+)\n\n```sql\n([\s\S]+?)\n```\n\n((?:\|.*\n)+)/gmu)].map(
  ([, title = "", sql = "", table = ""]) => {
    const lines = table.trimEnd().split("\n");
    const [, , ...rows] = lines.map((line) => line.slice(2, -2).split(" | "));
    return { title, sql, rows };
  },
);

let clocked: ClockedEngine;

/** The rows below the names of the columns. */
const rowsOf = async (sql: string): Promise<ReadonlyArray<ReadonlyArray<string>>> => {
  const answer = await clocked.engine.sql(sql, "TSV");
  if (isLeft(answer)) throw new Error(answer.left.message);
  const [, ...lines] = Buffer.from(answer.right).toString().trimEnd().split("\n");
  return lines.map((line) => line.split("\t").map((cell) => (cell === "\\N" ? "null" : cell)));
};

beforeAll(async () => {
  const hourMs = 3_600_000;
  clocked = await openClockedEngine(defaultWorkspace, mondayMs - hourMs);
  await clocked.append(smallCompany.first);
  clocked.at(nextMondayMs - hourMs);
  await clocked.append(smallCompany.second);
  const told = smallCompany.first.length + smallCompany.second.length;
  // Tasks write their ledgers about once a second.
  while (Number((await rowsOf("SELECT sum(applied + duplicate + quarantined) FROM ledger"))[0]?.[0]) < told) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}, 60_000);
afterAll(() => clocked.dispose());

test("there are twenty questions, each with an answer that is worked out apart", () => {
  expect(questions).toHaveLength(20);
  expect(smallAnswers).toHaveLength(20);
});

test.each(questions.map((question, index) => ({ ...question, index })))(
  "$title",
  async ({ sql, rows, index }) => {
    const found = await rowsOf(sql);
    expect(found).toEqual(smallAnswers[index]?.().map((row) => row.map(String)));
    expect(rows, "as the page says").toEqual(found);
  },
  30_000,
);

test.each([
  [
    "kpi_win_rate_window(window = 'lately', by = '', at = '', as_of = '')",
    /^no such window: write all; 1h .*FROM\.\.TO\.$/,
  ],
  [
    "kpi_win_rate_window(window = 'all', by = 'colour', at = '', as_of = '')",
    /^no such dimension here: by is company, owner, .*\.$/,
  ],
  ["kpi_win_rate_window(window = 'all')", /takes all of them: npx leadwire sql --schema NAME/],
])("what is wrong with %s is said in words", async (call, message) => {
  const answer = await clocked.engine.sql(`SELECT * FROM ${call}`, "TSV");
  expect(isLeft(answer) ? answer.left.message : "").toMatch(message);
});
