import type { ZoneCalendar } from "@leadwire/funnel";
import {
  type AnswerMeta,
  answerKpi,
  type GroupPartial,
  type GroupReader,
  type KpiAnswer,
  type KpiPlan,
  type PlannedQuery,
  type PlanRules,
  partialOfGroup,
  planCompared,
  planKpi,
  type SliceGrid,
  type SliceRead,
  sliceReadOf,
} from "@leadwire/kpis";
import type { SharedQuestion } from "./threshold-question.ts";

const weekMs = 7 * 86_400_000;

/** What a placement is made with. */
export interface PlacementContext {
  readonly calendar: ZoneCalendar;
  readonly rules: PlanRules;
  readonly grid: SliceGrid;
  /** The start of the first day that a measure has anything of. */
  readonly oldestDayMs: (measureId: string) => number;
}

/** A plan, and how slices answer its queries, in their order. */
export class ReadPlan {
  readonly plan: KpiPlan;
  readonly reads: ReadonlyArray<SliceRead>;
  private empty: KpiAnswer | undefined;

  constructor(plan: KpiPlan, reads: ReadonlyArray<SliceRead>) {
    this.plan = plan;
    this.reads = reads;
  }

  /** The answer of one group, and how many facts it rests on; undefined where the group is not there. */
  answer(reader: GroupReader, value: string, meta: AnswerMeta): FoundAnswer | undefined {
    const found: Array<ReadonlyArray<GroupPartial>> = [];
    let basis: number | undefined;
    for (const [index, read] of this.reads.entries()) {
      const partial = partialOfGroup(reader, read, value);
      found.push(partial === undefined ? [] : [partial]);
      if (partial !== undefined && isBasis(this.plan, this.plan.queries[index]))
        basis = (basis ?? 0) + Number(partial.count);
    }
    const [answer] = answerKpi(this.plan, found, meta);
    return answer && { answer, facts: basis ?? factsOf(answer) };
  }

  /** Whether slices have anything of a group. */
  holds(reader: GroupReader, value: string): boolean {
    return this.reads.some((read) => partialOfGroup(reader, read, value) !== undefined);
  }

  /** The number of a group that nothing was found of. */
  emptyAnswer(meta: AnswerMeta): FoundAnswer {
    const { question } = this.plan;
    this.empty ??= answerKpi({ ...this.plan, question: { ...question, by: [] } }, [], meta)[0];
    if (this.empty === undefined)
      throw new Error(`${question.name} has no answer at all: expected one for the company`);
    return { answer: this.empty, facts: factsOf(this.empty) };
  }
}

/** An answer with the number of facts behind it. */
export interface FoundAnswer {
  readonly answer: KpiAnswer;
  readonly facts: number;
}

/** The denominators of shares and of growth may be amounts: how many facts they are the sum of is what counts. */
const isBasis = ({ question }: KpiPlan, planned: PlannedQuery | undefined): boolean => {
  const { _tag } = question.statistic.formula;
  return (_tag === "Ratio" || _tag === "Growth") && planned?.role === "second";
};

/** The facts behind an answer, as far as it says itself. Of a share of amounts it only says whether they are few. */
export const factsOf = (answer: KpiAnswer): number => {
  if (answer.count !== undefined) return answer.count;
  if (answer.currency === undefined) return answer.denominator ?? 0;
  return answer.flags.includes("small_sample") ? 0 : Number.POSITIVE_INFINITY;
};

/** A question at an instant: itself, the window that it is compared with, and those of the weeks before. */
export interface Placement {
  readonly own: ReadPlan;
  readonly compared: ReadPlan | null;
  readonly past: ReadonlyArray<ReadPlan>;
  /** Of all of them. */
  readonly reads: ReadonlyArray<SliceRead>;
  /** Two placements with one signature read the same slices. */
  readonly signature: string;
}

const readPlan = (plan: KpiPlan, grid: SliceGrid): ReadPlan | undefined => {
  // Cautions decide on no value.
  const queries = plan.queries.filter(({ role }) => role !== "caution");
  const reads: Array<SliceRead> = [];
  for (const { query } of queries) {
    const read = sliceReadOf(query, grid);
    if (read === undefined) return undefined;
    reads.push(read);
  }
  return new ReadPlan({ ...plan, queries }, reads);
};

const pastOf = (shared: SharedQuestion, edgeMs: number, context: PlacementContext): ReadonlyArray<ReadPlan> => {
  const { calendar, rules, grid, oldestDayMs } = context;
  const oldestMs = Math.min(...shared.measures.map(({ id }) => oldestDayMs(id)));
  const past: Array<ReadPlan> = [];
  for (let week = 1; week <= shared.baselineWeeks; week += 1) {
    const sameMs = calendar.localHourStartMs(calendar.instantOfLocal(calendar.wallMs(edgeMs) - week * weekMs));
    const plan = planKpi({ ...shared.question, atMs: shared.isLevel ? sameMs : sameMs - 1 }, calendar, rules);
    // Before the first facts there was nothing to count, which is not the same as none.
    if ((plan.window.fromMs ?? sameMs) < oldestMs) continue;
    const read = readPlan(plan, grid);
    if (read !== undefined) past.push(read);
  }
  return past;
};

const placedAt = (
  shared: SharedQuestion,
  atMs: number,
  edgeMs: number,
  context: PlacementContext,
): Placement | undefined => {
  const { calendar, rules, grid } = context;
  const plan = planKpi({ ...shared.question, atMs }, calendar, rules);
  const own = readPlan(plan, grid);
  if (own === undefined) return undefined;
  const other = planCompared(plan, calendar, rules);
  const compared = other === null ? null : readPlan(other, grid);
  if (compared === undefined) return undefined;
  const past = shared.baselineWeeks === 0 ? [] : pastOf(shared, edgeMs, context);
  const reads = [own, ...(compared === null ? [] : [compared]), ...past].flatMap((each) => each.reads);
  return { own, compared, past, reads, signature: JSON.stringify(reads.map(({ stretches }) => stretches)) };
};

/**
 * Where a question is read at `nowMs`: at the end of the running minute, so that everything known before it counts;
 * where slices do not serve that, at the end of the running hour or the next. With a baseline at the last whole hour,
 * since that is what the weeks before are read at. Undefined where slices do not have it.
 */
export const placeQuestion = (
  shared: SharedQuestion,
  nowMs: number,
  context: PlacementContext,
): Placement | undefined => {
  const { calendar } = context;
  const minuteMs = calendar.minuteCeilMs(nowMs + 1);
  const hourMs = calendar.localHourCeilMs(minuteMs);
  const edges =
    shared.baselineWeeks > 0
      ? [calendar.localHourStartMs(nowMs)]
      : [...new Set([minuteMs, hourMs, calendar.localHourCeilMs(hourMs + 1)])];
  for (const edgeMs of edges) {
    for (const atMs of shared.isLevel ? [edgeMs, edgeMs - 1] : [edgeMs - 1]) {
      const placement = placedAt(shared, atMs, edgeMs, context);
      if (placement !== undefined) return placement;
    }
  }
  return undefined;
};
