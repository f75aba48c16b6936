import { count, ratio } from "../formula.ts";
import { cohortOpportunity, leadsCreated, leadsOpportunity } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Share of the leads created in the window that became an opportunity by `--at`: a cohort. */
export const leadToOpportunity = metric({
  id: "lead_to_opportunity",
  version: 1,
  better: "higher",
  value: {
    default: "cohort",
    statistics: {
      cohort: { unit: "ratio", formula: ratio(count(cohortOpportunity), count(leadsCreated)) },
      by_period: { unit: "ratio", formula: ratio(count(leadsOpportunity), count(leadsCreated)) },
    },
  },
  nullRule:
    "Null where no lead was created. A lead counts once, at the first of its deals that reached the stage marked `opportunity`, or passed it; what was passed stays passed. `by_period` sets the opportunities of the window against its new leads, whenever those of the opportunities came: it may be above 1.",
  example:
    "20 leads created in March; by 1 May 8 of them have become an opportunity: 8 / 20 = 0.4. In March itself 6 leads became one, 2 of them from February: by_period 6 / 20 = 0.3.",
  misleads:
    "A young cohort has not had its time yet: compare cohorts of equal age; `by_period` mixes leads of several cohorts.",
  beside: ["conversion_rate", "new_leads"],
  texts: {
    en: ["Lead to opportunity", "Leads of the window that have become an opportunity so far"],
    ro: ["Conversia lead–oportunitate", "Lead-uri din intervalul ales devenite oportunități până acum"],
    pl: ["Konwersja leadów w szanse sprzedaży", "Leady z wybranego okresu, które do tej pory stały się szansami"],
    ru: ["Конверсия лидов в потенциальные сделки", "Лиды выбранного периода, уже ставшие потенциальными сделками"],
    "zh-Hant": ["潛在客戶轉商機率", "所選期間的潛在客戶中至今成為商機的比例"],
  },
});
