import type { AbsenceCondition, Condition, NoDataCondition, ThresholdCondition } from "../rule/rule.ts";
import { amountMinorText, durationText } from "./amount-text.ts";
import { levelText } from "./level-text.ts";
import { patienceText } from "./patience-text.ts";
import { nameText } from "./when-reader.ts";

const whereText = (where: ReadonlyArray<readonly [string, string]>): string =>
  where.length === 0 ? "" : ` where ${where.map(([name, value]) => `${name}=${nameText(value)}`).join(" and ")}`;

const thresholdText = (condition: ThresholdCondition, currency: string): string => {
  const { question, window, by, where, comparator, level } = condition;
  const groups = by.length === 0 ? "" : ` by ${by.join(", ")}`;
  return `${question.name} ${window}${groups}${whereText(where)} ${comparator} ${levelText(level, question, currency)}`;
};

const absenceText = ({ what, patience, where, amountMinorMin }: AbsenceCondition, currency: string): string => {
  const rest = `${amountMinorMin === 0 ? "" : ` worth ${amountMinorText(amountMinorMin, currency)}`}${whereText(where)}`;
  switch (what) {
    case "lead_response":
      return `lead without response for ${patienceText(patience)}${rest}`;
    case "deal_activity":
      return `deal without activity for ${patienceText(patience)}${rest}`;
    case "deal_close": {
      const isAtOnce = patience._tag === "Clock" && patience.ms === 0;
      return `deal past its expected close${isAtOnce ? "" : ` by ${patienceText(patience)}`}${rest}`;
    }
  }
};

const noDataText = ({ source, patience }: NoDataCondition): string => {
  const subject = source === null ? "any source" : `source ${nameText(source)}`;
  return `${subject} silent for ${patience._tag === "Usual" ? "longer than usual" : patienceText(patience)}`;
};

/**
 * A condition in the one way to write it that `parseCondition` reads as the same; the levels to resolve at and the
 * minimum have lines of their own.
 */
export const conditionText = (condition: Condition, currency: string): string => {
  switch (condition._tag) {
    case "Threshold":
      return thresholdText(condition, currency);
    case "Absence":
      return absenceText(condition, currency);
    case "NoData":
      return noDataText(condition);
    case "Engine":
      return condition.what === "lag"
        ? `lag > ${durationText(condition.above)}`
        : `quarantine > ${condition.above} in ${durationText(condition.windowMs)}`;
  }
};
