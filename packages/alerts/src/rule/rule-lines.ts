import type { Fields, YamlValue } from "@leadwire/funnel";
import { readDuration, readLabels, readWith } from "../alert-file/yaml-words.ts";
import { parseCondition, parseResolveLevel } from "../when/parse-condition.ts";
import type { WhenContext } from "../when/threshold-text.ts";
import { readEscalation, readSeverity } from "./escalation-lines.ts";
import type { AlertRule, Condition, EscalationStep, ThresholdCondition } from "./rule.ts";
import { ruleVersion } from "./rule-version.ts";
import { checkSummary, defaultSummary, ownLabels } from "./summary-text.ts";

const keys = [
  "id",
  "when",
  "resolve",
  "minimum",
  "for",
  "keep_firing_for",
  "severity",
  "labels",
  "summary",
  "escalate",
];

const idForm = "an id of letters, digits, - and _, such as win-rate-low";
const whenForm = "what to watch, such as win_rate 30d by team < 0.25";

/** Where a rule is read from, and what it is held against. */
export interface RulePlace {
  readonly ruleSet: string;
  readonly file: string;
  readonly context: WhenContext;
}

const parseId = (text: string): string | undefined =>
  /^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,99}$/u.test(text) ? text : undefined;

const readThresholdLines = (
  fields: Fields,
  condition: ThresholdCondition,
  context: WhenContext,
): ThresholdCondition => ({
  ...condition,
  resolveLevel: fields.or("resolve", condition.level, (at) =>
    readWith(at, "a level", (text) => parseResolveLevel(text, condition, context)),
  ),
  minimumCount: fields.or("minimum", 0, (at) =>
    at.number("a whole number of facts, such as 20", (value) => Number.isSafeInteger(value) && value >= 0),
  ),
});

/** Refuses lines that say nothing about a condition of this kind. */
const refuseMisfits = (fields: Fields, { _tag }: Condition): void => {
  const only = (key: string, fits: boolean, expected: string): void => {
    if (!fits) fields.optional(key, (at) => at.refuse(expected, `the key ${key}`));
  };
  const noLine = "no such line";
  only("resolve", _tag === "Threshold", `${noLine}: only metrics have a level to resolve at`);
  only("minimum", _tag === "Threshold", `${noLine}: only metrics have facts behind them`);
  only("escalate", _tag === "Absence", `${noLine}: only leads and deals that wait escalate`);
  only("for", _tag === "Threshold" || _tag === "Engine", `${noLine}: how long to wait stands under when`);
};

const readSummary = (fields: Fields, condition: Condition, labels: ReadonlyArray<string>): string =>
  fields.or("summary", defaultSummary(condition), (at) =>
    readWith(at, "a sentence, such as {{team}} is at {{value}}", (text) => checkSummary(text, labels)),
  );

/** One rule; undefined where it has no id or no condition, which has been noted. */
export const readRule = (value: YamlValue, { ruleSet, file, context }: RulePlace): AlertRule | undefined => {
  const fields = value.fields(keys);
  const id = fields?.required("id", (at) => at.parsed(idForm, parseId));
  const when = fields?.required("when", (at) => at.text(whenForm));
  const read = fields?.optional("when", (at) => readWith(at, whenForm, (text) => parseCondition(text, context)));
  if (fields === undefined || read === undefined) return undefined;
  refuseMisfits(fields, read);
  const condition = read._tag === "Threshold" ? readThresholdLines(fields, read, context) : read;
  const own = ownLabels(condition);
  const severity = fields.or("severity", "warning", readSeverity);
  const labels = fields.or("labels", {}, (at) => readLabels(at, own));
  const escalation: ReadonlyArray<EscalationStep> =
    condition._tag === "Absence" ? fields.or("escalate", [], (at) => readEscalation(at, condition, severity, own)) : [];
  const deciding = {
    condition,
    forMs: condition._tag === "Threshold" || condition._tag === "Engine" ? fields.or("for", 0, readDuration) : 0,
    keepFiringForMs: fields.or("keep_firing_for", 0, readDuration),
    escalation,
  };
  const summary = readSummary(fields, condition, [...own, ...Object.keys(labels)]);
  if (id === undefined || when === undefined) return undefined;
  const version = ruleVersion(deciding, context.currency);
  const text = when.replaceAll(/\s+/gu, " ");
  return { ruleSet, id, version, when: text, ...deciding, severity, labels, summary, file, line: value.line };
};
