import { contentHash, dayMs } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import type { KpiAnswer } from "@leadwire/kpis";
import { answerDifference } from "../../oracle/answer-difference.ts";
import { companyOf } from "../../oracle/company.ts";
import { answer, type OracleQuestion } from "../../oracle/oracle.ts";
import { randomQuestions } from "../../oracle/random-question.ts";
import type { LogContents } from "./log-contents.ts";

const shownMax = 5;

const pathOf = ({ metric, window, atMs, by = [], where = [] }: OracleQuestion): string => {
  const query = new URLSearchParams({ window, at: new Date(atMs).toISOString() });
  if (by.length > 0) query.set("by", by.join(","));
  for (const [dimension, value] of where) query.append("where", `${dimension}=${value}`);
  return `/api/kpis/${metric}?${query}`;
};

/** Asks the query service what the oracle is asked of the events in the log; each difference in words. */
export const checkAnswers = async (
  url: string,
  { records }: LogContents,
  workspace: Workspace,
  { seed, count, nowMs }: { readonly seed: number; readonly count: number; readonly nowMs: number },
): Promise<ReadonlyArray<string>> => {
  const company = companyOf({ events: records, workspace, contentHash });
  const asked = { seed, workspace, events: records, fromMs: nowMs - 30 * dayMs, toMs: nowMs };
  const differences: Array<string> = [];
  for (const question of randomQuestions(asked, count)) {
    const response = await fetch(`${url}${pathOf(question)}`);
    const text = await response.text();
    if (!response.ok) {
      differences.push(`${pathOf(question)} answered ${response.status}: ${text}`);
      continue;
    }
    const found = JSON.parse(text) as ReadonlyArray<KpiAnswer>;
    const difference = answerDifference(question.metric, found, answer(company, question));
    if (difference !== undefined) differences.push(`${pathOf(question)}: ${difference.slice(0, 1_000)}`);
  }
  if (differences.length <= shownMax) return differences;
  return [...differences.slice(0, shownMax), `${differences.length - shownMax} more answers differ`];
};
