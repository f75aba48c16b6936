import { weighed, whole } from "../expression.ts";
import { fraction } from "../formula.ts";
import { pipelineByProbability } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Amount of the open deals, each by the win probability of its stage: a level. Probabilities are 1/10,000. */
export const weightedPipeline = metric({
  id: "weighted_pipeline",
  version: 1,
  better: "higher",
  value: { unit: "money", formula: fraction(weighed(pipelineByProbability), whole(10_000)) },
  nullRule:
    "0 where no deal is open. Read at the window's end (at `--at` for one still running). Probabilities are those of the workspace's `pipelines`.",
  example:
    "Open are 10,000.00 in `proposal` (0.50) and 4,000.00 in `negotiation` (0.75): 5,000.00 + 3,000.00 = 8,000.00, of a pipeline of 14,000.00.",
  misleads:
    "As good as the probabilities in the workspace: check them against `conversion_rate.stage`. For few deals it is an amount that none of them will bring.",
  beside: ["pipeline_value", "win_rate"],
  texts: {
    en: ["Weighted pipeline", "Amount of open deals, by the win probability of their stage"],
    ro: ["Pipeline ponderat", "Valoarea tranzacțiilor deschise, ponderată cu probabilitatea etapei"],
    pl: ["Ważona wartość lejka", "Wartość otwartych transakcji ważona prawdopodobieństwem etapu"],
    ru: ["Взвешенная воронка", "Сумма открытых сделок с учётом вероятности этапа"],
    "zh-Hant": ["加權銷售管道", "開放中交易的金額，依所在階段的成交機率加權"],
  },
});
