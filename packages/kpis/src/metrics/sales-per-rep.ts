import { distinctOwners, taken } from "../expression.ts";
import { count, fraction, sum } from "../formula.ts";
import { dealsWon, saleAmounts } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Sales per rep who won at least one deal in the window. Reps are counted after merging, never added up. */
export const salesPerRep = metric({
  id: "sales_per_rep",
  version: 1,
  better: "higher",
  value: { unit: "money", formula: fraction(taken(sum(saleAmounts)), distinctOwners(dealsWon), count(dealsWon)) },
  nullRule:
    "Null where no rep won a deal. A rep is the owner at the close; deals without an owner are in the sales and are no rep.",
  example:
    "ana won 9,000.00 in two deals, bogdan 3,000.00 in one: (9,000 + 3,000) / 2 = 6,000.00. A third rep without a win is not counted.",
  misleads:
    "Reps without a win are not in the divisor, so it rises when weaker reps win nothing; a rep who sold for two teams counts in both, and the teams do not add up to the company.",
  beside: ["sales", "quota_attainment", "win_rate"],
  texts: {
    en: ["Sales per rep", "Sales per rep with at least one won deal"],
    ro: ["Vânzări per agent", "Vânzări per agent cu cel puțin o tranzacție câștigată"],
    pl: ["Sprzedaż na handlowca", "Sprzedaż na handlowca z co najmniej jedną wygraną transakcją"],
    ru: ["Продажи на менеджера", "Продажи на одного менеджера, выигравшего хотя бы одну сделку"],
    "zh-Hant": ["人均銷售額", "每位至少贏得一筆交易的業務人員的平均銷售額"],
  },
});
