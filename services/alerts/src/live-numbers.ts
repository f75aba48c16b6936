import { type AlertRule, type AskFacts, type FactAnswers, ThresholdEvaluator } from "@leadwire/alerts";
import type { Workspace } from "@leadwire/funnel";
import type { CheckedQuestion } from "@leadwire/kpis";
import type { LiveOpenSet, LiveView } from "@leadwire/stream";
import type { AlertNumbers, RuleWatch } from "./alert-numbers.ts";

export interface LiveNumbersOptions {
  readonly view: LiveView;
  /** Followed by the view. */
  readonly openSet: LiveOpenSet;
  readonly workspace: Workspace;
  /** Answers what slices do not know; rejects where facts cannot be asked now: they are asked again later. */
  readonly factsOf: (question: CheckedQuestion) => Promise<FactAnswers>;
  readonly onNotice: (text: string) => void;
}

/** The numbers of a live view, which the page shows too, as what rules are held against. */
export const liveNumbers = (options: LiveNumbersOptions): AlertNumbers & { readonly end: () => void } => {
  const { view, workspace, factsOf, onNotice } = options;
  const watches = new Set<ThresholdEvaluator>();
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const end = view.onChange((change) => {
    for (const watch of watches) watch.note(change);
    tell();
  });

  const watch = (rules: ReadonlyArray<AlertRule>): RuleWatch => {
    const askFacts: AskFacts = (question) =>
      void factsOf(question).then(
        (answers) => {
          if (!watches.has(threshold)) return;
          threshold.factsAnswered(question, answers);
          tell();
        },
        (fault: unknown) =>
          onNotice(`Rules that need facts wait for them: ${fault instanceof Error ? fault.message : String(fault)}`),
      );
    const { calendar } = view.state;
    const threshold = new ThresholdEvaluator({ rules, live: view.state, calendar, workspace, askFacts });
    watches.add(threshold);
    return { evaluators: [threshold], end: () => void watches.delete(threshold) };
  };

  return {
    isLive: () => view.freshness().state === "live",
    watch,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    end,
  };
};
