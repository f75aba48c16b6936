import type { AlertRule } from "../rule/rule.ts";
import type { AlertState } from "./alert-state.ts";
import type { Observation } from "./observation.ts";

/** What is known of an alert whose group or entity an evaluator has nothing of any more. */
export const goneObservation = (rule: AlertRule, { record }: AlertState, nowMs: number): Observation => ({
  rule,
  group: record.labels,
  identity: {},
  standing: "unknown",
  atMs: nowMs,
  step: 0,
  // What waited and is not among what waits was put right; a group without a value is gone.
  cause: rule.condition._tag === "Absence" ? "data" : "gone",
  value: null,
  numerator: null,
  denominator: null,
  threshold: record.threshold,
  unit: record.unit,
  events: [],
});
