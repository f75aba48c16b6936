import { count, ratio, total } from "../formula.ts";
import { cohortWon, leadsCreated, stageAdvances, stageEntries, stageRegressions } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Share of the leads created in the window that were won by `--at`: a cohort. And conversion from stage to stage. */
export const conversionRate = metric({
  id: "conversion_rate",
  version: 1,
  better: "higher",
  value: {
    default: "",
    statistics: {
      "": { unit: "ratio", formula: ratio(count(cohortWon), count(leadsCreated)) },
      stage: { unit: "ratio", formula: ratio(count(stageAdvances), count(stageEntries)) },
      regressions: { unit: "deals", formula: total(count(stageRegressions)) },
    },
  },
  nullRule:
    "Null where no lead was created (`.stage`: where no deal came into a stage). A lead counts once, while one of its deals stands won. `.stage` counts each deal once per stage: its first entry, and the first time that it goes past; a skipped stage was entered and passed, a win passes all that remain, and moves back are apart, in `.regressions`.",
  example:
    "20 leads created in March; by 1 May 3 of them have a won deal: 3 / 20 = 0.15, whenever in those weeks the deals were won. In March 12 deals came into `proposal` and 9 went past it: `conversion_rate.stage` of proposal is 9 / 12 = 0.75.",
  misleads:
    "A young cohort has not had its time yet: compare cohorts of equal age. `.stage` takes what happened in the window: deals that advance may have entered before it, so a quiet month can show more than 1.",
  beside: ["win_rate", "new_leads", "stage_flow"],
  texts: {
    en: ["Conversion rate", "Leads of the window that were won so far"],
    ro: ["Rata de conversie", "Lead-uri din intervalul ales câștigate până acum"],
    pl: ["Współczynnik konwersji", "Leady z wybranego okresu wygrane do tej pory"],
    ru: ["Конверсия", "Лиды выбранного периода, выигранные на данный момент"],
    "zh-Hant": ["轉換率", "所選期間的潛在客戶中至今贏得的比例"],
  },
});
