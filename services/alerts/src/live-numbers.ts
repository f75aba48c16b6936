import {
  AbsenceEvaluator,
  type AlertRule,
  type AskFacts,
  EngineEvaluator,
  type FactAnswers,
  NoDataEvaluator,
  recentEventsOf,
  ThresholdEvaluator,
} from "@leadwire/alerts";
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

interface Watching {
  readonly threshold: ThresholdEvaluator;
  readonly absence: AbsenceEvaluator;
}

/** The numbers of a live view, which the page shows too, as what rules are held against. */
export const liveNumbers = (options: LiveNumbersOptions): AlertNumbers & { readonly end: () => void } => {
  const { view, openSet, quarantine, workspace, factsOf, nowMs, onNotice } = options;
  const { calendar } = view.state;
  const watching = new Set<Watching>();
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  let listeningSinceMs: number | undefined;
  const health = {
    lag: (nowMs: number) => {
      listeningSinceMs ??= nowMs;
      return view.state.lag(nowMs, listeningSinceMs);
    },
    quarantinedSince: (fromMs: number) => quarantine.since(fromMs),
  };
  const ends = [
    view.onChange((change) => {
      for (const { threshold } of watching) threshold.note(change);
      tell();
    }),
    openSet.onChange((touched) => {
      for (const { absence } of watching) absence.note(touched);
      tell();
    }),
  ];

  const thresholdOf = (rules: ReadonlyArray<AlertRule>, isWatched: () => boolean): ThresholdEvaluator => {
    const askFacts: AskFacts = (question) =>
      void factsOf(question).then(
        (answers) => {
          if (!isWatched()) return;
          threshold.factsAnswered(question, answers);
          tell();
        },
        (fault: unknown) =>
          onNotice(`Rules that need facts wait for them: ${fault instanceof Error ? fault.message : String(fault)}`),
      );
    const recentEvents = recentEventsOf(openSet);
    const incompleteUntilMs = (nowMs: number): number => {
      const { backfilledAtMs } = openSet;
      // Of a time to come: a clock was set back, and says nothing.
      return backfilledAtMs > nowMs + importPauseMs ? Number.NEGATIVE_INFINITY : backfilledAtMs + importPauseMs;
    };
    const live = view.state;
    const threshold = new ThresholdEvaluator({
      rules,
      live,
      calendar,
      workspace,
      askFacts,
      recentEvents,
      incompleteUntilMs,
    });
    return threshold;
  };

  const watch = (rules: ReadonlyArray<AlertRule>): RuleWatch => {
    const threshold = thresholdOf(rules, () => watching.has(one));
    const one: Watching = { threshold, absence: new AbsenceEvaluator({ rules, openSet, calendar, workspace }) };
    watching.add(one);
    const silence = new NoDataEvaluator({ rules, sources: openSet, calendar, workspace });
    const engine = new EngineEvaluator({ rules, health });
    return { evaluators: [one.threshold, one.absence, silence, engine], end: () => void watching.delete(one) };
  };

  const standstill = new Standstill((atMs) => view.state.isHeardSince(atMs));

  return {
    isLive: () => standstill.isOver(nowMs()) && view.freshness().state === "live",    watch,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    end: () => {
      for (const end of ends) end();
    },
  };
};
