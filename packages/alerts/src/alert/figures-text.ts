import { countText, numberText } from "@leadwire/kpis";
import type { Observation } from "./observation.ts";

/** The numbers of an alert, as records keep them; money in minor units of the workspace's currency. */
export type Figures = Pick<Observation, "value" | "threshold" | "unit"> &
  Partial<Pick<Observation, "numerator" | "denominator">>;

/** Of a share both parts, of an average the number of cases; a count is its own basis. */
const basisText = ({ numerator = null, denominator = null, unit }: Figures): string => {
  if (denominator === null) return "";
  if (unit === "ratio" && numerator !== null) return ` (${countText(numerator)} of ${countText(denominator)})`;
  return unit === "ratio" || unit === "s" || unit === "money" ? ` of ${countText(denominator)}` : "";
};

/** `21.40 % (3 of 14), against 25.00 %`: what was found, what it is made of, and what it was held against. */
export const figuresText = (figures: Figures, currency: string): string => {
  const { value, threshold, unit } = figures;
  if (value === null && threshold === null) return "";
  const counted = { unit, currency };
  const found = value === null ? "no value" : `${numberText(value, counted)}${basisText(figures)}`;
  return threshold === null ? found : `${found}, against ${numberText(threshold, counted)}`;
};
