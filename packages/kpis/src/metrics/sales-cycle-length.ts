import { mean, percentile } from "../formula.ts";
import { salesCycles, salesCyclesBusiness, wonStageTimes, wonStageTimesBusiness } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Time from a lead's creation to the close of its won deal, placed at the close; and how much of it each stage took. */
export const salesCycleLength = metric({
  id: "sales_cycle_length",
  version: 1,
  better: "lower",
  value: {
    default: "mean",
    statistics: {
      mean: { unit: "s", formula: mean(salesCycles) },
      p50: { unit: "s", formula: percentile(50, salesCycles) },
      business_mean: { unit: "s", formula: mean(salesCyclesBusiness) },
      business_p50: { unit: "s", formula: percentile(50, salesCyclesBusiness) },
      stage_mean: { unit: "s", formula: mean(wonStageTimes) },
      stage_p50: { unit: "s", formula: percentile(50, wonStageTimes) },
      stage_business_mean: { unit: "s", formula: mean(wonStageTimesBusiness) },
    },
  },
  nullRule:
    "Null where nothing was won. A deal without a known creation, or closed before it, is left out. The `stage_…` numbers are of won deals at their close, each with all its visits to a stage added up; a stage in which it never stopped has none: ask for them `--by stage`.",
  example:
    "Deals won 2, 4 and 9 days after their leads were created: mean (2 + 4 + 9) / 3 = 5 days, 432000 s; p50 4 days, 345600 s. A deal that was in `proposal` for 3 days, fell back, and was in it for 1 day more counts there with 4 days.",
  misleads: "Only of won deals, by close date: after a burst of quick wins it falls while slow deals are still open.",
  beside: ["win_rate", "pipeline_volume", "time_in_stage"],
  texts: {
    en: ["Sales cycle length", "Time from lead creation to a won close"],
    ro: ["Durata ciclului de vânzare", "Timpul de la crearea lead-ului până la câștigarea tranzacției"],
    pl: ["Długość cyklu sprzedaży", "Czas od utworzenia leada do wygranej"],
    ru: ["Длительность цикла продаж", "Время от создания лида до выигранной сделки"],
    "zh-Hant": ["銷售週期", "從潛在客戶建立到贏得交易的時間"],
  },
});
