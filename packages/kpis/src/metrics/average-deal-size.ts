import { count, ratio, sum } from "../formula.ts";
import { wonAmounts } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Won amount per won deal, of deals with an amount above 0. */
export const averageDealSize = metric({
  id: "average_deal_size",
  version: 1,
  better: "higher",
  value: { unit: "money", formula: ratio(sum(wonAmounts), count(wonAmounts)) },
  nullRule: "Null where no deal with an amount was won. Deals won for 0 are left out.",
  example: "Deals won for 1,000.00, 2,500.01 and 0.00: (1,000.00 + 2,500.01) / 2 = 1,750.005.",
  misleads: "A mean: a few large deals pull it up; compare groups only where both have enough deals.",
  beside: ["sales", "win_rate"],
  texts: {
    en: ["Average deal size", "Won amount per won deal"],
    ro: ["Valoarea medie a tranzacției", "Suma câștigată per tranzacție câștigată"],
    pl: ["Średnia wartość transakcji", "Wygrana kwota na wygraną transakcję"],
    ru: ["Средний размер сделки", "Выигранная сумма на одну выигранную сделку"],
    "zh-Hant": ["平均交易金額", "每筆贏得交易的平均金額"],
  },
});
