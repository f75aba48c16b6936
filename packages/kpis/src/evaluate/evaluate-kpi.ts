import type { Workspace, ZoneCalendar } from "@leadwire/funnel";
import { type Either, right } from "fp-ts/lib/Either.js";
import type { Catalogue } from "../catalogue.ts";
import type { UsageFault } from "../usage-fault.ts";
import { type AnswerMeta, answerKpi, type KpiAnswer } from "./answer.ts";
import type { PartialSource } from "./partial.ts";
import { planKpi } from "./plan.ts";
import { checkQuestion, type KpiQuestion } from "./question.ts";

/** What a question is asked of. */
export interface KpiContext {
  readonly catalogue: Catalogue;
  readonly workspace: Workspace;
  /** Of the workspace's zone; kept by the caller, since a calendar remembers what it has looked up. */
  readonly calendar: ZoneCalendar;
  readonly source: PartialSource;
  readonly meta: Omit<AnswerMeta, "currency">;
}

/** Asks a source one question. A question that cannot be asked is a fault with a message for the person who asks. */
export const evaluateKpi = async (
  question: KpiQuestion,
  context: KpiContext,
): Promise<Either<UsageFault, ReadonlyArray<KpiAnswer>>> => {
  const checked = checkQuestion(question, context.catalogue);
  if (checked._tag === "Left") return checked;
  const plan = planKpi(checked.right, context.calendar, context.workspace);
  const answers = await Promise.all(plan.queries.map(({ query }) => context.source.partials(query)));
  return right(answerKpi(plan, answers, { ...context.meta, currency: context.workspace.currency }));
};
