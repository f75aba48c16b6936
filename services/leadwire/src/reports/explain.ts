import {
  addsUp,
  checkQuestion,
  type ExplainedPart,
  evaluateKpi,
  explainedFormula,
  explainedParts,
  factLinesOfRows,
  factSumsOfRows,
  factsSql,
  factsSumSql,
  type GroupPartial,
  type KpiAnswer,
  type NamedDimension,
  type PartialQuery,
  type PartialSource,
  planKpi,
  takenOf,
  usageFault,
} from "@leadwire/kpis";
import { isLeft, left, right } from "fp-ts/lib/Either.js";
import { knownAnswer } from "../engine/knowledge.ts";
import { type ExplainQuestion, explainQuestion } from "./explain-question.ts";
import { type ExplainedFact, explainedFacts, inUnit } from "./explained-facts.ts";
import type { Report, ReportContext } from "./report.ts";
import { reportRows } from "./report-rows.ts";

/** One number that the answer is made of. */
export interface ExplainedPartDocument {
  readonly part: string;
  readonly what: string;
  readonly measure: string;
  readonly unit: ExplainedPart["unit"];
  /** Over all facts, also those that are not shown. Money is in minor units, `s` are seconds. */
  readonly total: number;
  /** How many facts there are, and how many of them are shown. */
  readonly facts_count: number;
  readonly shown: number;
  readonly adds_up: boolean;
  readonly facts: ReadonlyArray<ExplainedFact>;
}

/** `explain` as JSON. */
export interface ExplainDocument {
  readonly answer: KpiAnswer;
  /** In words. */
  readonly formula: string;
  /** The facts of every part, added up, are what the answer was made of. */
  readonly adds_up: boolean;
  readonly parts: ReadonlyArray<ExplainedPartDocument>;
}

type Found = ReadonlyMap<string, ReadonlyArray<GroupPartial>>;

/** A source that remembers what it answered. */
const remembering = (source: PartialSource): { readonly source: PartialSource; readonly found: Found } => {
  const found = new Map<string, ReadonlyArray<GroupPartial>>();
  const partials = async (query: PartialQuery): Promise<ReadonlyArray<GroupPartial>> => {
    const answer = await source.partials(query);
    found.set(JSON.stringify(query), answer);
    return answer;
  };
  return { source: { ...source, partials }, found };
};

const partDocument = async (
  { store }: ReportContext,
  { facts, limit }: ExplainQuestion,
  part: ExplainedPart,
  found: Found,
  by: ReadonlyArray<NamedDimension>,
): Promise<ExplainedPartDocument> => {
  const { query, unit } = part;
  const source = facts(query.measure.kind);
  const sums = factSumsOfRows(await reportRows(store, factsSumSql(query, source)));
  const lines = factLinesOfRows(await reportRows(store, factsSql(query, source, limit)));
  return {
    part: part.part,
    what: part.what,
    measure: query.measure.id,
    unit,
    total: inUnit(
      sums.reduce((total, line) => total + takenOf(part, line), 0n),
      unit,
    ),
    facts_count: sums.reduce((total, line) => total + line.lines, 0),
    shown: lines.length,
    adds_up: addsUp(found.get(JSON.stringify(query)) ?? [], sums),
    facts: await explainedFacts(store, facts, part, lines, by),
  };
};

const noGroup = ({ question }: ExplainQuestion): string => {
  const dims = (question.by ?? []).join(",");
  return `No fact lies in this group and window: npx leadwire kpi ${question.metric} --window ${question.window} --by ${dims} lists the groups.`;
};

/** The facts behind each part of a KPI's value, and the events behind each fact; their sum is held against the answer. */
export const explain: Report = async (context, args) => {
  const asked = await explainQuestion(context, args);
  if (isLeft(asked)) return asked;
  const { question, knowledge, asOf } = asked.right;
  const { catalogue, workspace, calendar } = context;
  const checked = checkQuestion(question, catalogue);
  if (isLeft(checked)) return checked;
  const { source, found } = remembering(knowledge.source);
  const meta = { completeThroughMs: knowledge.newestMs, hasActivity: knowledge.hasActivity };
  const answers = await evaluateKpi(question, { catalogue, workspace, calendar, source, meta });
  if (isLeft(answers)) return answers;
  const [answer] = answers.right;
  if (answer === undefined) return left(usageFault("BadFilter", noGroup(asked.right)));
  const plan = planKpi(checked.right, calendar, workspace);
  const parts: ExplainedPartDocument[] = [];
  for (const part of explainedParts(plan))
    parts.push(await partDocument(context, asked.right, part, found, checked.right.by));
  const document: ExplainDocument = {
    answer: asOf === undefined ? answer : knownAnswer(answer, asOf),
    formula: explainedFormula(plan),
    adds_up: parts.every((part) => part.adds_up),
    parts,
  };
  return right(document);
};
