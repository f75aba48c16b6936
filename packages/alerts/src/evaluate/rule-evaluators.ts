import type { Workspace, ZoneCalendar } from "@leadwire/funnel";
import type { CheckedQuestion } from "@leadwire/kpis";
import type { LiveChange, LiveOpenSet, OpenSetTouched } from "@leadwire/stream";
import { AbsenceEvaluator } from "../absence/absence-evaluator.ts";
import type { Evaluator } from "../alert/observation.ts";
import { EngineEvaluator, type EngineHealth } from "../health/engine-evaluator.ts";
import { NoDataEvaluator } from "../health/no-data-evaluator.ts";
import type { AlertRule } from "../rule/rule.ts";
import { recentEventsOf } from "./recent-events.ts";
import { ThresholdEvaluator } from "./threshold-evaluator.ts";
import type { FactAnswers, LiveNumbers } from "./threshold-numbers.ts";

export interface RuleEvaluatorsOptions {
  readonly rules: ReadonlyArray<AlertRule>;
  readonly live: LiveNumbers;
  readonly openSet: LiveOpenSet;
  readonly calendar: ZoneCalendar;
  readonly workspace: Workspace;
  /** Asks facts what slices do not know; `answered` takes what they say, at once or later. */
  readonly askFacts: (question: CheckedQuestion, answered: (answers: FactAnswers) => void) => void;
  /** Until when numbers are not complete, since an import brings them. */
  readonly incompleteUntilMs?: (nowMs: number) => number;
  /** Without it rules on the engine's own health are passed by. */
  readonly health?: EngineHealth;
}

/** All that looks at some rules, over one live view and what is open in it: the same for the service and for replay. */
export class RuleEvaluators {
  readonly all: ReadonlyArray<Evaluator>;
  private readonly threshold: ThresholdEvaluator | undefined;
  private readonly absence: AbsenceEvaluator | undefined;

  constructor(options: RuleEvaluatorsOptions) {
    const { rules, openSet, calendar, workspace, health } = options;
    const has = (tag: AlertRule["condition"]["_tag"]): boolean => rules.some(({ condition }) => condition._tag === tag);
    this.threshold = has("Threshold") ? thresholdOf(options) : undefined;
    this.absence = has("Absence") ? new AbsenceEvaluator({ rules, openSet, calendar, workspace }) : undefined;
    this.all = [
      this.threshold,
      this.absence,
      has("NoData") ? new NoDataEvaluator({ rules, sources: openSet, calendar, workspace }) : undefined,
      has("Engine") && health !== undefined ? new EngineEvaluator({ rules, health }) : undefined,
    ].filter((evaluator) => evaluator !== undefined);
  }

  /** Notes what changed in the live view. */
  noteNumbers(change: LiveChange): void {
    this.threshold?.note(change);
  }

  /** Notes what changed in the open set. */
  noteOpen(touched: OpenSetTouched): void {
    this.absence?.note(touched);
  }
}

const thresholdOf = (options: RuleEvaluatorsOptions): ThresholdEvaluator => {
  const { rules, live, openSet, calendar, workspace, askFacts, incompleteUntilMs } = options;
  const evaluator: ThresholdEvaluator = new ThresholdEvaluator({
    rules,
    live,
    calendar,
    workspace,
    askFacts: (question) => askFacts(question, (answers) => evaluator.factsAnswered(question, answers)),
    recentEvents: recentEventsOf(openSet),
    ...(incompleteUntilMs === undefined ? {} : { incompleteUntilMs }),
  });
  return evaluator;
};
