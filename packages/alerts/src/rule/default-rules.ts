import type { AlertRule, EngineCondition } from "./rule.ts";

/** The rule set of the rules that everybody has; no file of a workspace may have its name. */
export const defaultRuleSet = "shipped";

/** Rules on the engine's own health: for each, a workspace that has a rule of its own goes by that one alone. */
export const defaultRulesText = `rules:
  - id: engine-lag
    when: lag > 1 min
    for: 2 min
    severity: critical
    summary: "The numbers are {{value}} behind the log"
  - id: quarantine-grows
    when: quarantine > 20 in 1 h
    keep_firing_for: 1 h
    severity: warning
    summary: "{{value}} records were put aside within 1 h: npx leadwire quarantine list shows why"
`;

export type DefaultRule = EngineCondition["what"];
export const defaultRuleNames: ReadonlyArray<DefaultRule> = ["lag", "quarantine"];

const watches = ({ condition }: AlertRule, name: DefaultRule): boolean =>
  condition._tag === "Engine" && condition.what === name;

/** Those of the shipped rules that apply: the wanted ones on which the workspace has none. */
export const applyingDefaults = (
  shipped: ReadonlyArray<AlertRule>,
  wanted: ReadonlyArray<DefaultRule>,
  own: ReadonlyArray<AlertRule>,
): ReadonlyArray<AlertRule> => {
  const applying = wanted.filter((name) => !own.some((rule) => watches(rule, name)));
  return shipped.filter((rule) => applying.some((name) => watches(rule, name)));
};
