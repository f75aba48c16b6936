import { taken, yearly } from "../expression.ts";
import { count, fraction, total } from "../formula.ts";
import { contracts, contractsWithoutTerm } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Recurring amount by the year of the deals won in the window that have one, per such deal. */
export const annualContractValue = metric({
  id: "annual_contract_value",
  version: 1,
  better: "higher",
  value: {
    default: "mean",
    statistics: {
      mean: {
        unit: "money",
        formula: fraction(yearly(contracts), taken(count(contracts)), count(contracts)),
        cautions: [{ flag: "assumed_term", count: taken(count(contractsWithoutTerm)) }],
      },
      without_term: { unit: "deals", formula: total(count(contractsWithoutTerm)) },
    },
  },
  nullRule:
    "Null where no deal with a recurring amount was won. The recurring amount is over the whole term; a deal without a term is taken as one of 12 months and counted in `.without_term`. One-off amounts are left out.",
  example:
    "36,000.00 over 36 months are 12,000.00 a year, 3,000.00 over 6 months 6,000.00, and 2,400.00 without a term 2,400.00: (12,000 + 6,000 + 2,400) / 3 = 6,800.00.",
  misleads:
    "Short contracts are counted as if they were renewed for a whole year; a discount in the first year or a price that rises is spread over the term.",
  beside: ["average_deal_size", "arr"],
  texts: {
    en: ["Annual contract value", "Recurring amount of a won deal by the year"],
    ro: ["Valoarea anuală a contractului", "Suma recurentă pe an a unei tranzacții câștigate"],
    pl: ["Roczna wartość kontraktu", "Kwota cykliczna wygranej transakcji w przeliczeniu na rok"],
    ru: ["Годовая стоимость контракта", "Регулярная сумма выигранной сделки в пересчёте на год"],
    "zh-Hant": ["年度合約價值", "每筆贏得交易的經常性金額，以年計算"],
  },
});
