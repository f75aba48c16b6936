import { type AlertRule, type EngineHealth, type FactAnswers, RuleEvaluators } from "@leadwire/alerts";
import type { Workspace } from "@leadwire/funnel";
import type { CheckedQuestion } from "@leadwire/kpis";
import type { LiveOpenSet, LiveQuarantine, LiveView } from "@leadwire/stream";
import type { AlertNumbers, RuleWatch } from "./alert-numbers.ts";
import { Standstill } from "./standstill.ts";

export interface LiveNumbersOptions {
  readonly view: LiveView;
  /** Followed by the view. */
  readonly openSet: LiveOpenSet;
  readonly quarantine: Pick<LiveQuarantine, "since">;
  readonly workspace: Workspace;
  /** Answers what slices do not know; rejects where facts cannot be asked now: they are asked again later. */
  readonly factsOf: (question: CheckedQuestion) => Promise<FactAnswers>;
  readonly nowMs: () => number;
  readonly onNotice: (text: string) => void;
}

/** An import that brought nothing for this long is over: half of one is no number to hold a rule against. */
const importPauseMs = 10_000;

const incompleteUntilMsOf =
  (openSet: LiveOpenSet) =>
  (nowMs: number): number => {
    const { backfilledAtMs } = openSet;
    // Of a time to come: a clock was set back, and says nothing.
    return backfilledAtMs > nowMs + importPauseMs ? Number.NEGATIVE_INFINITY : backfilledAtMs + importPauseMs;
  };

/** Lag counts from the first time that it is asked for: what tasks said before nobody here has heard. */
const healthOf = (view: LiveView, quarantine: LiveNumbersOptions["quarantine"]): EngineHealth => {
  let listeningSinceMs: number | undefined;
  return {
    lag: (nowMs) => {
      listeningSinceMs ??= nowMs;
      return view.state.lag(nowMs, listeningSinceMs);
    },
    quarantinedSince: (fromMs) => quarantine.since(fromMs),
  };
};

/** The numbers of a live view, which the page shows too, as what rules are held against. */
export const liveNumbers = (options: LiveNumbersOptions): AlertNumbers & { readonly end: () => void } => {
  const { view, openSet, quarantine, workspace, factsOf, nowMs, onNotice } = options;
  const watching = new Set<RuleEvaluators>();
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const health = healthOf(view, quarantine);
  const ends = [
    view.onChange((change) => {
      for (const evaluators of watching) evaluators.noteNumbers(change);
      tell();
    }),
    openSet.onChange((touched) => {
      for (const evaluators of watching) evaluators.noteOpen(touched);
      tell();
    }),
  ];

  const watch = (rules: ReadonlyArray<AlertRule>): RuleWatch => {
    const one = new RuleEvaluators({
      rules,
      live: view.state,
      openSet,
      calendar: view.state.calendar,
      workspace,
      incompleteUntilMs: incompleteUntilMsOf(openSet),
      health,
      askFacts: (question, answered) =>
        void factsOf(question).then(
          (answers) => {
            if (!watching.has(one)) return;
            answered(answers);
            tell();
          },
          (fault: unknown) =>
            onNotice(`Rules that need facts wait for them: ${fault instanceof Error ? fault.message : String(fault)}`),
        ),
    });
    watching.add(one);
    return { evaluators: one.all, end: () => void watching.delete(one) };
  };

  const standstill = new Standstill((atMs) => view.state.isHeardSince(atMs));

  return {
    isLive: () => standstill.isOver(nowMs()) && view.freshness().state === "live",
    watch,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    end: () => {
      for (const end of ends) end();
    },
  };
};
