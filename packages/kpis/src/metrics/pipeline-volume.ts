import { count, total } from "../formula.ts";
import { openPipeline } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Number of deals that are open: a level. */
export const pipelineVolume = metric({
  id: "pipeline_volume",
  version: 1,
  better: "higher",
  value: { unit: "deals", formula: total(count(openPipeline)) },
  nullRule: "0 where no deal is open. Read at the window's end (at `--at` for one still running).",
  example: "Two deals are open, one is lost and then reopened: 2, 1, 2.",
  misleads: "Deals that nobody closes stay in it: a growing number may be neglect.",
  beside: ["pipeline_value", "win_rate"],
  texts: {
    en: ["Pipeline volume", "Number of open deals"],
    ro: ["Volumul pipeline-ului", "Numărul tranzacțiilor deschise"],
    pl: ["Liczba otwartych transakcji", "Liczba transakcji w lejku"],
    ru: ["Объём воронки", "Число открытых сделок"],
    "zh-Hant": ["銷售管道數量", "開放中交易的數量"],
  },
});
