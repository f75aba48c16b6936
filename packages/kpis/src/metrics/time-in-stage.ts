import { mean, percentile } from "../formula.ts";
import { stageVisits, stageVisitsBusiness } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** How long deals stayed in a stage, of each visit that ended in the window, whatever came of the deal. */
export const timeInStage = metric({
  id: "time_in_stage",
  version: 1,
  better: "lower",
  value: {
    default: "p50",
    statistics: {
      mean: { unit: "s", formula: mean(stageVisits) },
      p50: { unit: "s", formula: percentile(50, stageVisits) },
      p90: { unit: "s", formula: percentile(90, stageVisits) },
      business_p50: { unit: "s", formula: percentile(50, stageVisitsBusiness) },
    },
  },
  nullRule:
    "Null where no deal left a stage. Each visit counts by itself, at its end: by an advance, a move back or a close. A stage that was skipped has none. Percentiles are nearest rank, within 1 %.",
  example:
    "Three deals left `proposal` in March after 2, 3 and 10 days: p50 is the second (⌈0.5·3⌉ = 2), 3 days, 259200 s; the mean 5 days, 432000 s.",
  misleads:
    "Deals that are stuck do not show until they move: read it beside the open pipeline. Over all stages at once it mixes short and long ones; ask for it `--by stage`.",
  beside: ["stage_flow", "sales_cycle_length", "pipeline_volume"],
  texts: {
    en: ["Time in stage", "Time that deals stay in a stage, visit by visit"],
    ro: ["Timpul în etapă", "Cât stau tranzacțiile într-o etapă, la fiecare trecere prin ea"],
    pl: ["Czas w etapie", "Jak długo transakcje pozostają w etapie podczas każdego pobytu"],
    ru: ["Время на этапе", "Сколько сделки находятся на этапе за каждый заход"],
    "zh-Hant": ["階段停留時間", "交易每次進入某階段後停留的時間"],
  },
});
