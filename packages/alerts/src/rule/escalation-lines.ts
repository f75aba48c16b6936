import type { YamlValue } from "@leadwire/funnel";
import { readLabels, readWith } from "../alert-file/yaml-words.ts";
import { didYouMean } from "../when/did-you-mean.ts";
import { lengthOf, parsePatience, patienceForms, patienceText } from "../when/patience-text.ts";
import { type AbsenceCondition, type EscalationStep, type Patience, type Severity, severities } from "./rule.ts";

const stepsMax = 10;

export const readSeverity = (value: YamlValue): Severity | undefined => {
  const text = value.text(severities.join(", "));
  if (text === undefined) return undefined;
  const found = severities.find((known) => known === text);
  return found ?? value.refuse(severities.join(", "), JSON.stringify(text), didYouMean(text, severities));
};

/** Steps count from one beginning, so that only time of one kind says which comes first. */
const readAfter = (value: YamlValue, before: Patience): Patience | undefined => {
  const after = readWith(value, patienceForms, parsePatience);
  if (after === undefined) return undefined;
  if (lengthOf(before) > 0 && after._tag !== before._tag)
    return value.refuse(`time of the same kind as the step before: ${patienceText(before)}`, patienceText(after));
  if (lengthOf(after) > lengthOf(before)) return after;
  const hint = "All steps count from the same beginning.";
  return value.refuse(`longer than the step before: ${patienceText(before)}`, patienceText(after), hint);
};

/** Reads `escalate`: what becomes of an alert of a lead or deal that nobody sees to. */
export const readEscalation = (
  value: YamlValue,
  { patience }: AbsenceCondition,
  severity: Severity,
  taken: ReadonlyArray<string>,
): ReadonlyArray<EscalationStep> => {
  const steps: EscalationStep[] = [];
  const items = value.items("a list of steps, such as - { after: 15 min of business hours, severity: critical }") ?? [];
  if (items.length > stepsMax) value.refuse(`at most ${stepsMax} steps`, String(items.length));
  for (const item of items) {
    const fields = item.fields(["after", "severity", "labels"]);
    const before = steps.at(-1);
    const after = fields?.required("after", (at) => readAfter(at, before?.patience ?? patience));
    const labels = fields?.or("labels", {}, (at) => readLabels(at, taken)) ?? {};
    const level = fields?.or("severity", before?.severity ?? severity, readSeverity) ?? severity;
    if (after !== undefined) steps.push({ patience: after, severity: level, labels });
  }
  return steps;
};
