import type { AlertCause } from "@leadwire/events";
import type { AlertRule } from "../rule/rule.ts";

/** How the condition of a rule stands for one group or entity. */
export type Standing =
  /** Beyond the level to fire at. */
  | "fires"
  /** On the good side of the level to resolve at. */
  | "clear"
  /** Between the two levels: a firing alert goes on, and nothing begins: what is pending has to hold beyond the first. */
  | "between"
  /** No value, too few facts, or the group or entity is gone. */
  | "unknown";

/** What an evaluator found: input of the alerts' state machine. */
export interface Observation {
  readonly rule: AlertRule;
  /** The group (`team: north`) or the entity (`lead: L1, owner: ana, …`), without the rule's own labels. */
  readonly group: Readonly<Record<string, string>>;
  /**
   * What tells this alert from the others of its rule: of an entity `lead` or `deal` alone, since its owner may change;
   * of a group all of it.
   */
  readonly identity: Readonly<Record<string, string>>;
  readonly standing: Standing;
  /** The instant, in event time, from which it is so: of a timer the instant it was due, also when found later. */
  readonly atMs: number;
  /** What `explain --at` shows the same value at, where that is not `atMs`: the end of the running minute. */
  readonly readAtMs?: number;
  /** Steps of the rule's escalation that are due: 0 for none. */
  readonly step: number;
  readonly cause: Extract<AlertCause, "data" | "time" | "gone">;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly threshold: number | null;
  readonly unit: string;
  readonly currency?: string;
  /** `source_system/event_id` of the newest events behind it, at most 10. */
  readonly events: ReadonlyArray<string>;
}

/** Finds out how rules stand. Calls are synchronous; what takes long is spread over calls. */
export interface Evaluator {
  /** What has to be looked at again since the last call: changed data, passed time. Stops after some `budgetMs` of work. */
  readonly observe: (atMs: number) => Iterable<Observation>;
  /**
   * The next instant at which time alone may change something; +Infinity for none. Not after the last `observe` while
   * work of it is left over: then it is to be called again, and no `for` ends before it has said all.
   */
  readonly nextDueMs: () => number;
  /**
   * Whether all of the rule was looked at since this evaluator was made, so that each group and entity of it that there
   * is has been observed at least once: an alert that was not is one of a group that is gone. True for a rule of others.
   */
  readonly isWhole: (rule: AlertRule) => boolean;
  /** Until when the rule's alerts hold their state, also against time, since its numbers are not complete. */
  readonly heldUntilMs?: (rule: AlertRule, nowMs: number) => number;
  /** Looks at the engine itself, and is asked also while its numbers are not complete. */
  readonly isAlways?: true;
}
