import { type KpiQuestion, parseAt, parseFilters, type UsageFault } from "@leadwire/kpis";
import { factsAsOf, kpiSource, readLogAsOf } from "@leadwire/store";
import { type Either, isLeft, right } from "fp-ts/lib/Either.js";
import { type Knowledge, knowledgeAsOf } from "../../engine/knowledge.ts";
import type { ReportArgs, ReportContext } from "../report.ts";
import { countArg, knownArgs, manyArgs, neededArg, oneArg } from "../report-args.ts";
import type { FactsOf } from "./explained-facts.ts";

/** What `explain` was asked: a question about one group, and how many facts of each part are shown. */
export interface ExplainQuestion {
  /** By the dimensions of the group. */
  readonly question: KpiQuestion;
  /** The group's values, in the order of `by`; empty for the company. */
  readonly values: ReadonlyArray<string>;
  readonly limit: number;
  readonly knowledge: Omit<Knowledge, "asOfMs">;
  /** Undefined: as it is known now. */
  readonly asOf: Knowledge | undefined;
  readonly facts: FactsOf;
}

const linesShown = 20;
const linesMax = 10_000;

const asOfOf = async (
  { store, calendar, nowMs }: ReportContext,
  args: ReportArgs,
): Promise<Either<UsageFault, Knowledge | undefined>> => {
  const text = oneArg(args, "as_of");
  if (isLeft(text)) return text;
  return text.right === undefined ? right(undefined) : knowledgeAsOf(store, text.right, calendar, nowMs);
};

/** Reads the arguments of `explain`: metric, window, group, where, at, as_of, limit. */
export const explainQuestion = async (
  context: ReportContext,
  args: ReportArgs,
): Promise<Either<UsageFault, ExplainQuestion>> => {
  const { store, calendar, nowMs, newestMs } = context;
  const known = knownArgs(args, ["metric", "window", "group", "where", "at", "as_of", "limit"]);
  if (isLeft(known)) return known;
  const metric = neededArg(args, "metric", "win_rate");
  if (isLeft(metric)) return metric;
  const window = neededArg(args, "window", "30d or 2026-Q1");
  if (isLeft(window)) return window;
  const group = parseFilters(manyArgs(args, "group"));
  if (isLeft(group)) return group;
  const where = parseFilters(manyArgs(args, "where"));
  if (isLeft(where)) return where;
  const limit = countArg(args, "limit", linesShown, linesMax);
  if (isLeft(limit)) return limit;
  const asOf = await asOfOf(context, args);
  if (isLeft(asOf)) return asOf;
  const atText = oneArg(args, "at");
  if (isLeft(atText)) return atText;
  const then = asOf.right;
  const knowledge = then ?? {
    source: kpiSource(store),
    newestMs,
    hasActivity: (await readLogAsOf(store, nowMs)).hasActivity,
  };
  const at = parseAt(atText.right ?? "now", then?.asOfMs ?? nowMs, knowledge.newestMs, calendar);
  if (isLeft(at)) return at;
  const question = {
    metric: metric.right,
    window: window.right,
    atMs: at.right,
    by: group.right.map(([name]) => name),
    where: where.right,
  };
  const values = group.right.map(([, value]) => value);
  const facts: FactsOf = then === undefined ? () => "leadwire.facts" : (kind) => factsAsOf(kind, then.asOfMs);
  return right({ question, values, limit: limit.right, knowledge, asOf: then, facts });
};
