import type { AlertChanged } from "@leadwire/events";
import type { AlertRule } from "../rule/rule.ts";
import type { AlertState } from "./alert-state.ts";
import { transitionIdOf } from "./alert-state.ts";
import { explainOf, summaryOf } from "./alert-words.ts";
import type { Observation } from "./observation.ts";
import { labelsAt, severityAt, type Transition } from "./transition.ts";

/** Who decides, and when. */
export interface Deciding {
  readonly epoch: number;
  readonly generation: string;
  readonly nowMs: number;
}

const measuredOf = ({ value, numerator, denominator, threshold, unit }: Observation) => ({
  value,
  numerator,
  denominator,
  threshold,
  unit,
});

/** The record of a transition that the rule's alert goes through by an observation. */
export const recordOf = (
  rule: AlertRule,
  fingerprint: string,
  former: AlertState | undefined,
  ordinal: number,
  { status, step, cause, atMs, startedMs }: Transition,
  observation: Observation,
  { epoch, generation, nowMs }: Deciding,
): AlertChanged => {
  const labels = labelsAt(rule, observation.group, step);
  return {
    transition_id: transitionIdOf({ rule: rule.id, fingerprint, started_at: startedMs }, ordinal),
    epoch,
    rule_set: rule.ruleSet,
    rule: rule.id,
    rule_version: rule.version,
    generation,
    fingerprint,
    labels,
    severity: severityAt(rule, step),
    former: former?.record.status ?? "inactive",
    status,
    step,
    cause,
    at: atMs,
    evaluated_at: nowMs,
    started_at: startedMs,
    ...measuredOf(observation),
    events: observation.events,
    summary: summaryOf(rule, labels, observation),
    explain: explainOf(rule, observation),
  };
};

const ended = ({ status }: AlertChanged): "inactive" | "resolved" => (status === "pending" ? "inactive" : "resolved");

/** The record by which an alert ends that nothing can be observed of any more: its rule is gone, or its group. */
export const endedRecord = (
  { record, ordinal }: AlertState,
  cause: AlertChanged["cause"],
  summary: string,
  { epoch, generation, nowMs }: Deciding,
): AlertChanged => ({
  ...record,
  transition_id: transitionIdOf(record, ordinal + 1),
  epoch,
  generation,
  former: record.status,
  status: ended(record),
  cause,
  at: Math.max(nowMs, record.at),
  evaluated_at: nowMs,
  value: null,
  numerator: null,
  denominator: null,
  events: [],
  summary,
  explain: "",
});
