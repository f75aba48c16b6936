import {
  type AlertRule,
  type AlertsConfig,
  durationText,
  type EscalationStep,
  patienceText,
  ruleWords,
  type Told,
  whoIsTold,
} from "@leadwire/alerts";
import { safeText } from "./safe-text.ts";

const toldText = (told: ReadonlyArray<Told>): string => {
  if (told.length === 0) return "nobody";
  return told
    .map(({ receivers, where, hasQuietHours }) => {
      const only = where.length === 0 ? "" : ` where ${where.join(", ")}`;
      return `${receivers.join(", ")}${only}${hasQuietHours ? " (not in quiet hours)" : ""}`;
    })
    .join("; ");
};

const stepText = (rule: AlertRule, step: EscalationStep, config: AlertsConfig): string => {
  const labels = Object.entries(step.labels).map(([name, value]) => `${name}=${value}`);
  const becomes = [step.severity, ...labels].join(", ");
  return `after ${patienceText(step.patience)}: ${becomes}; tells ${toldText(whoIsTold(rule, config.notifications, step))}`;
};

const ruleText = (rule: AlertRule, config: AlertsConfig, currency: string): string => {
  const { watches, fires, looks } = ruleWords(rule, currency);
  const lines = [
    ["when", rule.when],
    ["watches", watches],
    ["fires", fires],
    ["looks", looks],
    ["tells", toldText(whoIsTold(rule, config.notifications))],
    ...rule.escalation.map((step) => ["then", stepText(rule, step, config)] as const),
  ] as const;
  const body = lines.map(([name, text]) => `  ${name.padEnd(9)}${safeText(text)}\n`);
  return `${safeText(rule.id)} (${rule.severity}), ${safeText(rule.file)}:${rule.line}\n${body.join("")}\n`;
};

/** Every rule in words: what it watches, when it fires, and who is told. */
export const alertsText = (config: AlertsConfig, currency: string): string =>
  config.ruleSets.flatMap(({ rules }) => rules.map((rule) => ruleText(rule, config, currency))).join("");

const ruleDocument = (rule: AlertRule, { notifications }: AlertsConfig, currency: string) => ({
  rule_set: rule.ruleSet,
  rule: rule.id,
  version: rule.version,
  file: rule.file,
  line: rule.line,
  when: rule.when,
  ...ruleWords(rule, currency),
  for: durationText(rule.forMs),
  keep_firing_for: durationText(rule.keepFiringForMs),
  severity: rule.severity,
  labels: rule.labels,
  summary: rule.summary,
  tells: whoIsTold(rule, notifications).map(({ receivers, where }) => ({ receivers, where })),
  escalation: rule.escalation.map((step) => ({
    after: patienceText(step.patience),
    severity: step.severity,
    labels: step.labels,
    tells: whoIsTold(rule, notifications, step).map(({ receivers, where }) => ({ receivers, where })),
  })),
});

/** The same for programs. */
export const alertsDocument = (config: AlertsConfig, currency: string) => ({
  rules: config.ruleSets.flatMap(({ rules }) => rules.map((rule) => ruleDocument(rule, config, currency))),
  receivers: config.notifications.receivers.map(({ _tag, name }) => ({ name, kind: _tag.toLowerCase() })),
});
