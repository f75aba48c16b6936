import { type Formula, sum } from "../formula.ts";
import { saleAmounts } from "../measures/index.ts";
import { metric, type Statistic } from "../metric.ts";

type ForecastFormula = Extract<Formula, { readonly _tag: "Forecast" }>;

const forecast = (level: ForecastFormula["level"], take: ForecastFormula["take"]): Statistic => ({
  unit: "ratio",
  formula: { _tag: "Forecast", sales: sum(saleAmounts), level, take },
});

/** How close the last forecasts before the period came to its sales, and to which side they erred. */
export const forecastAccuracy = metric({
  id: "forecast_accuracy",
  version: 1,
  better: "higher",
  value: {
    default: "company",
    statistics: {
      company: forecast("company", "accuracy"),
      teams: forecast("team", "accuracy"),
      reps: forecast("owner", "accuracy"),
      bias: forecast("company", "bias"),
      teams_bias: forecast("team", "bias"),
      reps_bias: forecast("owner", "bias"),
    },
  },
  nullRule:
    "Null where no scope of the level has a forecast made before the period began, where these scopes sold nothing, and for a window that is no calendar month, quarter or year. 1 − Σ|sales − forecast| / Σ sales; it may be below 0. The bias is Σ(forecast − sales) / Σ sales: above 0 is too hopeful.",
  example:
    "For March north forecast 100 and sold 80, south forecast 50 and sold 70: 1 − (20 + 20) / 150 = 0.7333; the bias is (20 − 20) / 150 = 0.",
  misleads:
    "Errors of teams cancel out in the company's number: read `.teams` and `.reps` beside it. Scopes without a forecast are left out and counted as missing.",
  beside: ["sales", "quota_attainment", "weighted_pipeline"],
  texts: {
    en: ["Forecast accuracy", "How close the forecast made before the period came to its sales"],
    ro: ["Acuratețea prognozei", "Cât de aproape de vânzări a fost prognoza făcută înaintea perioadei"],
    pl: ["Trafność prognozy", "Jak bliska sprzedaży była prognoza złożona przed początkiem okresu"],
    ru: ["Точность прогноза", "Насколько прогноз, сделанный до начала периода, близок к продажам"],
    "zh-Hant": ["預測準確度", "期間開始前的預測與實際銷售額的接近程度"],
  },
});
