import { count, growth } from "../formula.ts";
import { leadsQualified } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Growth of qualified leads against the window before. */
export const leadVelocityRate = metric({
  id: "lead_velocity_rate",
  version: 1,
  better: "higher",
  value: { unit: "ratio", formula: growth(count(leadsQualified)) },
  nullRule: "Null where no lead qualified in the prior window, and over `all`, which has none.",
  example: "36 leads qualified in March and 30 in February: (36 − 30) / 30 = 0.2.",
  misleads: "On a small base: from 2 to 4 is +100 %. Fewer than 10 in the prior window are flagged.",
  beside: ["sales_qualified_leads"],
  texts: {
    en: ["Lead velocity rate", "Growth of qualified leads against the prior window"],
    ro: ["Ritmul de creștere al lead-urilor", "Creșterea lead-urilor calificate față de intervalul anterior"],
    pl: ["Tempo wzrostu leadów", "Wzrost liczby zakwalifikowanych leadów względem poprzedniego okresu"],
    ru: ["Темп роста лидов", "Прирост квалифицированных лидов к предыдущему периоду"],
    "zh-Hant": ["潛在客戶成長速度", "合格潛在客戶相較前一期間的成長率"],
  },
});
