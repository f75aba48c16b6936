import type { KpiAnswer } from "@leadwire/kpis";
import { countText, durationText, moneyText, noNumber, percentText, wholeText } from "./number-text.ts";

/** A number in a unit, as a person reads it. */
export const numberText = (value: number | null, { unit, currency }: Pick<KpiAnswer, "unit" | "currency">): string => {
  if (value === null) return noNumber;
  switch (unit) {
    case "ratio":
      return percentText(value);
    case "s":
      return durationText(value);
    case "money":
      return moneyText(value, currency ?? "");
    case "money_per_day":
      return `${moneyText(value, currency ?? "")} a day`;
    case "x":
      return `${countText(value)} ×`;
    case "months":
      return `${countText(value)} months`;
    default:
      return countText(value);
  }
};

/** A value as a person reads it, in the answer's unit. */
export const valueText = (answer: KpiAnswer): string => numberText(answer.value, answer);

/** A difference with its sign; of shares in percentage points. */
export const differenceText = (change: number | null, answer: Pick<KpiAnswer, "unit" | "currency">): string => {
  if (change === null) return noNumber;
  const size = numberText(Math.abs(change), answer);
  const text = answer.unit === "ratio" ? size.replace("%", "pp") : size;
  return `${change > 0 ? "+" : change < 0 ? "-" : ""}${text}`;
};

/** What the value was made from. */
export const basisText = (answer: KpiAnswer): string => {
  const { numerator, denominator, count, unit, currency, difference_minor } = answer;
  if (denominator === undefined || unit === "money_per_day") return count === undefined ? "" : countText(count);
  if (unit === "s" || numerator === undefined) return countText(denominator);
  const money = (minor: number): string => moneyText(minor, currency ?? "");
  const ofMoney = difference_minor !== undefined || (currency !== undefined && unit !== "money");
  if (ofMoney) return `${money(numerator)} / ${money(denominator)}`;
  if (unit === "money" && denominator === 1) return count === undefined ? "" : countText(count);
  return `${unit === "money" ? money(numerator) : countText(numerator)} / ${countText(denominator)}`;
};

const flagTexts: Readonly<Record<KpiAnswer["flags"][number], string>> = {
  small_sample: "fewer than 10 cases",
  no_activity_data: "no activity was ever logged",
  no_prior: "no period before to compare with",
  no_target: "no target for this period and scope",
  no_forecast: "no forecast from before the period",
  assumed_term: "no term stated, 12 months taken",
  missing_cost: "sales without a cost left out",
  amounts_left_out: "deals without an amount left out",
};

/** The cautions of an answer in words, with their numbers. */
export const noteText = ({ flags, flag_counts, missing }: KpiAnswer): string =>
  [
    ...flags.map((flag) => {
      const many = flag_counts?.[flag];
      return many === undefined ? flagTexts[flag] : `${flagTexts[flag]} (${wholeText(many)})`;
    }),
    ...(missing === undefined || missing === 0 ? [] : [`${wholeText(missing)} with sales but no forecast`]),
  ].join("; ");
