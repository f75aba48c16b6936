import type { ForecastSubmitted, TargetSet } from "@leadwire/events";
import { currencyOf, type Making } from "./random-lead.ts";
import { reps, teams } from "./random-workspace.ts";
import { windowOf } from "./window.ts";

const dayMs = 86_400_000;

const scopeOf = ({ random }: Making): string =>
  random.pick([
    "company",
    "company",
    "company",
    `team:${random.pick(teams)}`,
    `rep:${random.pick(reps)}`,
    "team:nobody",
  ]);

/** A year, quarter or month around the company's time. */
const periodOf = ({ random, workspace, moment }: Making): string => {
  const period = windowOf(random.pick(["year", "quarter", "month", "month"]), moment(), workspace).period;
  if (period === null) throw new Error("a year, a quarter and a month have names");
  return period;
};

export const targetSet = (making: Making): TargetSet => {
  const { random } = making;
  return {
    type: "target-set",
    ...making.head(making.moment()),
    scope: scopeOf(making),
    metric: random.pick(["sales", "sales", "sales", "sales", "new_leads", "win_rate"]),
    period: periodOf(making),
    value: random.pick([0, 1_000, 250_000, 9_000_000, 40_000_000, 0.35]),
  };
};

export const forecastSubmitted = (making: Making): ForecastSubmitted => {
  const { random } = making;
  return {
    type: "forecast-submitted",
    ...making.head(making.moment() - random.pick([0, 10, 40, 200, 400]) * dayMs),
    scope: scopeOf(making),
    period: periodOf(making),
    amount_minor: random.pick([0, 100_000, random.whole(0, 9_000_000)]),
    currency: currencyOf(making),
  };
};
