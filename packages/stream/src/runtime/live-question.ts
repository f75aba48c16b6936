import type { Workspace, ZoneCalendar } from "@leadwire/funnel";
import {
  answerKpi,
  type Catalogue,
  type CheckedQuestion,
  checkQuestion,
  type Formula,
  type GroupPartial,
  type KpiAnswer,
  type KpiPlan,
  type KpiQuestion,
  type PartialQuery,
  partialsOfSlices,
  planKpi,
  targetsOf,
  type UsageFault,
} from "@leadwire/kpis";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import type { LiveSlices } from "./live-slices.ts";

/** A question that can be asked, but not of slices: facts have the answer. */
export interface NotServed {
  readonly _tag: "NotServed";
  readonly message: string;
}

export type LiveAnswer = Either<UsageFault | NotServed, ReadonlyArray<KpiAnswer>>;

/** What answers say of the log that they come from. */
export interface LiveMeta {
  readonly completeThroughMs: number | null;
  readonly hasActivity: boolean;
}

/**
 * A fact that is placed at its own time and not after `upToMs` lies before the next millisecond: said so, the window
 * ends on a slice's edge wherever `upToMs + 1` is one, and nothing behind it is asked for.
 */
const clipped = (query: PartialQuery): PartialQuery => {
  const endMs = query.upToMs + 1;
  if (query.measure.placedBy !== "at" || (query.toMs !== null && query.toMs <= endMs)) return query;
  return { ...query, toMs: endMs };
};

const isPlanned = (formula: Formula): boolean => formula._tag === "Forecast" || targetsOf(formula).length > 0;

/** Asks slices, at once: one that lives as long as its view, since a calendar remembers what it has looked up. */
export class LiveQuestions {
  private readonly slices: LiveSlices;
  private readonly catalogue: Catalogue;
  private readonly workspace: Workspace;
  private readonly calendar: ZoneCalendar;

  constructor(slices: LiveSlices, catalogue: Catalogue, workspace: Workspace, calendar: ZoneCalendar) {
    this.slices = slices;
    this.catalogue = catalogue;
    this.workspace = workspace;
    this.calendar = calendar;
  }

  check(question: KpiQuestion): Either<UsageFault, CheckedQuestion> {
    return checkQuestion(question, this.catalogue);
  }

  plan(question: CheckedQuestion): KpiPlan {
    return planKpi(question, this.calendar, this.workspace);
  }

  /** The answers, or NotServed where slices do not give them exactly. */
  answer(plan: KpiPlan, meta: LiveMeta): Either<NotServed, ReadonlyArray<KpiAnswer>> {
    const { statistic } = plan.question;
    if (isPlanned(statistic.formula)) {
      const message = `${plan.question.name} is held against a plan: facts have the targets and forecasts.`;
      return left({ _tag: "NotServed", message });
    }
    const found: Array<ReadonlyArray<GroupPartial>> = [];
    for (const { query } of plan.queries) {
      const dimension = query.by[0] ?? "company";
      const asked = clipped(query);
      const partials = this.slices.holds(query.measure.id, dimension)
        ? partialsOfSlices(this.slices, asked)
        : undefined;
      if (partials === undefined) {
        const message = `${plan.question.name} is not to be had from the slices held: ${query.measure.id} by ${dimension}.`;
        return left({ _tag: "NotServed", message });
      }
      found.push(partials);
    }
    return right(answerKpi(plan, found, { ...meta, currency: this.workspace.currency }));
  }
}
