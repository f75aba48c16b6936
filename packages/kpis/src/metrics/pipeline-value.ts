import { sum, total } from "../formula.ts";
import { openPipeline } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Amount of the deals that are open: a level. */
export const pipelineValue = metric({
  id: "pipeline_value",
  version: 1,
  better: "higher",
  value: { unit: "money", formula: total(sum(openPipeline)) },
  nullRule: "0 where no deal is open. Read at the window's end (at `--at` for one still running).",
  example: "Deals of 5,000.00 and 7,000.00 are open, the first is lost: the pipeline falls from 12,000.00 to 7,000.00.",
  misleads: "Unweighted: a deal about to be lost counts in full; deals without a stated amount count 0.",
  beside: ["pipeline_volume", "win_rate"],
  texts: {
    en: ["Pipeline value", "Amount of open deals"],
    ro: ["Valoarea pipeline-ului", "Valoarea tranzacțiilor deschise"],
    pl: ["Wartość lejka", "Wartość otwartych transakcji"],
    ru: ["Сумма воронки", "Сумма открытых сделок"],
    "zh-Hant": ["銷售管道金額", "開放中交易的金額"],
  },
});
