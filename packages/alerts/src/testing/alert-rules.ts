import type { AlertRule, NoDataCondition } from "../rule/rule.ts";

const anything: NoDataCondition = { _tag: "NoData", source: null, patience: { _tag: "Clock", ms: 1 } };

/** A rule for tests in which what it watches is played by a ScriptedEvaluator. */
export const alertRule = (changes: Partial<AlertRule> = {}): AlertRule => ({
  ruleSet: "sales",
  id: "win-rate-low",
  version: "v1",
  when: "win_rate 30d by team < 0.25",
  condition: anything,
  forMs: 0,
  keepFiringForMs: 0,
  severity: "warning",
  labels: {},
  summary: "{{team}} wins {{value}} of its deals",
  escalation: [],
  file: "alerts/sales.yaml",
  line: 2,
  ...changes,
});
