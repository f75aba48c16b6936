import { subtract, taken } from "../expression.ts";
import { count, ratio, sum, total } from "../formula.ts";
import {
  dealsDisqualified,
  dealsLost,
  dealsNoDecision,
  dealsWon,
  notWonAmounts,
  wonAmounts,
} from "../measures/index.ts";
import { metric } from "../metric.ts";

const closed = count(dealsWon, dealsLost, dealsNoDecision);

/** Share of closed deals that were won. One count per deal: its latest outcome. */
export const winRate = metric({
  id: "win_rate",
  version: 1,
  better: "higher",
  value: {
    default: "",
    statistics: {
      "": { unit: "ratio", formula: ratio(count(dealsWon), closed) },
      by_value: {
        unit: "ratio",
        formula: ratio(sum(wonAmounts), sum(wonAmounts, notWonAmounts)),
        cautions: [
          { flag: "amounts_left_out", count: subtract(taken(closed), taken(count(wonAmounts, notWonAmounts))) },
        ],
      },
      no_decision: { unit: "ratio", formula: ratio(count(dealsNoDecision), closed) },
      disqualified: { unit: "deals", formula: total(count(dealsDisqualified)) },
    },
  },
  nullRule:
    "Null where no deal was closed. Deals closed without ever having been an opportunity are left out and counted in `.disqualified`. `.by_value` takes for a deal that was not won the amount of its close, else its last open amount, and leaves out deals without any.",
  example:
    "5 deals closed in March: 3 won, 1 lost, 1 no decision: 3 / 5 = 0.6, `.no_decision` 1 / 5 = 0.2. A sixth, disqualified, is in neither part. Worth 6,000.00 won, 3,000.00 lost and 1,000.00 undecided: `.by_value` 6,000 / 10,000 = 0.6.",
  misleads:
    "While many deals are still open, and where reps do not close what they lost: read it beside the open pipeline. By value a single large deal decides.",
  beside: ["pipeline_volume", "sales_cycle_length"],
  texts: {
    en: ["Win rate", "Won deals among those closed"],
    ro: ["Rata de câștig", "Tranzacțiile câștigate dintre cele închise"],
    pl: ["Wskaźnik wygranych", "Udział wygranych transakcji wśród zamkniętych"],
    ru: ["Доля выигранных сделок", "Выигранные сделки среди закрытых"],
    "zh-Hant": ["成交率", "已結案交易中贏得的比例"],
  },
});
