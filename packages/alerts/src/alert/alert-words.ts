import { countText, isoText, moneyText, noNumber, numberText } from "@leadwire/kpis";
import type { AlertRule } from "../rule/rule.ts";
import type { Observation } from "./observation.ts";

/** What a summary's placeholders may say of numbers. */
export type Measured = Pick<Observation, "value" | "numerator" | "denominator" | "threshold" | "unit" | "currency">;

const partText = (part: number | null, currency: string | undefined): string => {
  if (part === null) return noNumber;
  return currency === undefined ? countText(part) : moneyText(part, currency);
};

const measuredTexts = (rule: AlertRule, measured: Measured): Readonly<Record<string, string>> => {
  const { value, numerator, denominator, threshold, unit, currency } = measured;
  const { condition } = rule;
  const statistic = condition._tag === "Threshold" ? condition.question.statisticName : "";
  const counted = { unit, statistic, ...(currency === undefined ? {} : { currency }) };
  return {
    value: numberText(value, counted),
    threshold: numberText(threshold, counted),
    numerator: unit === "s" ? numberText(numerator, counted) : partText(numerator, currency),
    // An average amount is money over a number of cases; any other part beside money is money.
    denominator: partText(denominator, unit === "money" ? undefined : currency),
  };
};

/** The rule's summary with its placeholders filled: numbers as people read them, labels as they are. */
export const summaryOf = (rule: AlertRule, labels: Readonly<Record<string, string>>, measured: Measured): string => {
  const numbers = measuredTexts(rule, measured);
  return rule.summary.replace(/\{\{\s*([^{}\s]+)\s*\}\}/gu, (_, name: string) => {
    return (Object.hasOwn(numbers, name) ? numbers[name] : labels[name]) ?? noNumber;
  });
};

const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** The command that shows what a metric's value is made of; empty for rules that hold no metric against anything. */
export const explainOf = ({ condition }: AlertRule, { group, atMs, readAtMs = atMs }: Observation): string => {
  if (condition._tag !== "Threshold") return "";
  const { question, window, by, where } = condition;
  const groups = by.flatMap((name) => ["--group", `${name}=${group[name] ?? ""}`]);
  const filters = where.flatMap(([name, value]) => ["--where", `${name}=${value}`]);
  const words = ["explain", question.name, "--window", window, ...groups, ...filters, "--at", isoText(readAtMs)];
  return `npx leadwire ${words.map(shellWord).join(" ")}`;
};
