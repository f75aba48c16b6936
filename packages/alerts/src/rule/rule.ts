import type { CheckedQuestion } from "@leadwire/kpis";

/** What a value is held against, in the metric's own unit (ratio, seconds, minor units, count). */
export type Level =
  | { readonly _tag: "Number"; readonly value: number }
  /** `target * 0.8`, `pace - 0.1`, `prior * 0.5`, `year`: that number · times + plus. */
  | {
      readonly _tag: "Relative";
      readonly to: "target" | "pace" | "prior" | "year";
      readonly times: number;
      readonly plus: number;
    }
  /** Median of the same weekday and time of day over the last `weeks` weeks, + mads · their median absolute deviation. */
  | { readonly _tag: "Baseline"; readonly weeks: number; readonly mads: number };

export type Comparator = "<" | "<=" | ">" | ">=";

/** `win_rate 30d by team < 0.25`: holds group by group. */
export interface ThresholdCondition {
  readonly _tag: "Threshold";
  /** Checked; its `atMs` is set at each evaluation. */
  readonly question: CheckedQuestion;
  /** As the question was written, for messages and `explain`: window text, dimension names, filters. */
  readonly window: string;
  readonly by: ReadonlyArray<string>;
  readonly where: ReadonlyArray<readonly [dimension: string, value: string]>;
  readonly comparator: Comparator;
  readonly level: Level;
  /** A firing alert resolves only once the value is on the other side of this one; the same as `level` unless stated. */
  readonly resolveLevel: Level;
  /** Fewer facts behind the value (its denominator or count) than this: it neither fires nor keeps firing. */
  readonly minimumCount: number;
}

/** Time that passes on the clock, or within business hours of the workspace. `days` counts business days. */
export type Patience =
  | { readonly _tag: "Clock"; readonly ms: number }
  | { readonly _tag: "BusinessTime"; readonly ms: number }
  | { readonly _tag: "BusinessDays"; readonly days: number };

/** Something that ought to have happened to a lead or a deal and has not. */
export interface AbsenceCondition {
  readonly _tag: "Absence";
  /**
   * lead_response: a lead without a first human response; deal_activity: an open deal without any human activity;
   * deal_close: an open deal past the day it was expected to close on.
   */
  readonly what: "lead_response" | "deal_activity" | "deal_close";
  /** Since the creation, the last activity (or the opening), or the end of the expected day. */
  readonly patience: Patience;
  readonly where: ReadonlyArray<readonly [dimension: string, value: string]>;
  /** Of deals: only those worth at least this. */
  readonly amountMinorMin: number;
}

/** A source system that is silent. */
export interface NoDataCondition {
  readonly _tag: "NoData";
  /** One source system, or every one that the log has ever heard of. */
  readonly source: string | null;
  /** Longer than this, or than usual: the longest silence in business hours of the last 28 days, and half of it more. */
  readonly patience: Patience | { readonly _tag: "Usual" };
}

/** The engine's own health. */
export interface EngineCondition {
  readonly _tag: "Engine";
  /** lag: milliseconds by which the tasks are behind the log; quarantine: records put aside within `windowMs`. */
  readonly what: "lag" | "quarantine";
  readonly above: number;
  readonly windowMs: number;
}

export type Condition = ThresholdCondition | AbsenceCondition | NoDataCondition | EngineCondition;

export const severities = ["info", "warning", "critical"] as const;
export type Severity = (typeof severities)[number];

/** After this much more patience the alert goes a step further: its labels change, so that it is routed anew. */
export interface EscalationStep {
  readonly patience: Patience;
  readonly severity: Severity;
  /** Added to the alert's labels from this step on, such as `to: manager`. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface AlertRule {
  readonly ruleSet: string;
  readonly id: string;
  /** Hash of everything that decides on alerts; texts, labels and severity are no part of it. */
  readonly version: string;
  /** As it was written: `win_rate 30d by team < 0.25`. */
  readonly when: string;
  readonly condition: Condition;
  /** How long the condition has to hold before the alert fires. */
  readonly forMs: number;
  /** How long a firing alert goes on after the condition has ended. */
  readonly keepFiringForMs: number;
  readonly severity: Severity;
  readonly labels: Readonly<Record<string, string>>;
  /** With `{{label}}`, `{{value}}`, `{{threshold}}`, `{{numerator}}`, `{{denominator}}`; a default where none is written. */
  readonly summary: string;
  readonly escalation: ReadonlyArray<EscalationStep>;
  /** Where the rule stands. */
  readonly file: string;
  readonly line: number;
}

/** One file of rules: what one owner evaluates. */
export interface RuleSet {
  /** The file's name without `.yaml`. */
  readonly name: string;
  readonly rules: ReadonlyArray<AlertRule>;
}
