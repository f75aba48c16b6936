import type { AlertCause, AlertStatus } from "@leadwire/events";
import type { AlertRule, Severity } from "../rule/rule.ts";
import type { AlertState } from "./alert-state.ts";
import type { Observation } from "./observation.ts";

/**
 * The state machine of alerts: inactive → pending → firing → resolved, which ends the episode; the next one begins from
 * inactive. Pure: instants are arguments. One call gives one transition at most, to be called again with the state after it.
 */

/** What an alert does next. */
export interface Transition {
  readonly status: AlertStatus;
  readonly step: number;
  readonly cause: AlertCause;
  /** The instant from which it is so. */
  readonly atMs: number;
  readonly startedMs: number;
}

/** What is known of a living alert beside its state: seen anew after every start, so that the log need not keep it. */
export interface Sight {
  /** Since when the condition of a firing alert holds no more; null while it does. */
  readonly clearSinceMs: number | null;
  /** Somebody looks after it: it escalates no further. */
  readonly isAcknowledged: boolean;
}

/** The labels at a step of the escalation: of the group, of the rule, of each step up to it; a later one wins. */
export const labelsAt = (
  { labels, escalation }: AlertRule,
  group: Readonly<Record<string, string>>,
  step: number,
): Readonly<Record<string, string>> =>
  Object.assign({}, group, labels, ...escalation.slice(0, step).map((taken) => taken.labels));

export const severityAt = ({ severity, escalation }: AlertRule, step: number): Severity =>
  escalation[Math.min(step, escalation.length) - 1]?.severity ?? severity;

const areSame = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean => {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
};

/** Since when the condition of a firing alert holds no more, after an observation. */
export const clearSinceAfter = (former: number | null, { standing, atMs }: Observation): number | null => {
  if (standing === "fires") return null;
  return standing === "between" ? former : (former ?? atMs);
};

const begun = (rule: AlertRule, { standing, atMs, cause }: Observation): Transition | null => {
  if (standing !== "fires") return null;
  const status = rule.forMs > 0 ? "pending" : "firing";
  return { status, step: 0, cause, atMs, startedMs: atMs };
};

/** A firing alert that goes on: a step further, under other labels, or by another text of its rule. */
const goneOn = (
  rule: AlertRule,
  { record }: AlertState,
  { group, step, atMs, cause }: Observation,
  { isAcknowledged }: Sight,
): Transition | null => {
  const { started_at: startedMs } = record;
  const at = Math.max(atMs, record.at);
  if (Math.min(step, rule.escalation.length) > record.step && !isAcknowledged)
    return { status: "firing", step: record.step + 1, cause, atMs: at, startedMs };
  const labels = labelsAt(rule, group, record.step);
  const isSameText = rule.version === record.rule_version && severityAt(rule, record.step) === record.severity;
  if (isSameText && areSame(labels, record.labels)) return null;
  const ofRule = labelsAt(rule, {}, record.step);
  const isOfGroup = Object.entries(group).some(([name, value]) => !(name in ofRule) && record.labels[name] !== value);
  return { status: "firing", step: record.step, cause: isOfGroup ? cause : "rule_changed", atMs: at, startedMs };
};

/** What an observation makes of an alert; undefined: it has no state, being inactive. */
export const transitionBySight = (
  rule: AlertRule,
  state: AlertState | undefined,
  observation: Observation,
  sight: Sight,
): Transition | null => {
  if (state === undefined) return begun(rule, observation);
  const { standing, cause } = observation;
  const { status, at, started_at: startedMs, step } = state.record;
  // An answer may have been given before the timer was due and be heard of after it: an end is never before its beginning.
  const atMs = Math.max(observation.atMs, at);
  if (status === "pending") return standing === "fires" ? null : { status: "inactive", step, cause, atMs, startedMs };
  if (standing === "fires" || standing === "between") return goneOn(rule, state, observation, sight);
  return rule.keepFiringForMs > 0 ? null : { status: "resolved", step, cause, atMs, startedMs };
};

/** When time alone changes the alert; +Infinity where it does not. */
export const dueMsOf = (rule: AlertRule, { record }: AlertState, { clearSinceMs }: Sight): number => {
  if (record.status === "pending") return record.started_at + rule.forMs;
  return clearSinceMs === null ? Number.POSITIVE_INFINITY : clearSinceMs + rule.keepFiringForMs;
};

/** What the time up to `nowMs` makes of an alert: `for` and `keep_firing_for` end at their own instants. */
export const transitionByTime = (
  rule: AlertRule,
  state: AlertState,
  sight: Sight,
  nowMs: number,
): Transition | null => {
  const dueMs = dueMsOf(rule, state, sight);
  if (dueMs > nowMs) return null;
  const { status, at, started_at: startedMs, step, cause: begunBy } = state.record;
  const atMs = Math.max(dueMs, at);
  if (status !== "pending") return { status: "resolved", step, cause: "time", atMs, startedMs };
  // Nobody was told that it began: who is told now is told that it was no change of data.
  const cause = begunBy === "formula_changed" ? begunBy : "time";
  return { status: "firing", step, cause, atMs, startedMs };
};
