import { count, total } from "../formula.ts";
import { leadsQualified } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Leads whose first entry into the stage marked `qualified`, or past it, lies in the window. */
export const salesQualifiedLeads = metric({
  id: "sales_qualified_leads",
  version: 1,
  better: "higher",
  value: { unit: "leads", formula: total(count(leadsQualified)) },
  nullRule: "0 where no lead qualified. Only the first entry counts; a skipped stage counts as passed.",
  example:
    "A lead enters `qualified` on 3 March, falls back to `new`, and enters it again on 20 March: it counts once, on 3 March.",
  misleads: "Only as strict as the stage's definition; it moves when reps change how they set the stage.",
  beside: ["new_leads", "lead_velocity_rate"],
  texts: {
    en: ["Sales qualified leads", "Leads that first reached the qualified stage in the window"],
    ro: ["Lead-uri calificate", "Lead-uri care au ajuns prima dată în etapa de calificare în intervalul ales"],
    pl: ["Leady zakwalifikowane", "Leady, które po raz pierwszy osiągnęły etap kwalifikacji w wybranym okresie"],
    ru: ["Квалифицированные лиды", "Лиды, впервые достигшие этапа квалификации за выбранный период"],
    "zh-Hant": ["合格潛在客戶", "在所選期間內首次進入合格階段的潛在客戶"],
  },
});
