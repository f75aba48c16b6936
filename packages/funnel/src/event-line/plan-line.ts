/** The lines that plan and ask: targets, forecasts, surveys. */
import type { ForecastSubmitted, SurveyAnswered, TargetSet } from "@leadwire/events";
import { LineFault, minor, money, oneOf, type Words } from "./line-words.ts";

/** `METRIC PERIOD VALUE [CURRENCY]`: with a currency the value is money, held in minor units. */
export const targetSet = (words: Words): Pick<TargetSet, "metric" | "period" | "value"> => {
  const metric = words.take("a metric");
  const period = words.take("a period");
  const text = words.take("a value");
  const currency = words.takeIf((word) => /^[A-Z]{3}$/.test(word));
  const value = currency === undefined ? Number(text) : minor(text, currency);
  if (Number.isNaN(value)) throw new LineFault(`expected a value, found ${text}`);
  return { metric, period, value };
};

/** `PERIOD AMOUNT CURRENCY`. */
export const forecastSubmitted = (words: Words): Pick<ForecastSubmitted, "period" | "amount_minor" | "currency"> => ({
  period: words.take("a period"),
  ...money(words),
});

/** `csat│nps SCORE`. */
export const surveyAnswered = (words: Words): Pick<SurveyAnswered, "kind" | "score"> => {
  const kind = oneOf(["csat", "nps"], words.take("a kind of survey"));
  const text = words.take("a score");
  const score = Number(text);
  if (Number.isNaN(score)) throw new LineFault(`expected a score, found ${text}`);
  return { kind, score };
};
