import { count, total } from "../formula.ts";
import { leadsCreated } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Leads created in the window. */
export const newLeads = metric({
  id: "new_leads",
  version: 1,
  better: "higher",
  value: { unit: "leads", formula: total(count(leadsCreated)) },
  nullRule: "0 where no lead was created.",
  misleads: "Says nothing of quality: an import or a spam wave raises it.",
  beside: ["sales_qualified_leads", "conversion_rate"],
  texts: {
    en: ["New leads", "Leads created in the window"],
    ro: ["Lead-uri noi", "Lead-uri create în intervalul ales"],
    pl: ["Nowe leady", "Leady utworzone w wybranym okresie"],
    ru: ["Новые лиды", "Лиды, созданные за выбранный период"],
    "zh-Hant": ["新潛在客戶", "在所選期間內建立的潛在客戶"],
  },
});
