import type { Workspace, ZoneCalendar } from "@leadwire/funnel";
import { type Either, right } from "fp-ts/lib/Either.js";
import type { Catalogue } from "../catalogue.ts";
import { emptyPlanBook, PlanBook } from "../plan-book.ts";
import type { UsageFault } from "../usage-fault.ts";
import { type AnsweredPlan, type AnswerMeta, answerCompared, answerKpi, type KpiAnswer } from "./answer.ts";
import { askingOnce } from "./asking-once.ts";
import type { PartialSource } from "./partial.ts";
import { type KpiPlan, planCompared, planKpi } from "./plan.ts";
import { type CheckedQuestion, checkQuestion, type KpiQuestion } from "./question.ts";

/** What a question is asked of. */
export interface KpiContext {
  readonly catalogue: Catalogue;
  readonly workspace: Workspace;
  /** Of the workspace's zone; kept by the caller, since a calendar remembers what it has looked up. */
  readonly calendar: ZoneCalendar;
  readonly source: PartialSource;
  readonly meta: Omit<AnswerMeta, "currency">;
}

/** Targets and forecasts, where the answer may be held against any. */
const planBookFor = async (plan: KpiPlan, source: PartialSource): Promise<PlanBook> => {
  const isPlanned = plan.scope !== null || plan.question.statistic.formula._tag === "Forecast";
  if (!isPlanned || source.planEntries === undefined) return emptyPlanBook;
  return new PlanBook(await source.planEntries());
};

/** Asks a source one question. A question that cannot be asked is a fault with a message for the person who asks. */
export const evaluateKpi = async (
  question: KpiQuestion,
  context: KpiContext,
): Promise<Either<UsageFault, ReadonlyArray<KpiAnswer>>> => {
  const checked = checkQuestion(question, context.catalogue);
  return checked._tag === "Left" ? checked : right(await evaluateChecked(checked.right, context));
};

/** The same for a question that was checked before: what is asked again and again. */
export const evaluateChecked = async (
  question: CheckedQuestion,
  { workspace, calendar, source, meta }: Omit<KpiContext, "catalogue">,
): Promise<ReadonlyArray<KpiAnswer>> => {
  const plan = planKpi(question, calendar, workspace);
  const other = planCompared(plan, calendar, workspace);
  const { partials } = askingOnce(source);
  const answered = async (asked: KpiPlan): Promise<AnsweredPlan> => ({
    plan: asked,
    found: await Promise.all(asked.queries.map(({ query }) => partials(query))),
  });
  const [book, own, beside] = await Promise.all([
    planBookFor(plan, source),
    answered(plan),
    other === null ? null : answered(other),
  ]);
  const whole = { ...meta, currency: workspace.currency, planBook: book };
  if (question.compare === null) return answerKpi(plan, own.found, whole);
  return answerCompared(own, beside, whole);
};
