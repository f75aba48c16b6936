import { count, ratio } from "../formula.ts";
import { cohortWon, leadsCreated } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Share of the leads created in the window that were won by `--at`: a cohort. */
export const conversionRate = metric({
  id: "conversion_rate",
  version: 1,
  better: "higher",
  value: { unit: "ratio", formula: ratio(count(cohortWon), count(leadsCreated)) },
  nullRule: "Null where no lead was created. A lead counts once, while one of its deals stands won.",
  example:
    "20 leads created in March; by 1 May 3 of them have a won deal: 3 / 20 = 0.15, whenever in those weeks the deals were won.",
  misleads: "A young cohort has not had its time yet: compare cohorts of equal age.",
  beside: ["win_rate", "new_leads"],
  texts: {
    en: ["Conversion rate", "Leads of the window that were won so far"],
    ro: ["Rata de conversie", "Lead-uri din intervalul ales câștigate până acum"],
    pl: ["Współczynnik konwersji", "Leady z wybranego okresu wygrane do tej pory"],
    ru: ["Конверсия", "Лиды выбранного периода, выигранные на данный момент"],
    "zh-Hant": ["轉換率", "所選期間的潛在客戶中至今贏得的比例"],
  },
});
