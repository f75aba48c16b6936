import { moneyText, numberText } from "@leadwire/kpis";
import { askedBy } from "../evaluate/threshold-question.ts";
import { durationText } from "../when/amount-text.ts";
import { levelText } from "../when/level-text.ts";
import { patienceText } from "../when/patience-text.ts";
import type { AbsenceCondition, AlertRule, Condition, Level, NoDataCondition, ThresholdCondition } from "./rule.ts";
import { comparatorWords } from "./summary-text.ts";

/** A rule as a person reads it, each part a phrase. */
export interface RuleWords {
  readonly watches: string;
  readonly fires: string;
  readonly looks: string;
}

const relativeWords = {
  target: "its target",
  pace: "what is due of its target by now",
  prior: "the window before",
  year: "a year ago",
} as const;

const levelWords = (level: Level, { question }: ThresholdCondition, currency: string): string => {
  const { unit } = question.statistic;
  const counted = { unit, statistic: question.statisticName, currency };
  if (level._tag === "Number") return numberText(level.value, counted);
  if (level._tag === "Relative") return levelText(level, question, currency).replace(level.to, relativeWords[level.to]);
  const { weeks, mads } = level;
  const usual = `its usual value (median of the same weekday and hour in the last ${weeks} weeks)`;
  const away = mads === 0 ? "" : ` ${mads < 0 ? "less" : "and"} ${Math.abs(mads)} median absolute deviations`;
  return `${usual}${away}`;
};

const whereWords = (where: ReadonlyArray<readonly [string, string]>): string =>
  where.length === 0 ? "" : `, where ${where.map(([name, value]) => `${name} is ${value}`).join(" and ")}`;

const thresholdWatches = ({ question, window, by, where }: ThresholdCondition): string =>
  `${question.name} over ${window}${by.length === 0 ? "" : `, for each ${by.join(" and ")}`}${whereWords(where)}`;

const absenceWatches = ({ what, where, amountMinorMin }: AbsenceCondition, currency: string): string => {
  const subject = what === "lead_response" ? "each lead" : "each open deal";
  const worth = amountMinorMin === 0 ? "" : ` worth at least ${moneyText(amountMinorMin, currency)}`;
  return `${subject}${worth}${whereWords(where)}`;
};

const watches = (condition: Condition, currency: string): string => {
  switch (condition._tag) {
    case "Threshold":
      return thresholdWatches(condition);
    case "Absence":
      return absenceWatches(condition, currency);
    case "NoData":
      return condition.source === null ? "every source that was ever heard of" : `the source ${condition.source}`;
    case "Engine":
      return condition.what === "lag" ? "how far the numbers are behind the log" : "records that are put aside";
  }
};

const thresholdFires = (condition: ThresholdCondition, currency: string): string => {
  const { comparator, level, minimumCount } = condition;
  const least = minimumCount === 0 ? "" : `, with at least ${minimumCount} facts behind it`;
  return `${comparatorWords[comparator]} ${levelWords(level, condition, currency)}${least}`;
};

const resolves = (condition: Condition, currency: string): string => {
  if (condition._tag !== "Threshold") return "";
  const { comparator, level, resolveLevel } = condition;
  if (JSON.stringify(level) === JSON.stringify(resolveLevel)) return "";
  const beyond = comparator.startsWith("<") ? "below" : "above";
  return `; ends once it is not ${beyond} ${levelWords(resolveLevel, condition, currency)}`;
};

const absenceFires = ({ what, patience }: AbsenceCondition): string => {
  switch (what) {
    case "lead_response":
      return `no response within ${patienceText(patience)} of its creation`;
    case "deal_activity":
      return `no activity for ${patienceText(patience)}`;
    case "deal_close": {
      const isAtOnce = patience._tag === "Clock" && patience.ms === 0;
      return isAtOnce ? "the day of its expected close is over" : `${patienceText(patience)} past its expected close`;
    }
  }
};

const silenceFires = ({ patience }: NoDataCondition): string =>
  patience._tag === "Usual"
    ? "silent for half as long again as its longest silence in business hours of the last 28 days"
    : `silent for ${patienceText(patience)}`;

const fires = (condition: Condition, currency: string): string => {
  switch (condition._tag) {
    case "Threshold":
      return thresholdFires(condition, currency);
    case "Absence":
      return absenceFires(condition);
    case "NoData":
      return silenceFires(condition);
    case "Engine":
      return condition.what === "lag"
        ? `more than ${durationText(condition.above)}`
        : `more than ${condition.above} within ${durationText(condition.windowMs)}`;
  }
};

const looks = (rule: AlertRule): string => {
  const { condition } = rule;
  if (condition._tag === "Absence" || condition._tag === "NoData") return "at the instant it is due";
  if (condition._tag === "Engine") return "all the time";
  const { isSliceable, needsTarget, baselineWeeks } = askedBy(rule, condition).shared;
  if (!isSliceable || needsTarget) return "every 5 min, as this has to be asked of the facts";
  return baselineWeeks > 0 ? "at each whole hour" : "at each change, and as time passes";
};

const firesWords = (rule: AlertRule, currency: string): string => {
  const { condition, forMs, keepFiringForMs } = rule;
  const holding = forMs === 0 ? "" : `, for ${durationText(forMs)}`;
  const after = keepFiringForMs === 0 ? "" : `; goes on for ${durationText(keepFiringForMs)} after its end`;
  return `${fires(condition, currency)}${holding}${resolves(condition, currency)}${after}`;
};

/** `currency`: the workspace's. */
export const ruleWords = (rule: AlertRule, currency: string): RuleWords => ({
  watches: watches(rule.condition, currency),
  fires: firesWords(rule, currency),
  looks: looks(rule),
});
