import { countText, durationText, type KpiAnswer, localText, moneyText, numberText, wholeText } from "@leadwire/kpis";
import type { ExplainDocument, ExplainedPartDocument } from "../reports/explain/explain.ts";
import type { ExplainedFact } from "../reports/explain/explained-facts.ts";
import type { ExplainedPlanLine } from "../reports/explain/explained-plan-lines.ts";
import type { FactEvent } from "../reports/fact-events.ts";
import { asOfText } from "./as-of-text.ts";
import { windowText } from "./instant-text.ts";
import { basisText, valueText } from "./kpi-number-text.ts";
import { type Column, leftColumn, rightColumn, tableText } from "./table.ts";

const none = "–";

const takenText = (value: number, unit: ExplainedPartDocument["unit"], currency: string): string => {
  switch (unit) {
    case "money":
      return moneyText(value, currency);
    case "s":
      return durationText(value);
    default:
      return countText(value);
  }
};

/** By what a fact's value counts: `× 0.75` of a probability, `× 12 / 24` of a term's months. */
const weightText = ({ weigh }: ExplainedPartDocument, { weight }: ExplainedFact): string => {
  if (weigh === undefined || weight === undefined) return "";
  return weigh === "bin" ? ` × ${countText(weight / 10_000)}` : ` × 12 / ${wholeText(weight)}`;
};

const plainName = (name: string): string => name.replaceAll("_", " ");

const roleTexts: Readonly<Record<FactEvent["as"][number], string>> = {
  origin: "",
  cause: "last changed by ",
  creation: "since ",
};

const eventText = ({ as, type, source, id, occurred_at }: FactEvent, timeZone: string): string => {
  const [role = "origin"] = as;
  return `${roleTexts[role]}${type} ${source}/${id} (${localText(occurred_at, timeZone)})`;
};

const entityText = ({ deal_id, lead_id, account_id }: ExplainedFact): string =>
  deal_id !== undefined && deal_id !== lead_id && lead_id !== undefined
    ? `${lead_id} ${deal_id}`
    : (lead_id ?? account_id ?? none);

const columns: ReadonlyArray<Column> = [
  leftColumn("when"),
  leftColumn("fact"),
  leftColumn("of"),
  leftColumn("rep"),
  rightColumn("value"),
  leftColumn("events"),
];

/** Parts often rest on the same facts: those are shown once. */
const isSame = (a: ExplainedPartDocument, b: ExplainedPartDocument): boolean =>
  a.facts.length === b.facts.length &&
  a.facts.every(({ fact_id, value }, index) => {
    const other = b.facts[index];
    return other?.fact_id === fact_id && other.value === value;
  });

const partText = (
  part: ExplainedPartDocument,
  before: ReadonlyArray<ExplainedPartDocument>,
  currency: string,
  timeZone: string,
): string => {
  const { total, unit, facts, facts_count: count, shown } = part;
  const head = `${part.part}: ${plainName(part.what)} = ${takenText(total, unit, currency)}, from ${wholeText(count)} fact${count === 1 ? "" : "s"}`;
  if (facts.length === 0) return `${head}\n`;
  if (before.some((other) => isSame(part, other))) return `${head}: those above\n`;
  const rows = facts.map((fact) => [
    localText(fact.at, timeZone),
    plainName(fact.outcome === undefined ? fact.kind : `${fact.kind}: ${fact.outcome}`),
    entityText(fact),
    fact.owner ?? none,
    `${takenText(fact.value, unit, currency)}${weightText(part, fact)}`,
    fact.events.map((event) => eventText(event, timeZone)).join("; "),
  ]);
  const more = shown < count ? `${wholeText(shown)} of ${wholeText(count)} are shown: --limit shows more.\n` : "";
  return `${head}\n\n${tableText(columns, rows)}${more}`;
};

const groupOf = ({ group }: KpiAnswer): string => {
  const named = Object.entries(group).map(([name, value]) => `${name} ${value}`);
  return named.length === 0 ? "" : ` of ${named.join(", ")}`;
};

const planText = (line: ExplainedPlanLine, currency: string, timeZone: string): string => {
  const { kind, metric, scope, period, unit } = line;
  const what = metric === undefined ? kind : `${kind} of ${metric}`;
  const value = numberText(line.value, { unit, currency });
  const events = line.events.map((event) => eventText(event, timeZone)).join("; ");
  return `${what} for ${scope} in ${period} = ${value}${events === "" ? "" : `: ${events}`}\n`;
};

/** What a number is made of, for people. */
export const explainText = ({ answer, formula, adds_up, parts, plan }: ExplainDocument, timeZone: string): string => {
  const basis = basisText(answer);
  const currency = answer.currency ?? "";
  return [
    `${answer.metric}${groupOf(answer)} = ${valueText(answer)}${basis === "" ? "" : `  (${basis})`}`,
    `made of         ${plainName(formula)}`,
    `window          ${windowText(answer.window, timeZone)}`,
    asOfText([answer], timeZone),
    ...parts.map((part, index) => partText(part, parts.slice(0, index), currency, timeZone)),
    ...plan.map((line) => planText(line, currency, timeZone)),
    adds_up
      ? "Added up, the facts are what the answer was made of.\n"
      : "Added up, the facts are NOT what the answer was made of: npx leadwire verify compares everything with the log.\n",
  ].join("\n");
};
