import { type AlertChanged, type AlertMatcher, isSwiftExpression } from "@leadwire/events";

type Labels = Readonly<Record<string, string>>;
type Test = (labels: Labels) => boolean;

/** What matchers see of an alert: its labels, and rule, rule_set and severity, which win over labels of those names. */
export const matchLabelsOf = (alert: AlertChanged): Labels => ({
  ...alert.labels,
  rule: alert.rule,
  rule_set: alert.rule_set,
  severity: alert.severity,
});

/** The expression matches the whole value, as Alertmanager's do; undefined where it is none, or could take for ever. */
export const anchored = (expression: string): RegExp | undefined => {
  if (!isSwiftExpression(expression)) return undefined;
  try {
    return new RegExp(`^(?:${expression})$`);
  } catch {
    return undefined;
  }
};

const testOf = ({ label, operator, value }: AlertMatcher): Test => {
  // A label that is missing counts as empty, as with Alertmanager.
  if (operator === "equals") return (labels) => (labels[label] ?? "") === value;
  if (operator === "differs") return (labels) => (labels[label] ?? "") !== value;
  const expression = anchored(value);
  // Files and commands refuse such an expression; one that came some other way must not silence anything.
  if (expression === undefined) return () => false;
  return operator === "matches"
    ? (labels) => expression.test(labels[label] ?? "")
    : (labels) => !expression.test(labels[label] ?? "");
};

/** All of them have to match; none matches everything. */
export const testOfAll = (matchers: ReadonlyArray<AlertMatcher>): Test => {
  const tests = matchers.map(testOf);
  return (labels) => tests.every((test) => test(labels));
};
