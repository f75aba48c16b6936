import {
  addsUp,
  checkQuestion,
  type ExplainedPart,
  evaluateKpi,
  explainedFormula,
  explainedParts,
  explainedPlan,
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
import { knownAnswer } from "../../engine/knowledge.ts";
import type { Report, ReportContext } from "../report.ts";
import { reportRows } from "../report-rows.ts";
import { type ExplainQuestion, explainQuestion } from "./explain-question.ts";
import { type ExplainedFact, explainedFacts, inUnit } from "./explained-facts.ts";
import { type ExplainedPlanLine, explainedPlanLines } from "./explained-plan-lines.ts";

/** One number that the answer is made of. */
export interface ExplainedPartDocument {
  readonly part: string;
  readonly what: string;
  readonly measure: string;
  readonly unit: ExplainedPart["unit"];
  /** Each value counts by its fact's weight: × probability in 1/10,000, or × 12 / months of its term. */
  readonly weigh?: NonNullable<ExplainedPart["weigh"]>;
  /** Before weighing. Over all facts, also those that are not shown. Money is in minor units, `s` are seconds. */
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
  /** The targets and forecasts that it is made of, or held against. */
  readonly plan: ReadonlyArray<ExplainedPlanLine>;
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

/** One explanation: a part is asked for as the answer was, and again line by line for its group alone. */
class Explanation {
  readonly #store: ReportContext["store"];
  readonly #asked: ExplainQuestion;
  readonly #by: ReadonlyArray<NamedDimension>;
  readonly #found: Found;

  constructor(store: ReportContext["store"], asked: ExplainQuestion, by: ReadonlyArray<NamedDimension>, found: Found) {
    this.#store = store;
    this.#asked = asked;
    this.#by = by;
    this.#found = found;
  }

  async part(part: ExplainedPart): Promise<ExplainedPartDocument> {
    const store = this.#store;
    const { facts, limit } = this.#asked;
    const query = this.#ofGroup(part.query);
    const source = facts(query.measure.kind);
    const sums = factSumsOfRows(await reportRows(store, factsSumSql(query, source)));
    const lines = factLinesOfRows(await reportRows(store, factsSql(query, source, limit)));
    const total = sums.reduce((sum, line) => sum + takenOf(part, line), 0n);
    return {
      part: part.part,
      what: part.what,
      measure: query.measure.id,
      unit: part.unit,
      ...(part.weigh === undefined ? {} : { weigh: part.weigh }),
      total: inUnit(total, part.unit),
      facts_count: sums.reduce((count, line) => count + line.lines, 0),
      shown: lines.length,
      adds_up: addsUp(this.#partials(part.query), sums),
      facts: await explainedFacts(store, facts, { ...part, query }, lines, this.#by),
    };
  }

  #ofGroup(query: PartialQuery): PartialQuery {
    const group = this.#by.map(({ dimension }, index) => [dimension, this.#asked.values[index] ?? ""] as const);
    return { ...query, where: [...query.where, ...group] };
  }

  /** What the answer was made of: the group's own, with its parts where the query tells them apart. */
  #partials(query: PartialQuery): ReadonlyArray<GroupPartial> {
    const { values } = this.#asked;
    const all = this.#found.get(JSON.stringify(query)) ?? [];
    return all.filter(({ group }) => values.every((value, index) => group[index] === value));
  }
}

const noGroup = ({ question }: ExplainQuestion): string => {
  const dims = (question.by ?? []).join(",");
  return `No fact lies in this group and window: npx leadwire kpi ${question.metric} --window ${question.window} --by ${dims} lists the groups.`;
};

/** The facts behind each part of a KPI's value, and the events behind each fact; their sum is held against the answer. */
export const explain: Report = async (context, args) => {
  const asked = await explainQuestion(context, args);
  if (isLeft(asked)) return asked;
  const { question, values, knowledge, asOf } = asked.right;
  const { store, catalogue, workspace, calendar } = context;
  const checked = checkQuestion(question, catalogue);
  if (isLeft(checked)) return checked;
  const { source, found } = remembering(knowledge.source);
  const meta = { completeThroughMs: knowledge.newestMs, hasActivity: knowledge.hasActivity };
  const answers = await evaluateKpi(question, { catalogue, workspace, calendar, source, meta });
  if (isLeft(answers)) return answers;
  const answer = answers.right.find(({ group }) =>
    Object.values(group).every((value, index) => value === values[index]),
  );
  if (answer === undefined) return left(usageFault("BadFilter", noGroup(asked.right)));
  const plan = planKpi(checked.right, calendar, workspace);
  const explanation = new Explanation(store, asked.right, checked.right.by, found);
  const parts: ExplainedPartDocument[] = [];
  for (const part of explainedParts(plan)) parts.push(await explanation.part(part));
  const entries = (await knowledge.source.planEntries?.()) ?? [];
  const document: ExplainDocument = {
    answer: asOf === undefined ? answer : knownAnswer(answer, asOf),
    formula: explainedFormula(plan),
    adds_up: parts.every((part) => part.adds_up),
    parts,
    plan: await explainedPlanLines(store, catalogue, explainedPlan(plan, values, entries)),
  };
  return right(document);
};
