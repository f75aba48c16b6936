import {
  type Counted,
  countText,
  type KpiAnswer,
  moneyText,
  noNumber,
  numberText,
  percentText,
  wholeText,
} from "@leadwire/kpis";

/** A value as a person reads it, in the answer's unit. */
export const valueText = (answer: KpiAnswer): string => numberText(answer.value, answer);

/** A difference with its sign; of shares in percentage points. */
export const differenceText = (change: number | null, answer: Counted): string => {
  if (change === null) return noNumber;
  const size = numberText(Math.abs(change), answer);
  const text = answer.unit === "ratio" ? size.replace("%", "pp") : size;
  return `${change > 0 ? "+" : change < 0 ? "-" : ""}${text}`;
};

type BasedValue = Counted & Pick<KpiAnswer, "value" | "numerator" | "denominator" | "count" | "difference_minor">;

/** Weighed sums are divided by the whole of a probability: a scale, and no number of cases. */
const isScale = (denominator: number): boolean => denominator === 1 || denominator === 10_000;

/** Movements of accounts that stay are counted 0, and those that leave below 0: no number of cases. */
const casesText = ({ value, count }: Pick<KpiAnswer, "value" | "count">): string =>
  count === undefined || (count <= 0 && value !== 0) ? "" : countText(count);

/** What the value was made from. */
export const basisText = (answer: BasedValue): string => {
  const { numerator, denominator, unit, currency, difference_minor } = answer;
  if (denominator === undefined || unit === "money_per_day") return casesText(answer);
  if (unit === "s") return countText(denominator);
  const isMoney = unit === "money";
  if (isMoney && isScale(denominator)) return casesText(answer);
  const ofMoney = difference_minor !== undefined || (currency !== undefined && !isMoney);
  const part = (number: number | undefined, inMoney: boolean): string => {
    if (number === undefined) return noNumber;
    return inMoney ? moneyText(number, currency ?? "") : countText(number);
  };
  return `${part(numerator, ofMoney || isMoney)} / ${part(denominator, ofMoney)}`;
};

/** How much of its target a value is; empty where there is none. */
export const attainedText = ({ attainment, better }: Pick<KpiAnswer, "attainment" | "better">): string => {
  if (attainment === undefined || attainment === null) return "";
  return `${percentText(attainment)}${better === "lower" ? " (less is better)" : ""}`;
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
