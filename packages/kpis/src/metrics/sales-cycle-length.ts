import { mean, percentile } from "../formula.ts";
import { salesCycles } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Time from a lead's creation to the close of its won deal, placed at the close. */
export const salesCycleLength = metric({
  id: "sales_cycle_length",
  version: 1,
  better: "lower",
  value: {
    default: "mean",
    statistics: {
      mean: { unit: "s", formula: mean(salesCycles) },
      p50: { unit: "s", formula: percentile(50, salesCycles) },
    },
  },
  nullRule: "Null where nothing was won. A deal without a known creation, or closed before it, is left out.",
  example:
    "Deals won 2, 4 and 9 days after their leads were created: mean (2 + 4 + 9) / 3 = 5 days, 432000 s; p50 4 days, 345600 s.",
  misleads: "Only of won deals, by close date: after a burst of quick wins it falls while slow deals are still open.",
  beside: ["win_rate", "pipeline_volume"],
  texts: {
    en: ["Sales cycle length", "Time from lead creation to a won close"],
    ro: ["Durata ciclului de vânzare", "Timpul de la crearea lead-ului până la câștigarea tranzacției"],
    pl: ["Długość cyklu sprzedaży", "Czas od utworzenia leada do wygranej"],
    ru: ["Длительность цикла продаж", "Время от создания лида до выигранной сделки"],
    "zh-Hant": ["銷售週期", "從潛在客戶建立到贏得交易的時間"],
  },
});
