import type { AlertRule, Evaluator } from "@leadwire/alerts";

/** What watches some rules, from when it was opened on. */
export interface RuleWatch {
  readonly evaluators: ReadonlyArray<Evaluator>;
  readonly end: () => void;
}

/** Where the service has its numbers from. */
export interface AlertNumbers {
  /** Whether they are complete up to now. While they are not, rules about data hold their state. */
  readonly isLive: () => boolean;
  readonly watch: (rules: ReadonlyArray<AlertRule>) => RuleWatch;
  /** Calls back after every change, once the watches know of it. Returns what ends that. */
  readonly onChange: (listener: () => void) => () => void;
}
