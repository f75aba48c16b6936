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
  example:
    "40 leads created in March, 3 of them without a channel: new_leads 2026-03 is 40, and by channel the group `(none)` has 3.",
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
