import { count, ratio } from "../formula.ts";
import { dealsLost, dealsNoDecision, dealsWon } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Share of closed deals that were won. One count per deal: its latest outcome. */
export const winRate = metric({
  id: "win_rate",
  version: 1,
  better: "higher",
  value: { unit: "ratio", formula: ratio(count(dealsWon), count(dealsWon, dealsLost, dealsNoDecision)) },
  nullRule:
    "Null where no deal was closed. Deals closed without ever having been an opportunity (disqualified) are left out.",
  example:
    "5 deals closed in March: 3 won, 1 lost, 1 no decision: 3 / 5 = 0.6. A sixth, disqualified, is in neither part.",
  misleads:
    "While many deals are still open, and where reps do not close what they lost: read it beside the open pipeline.",
  beside: ["pipeline_volume", "sales_cycle_length"],
  texts: {
    en: ["Win rate", "Won deals among those closed"],
    ro: ["Rata de câștig", "Tranzacțiile câștigate dintre cele închise"],
    pl: ["Wskaźnik wygranych", "Udział wygranych transakcji wśród zamkniętych"],
    ru: ["Доля выигранных сделок", "Выигранные сделки среди закрытых"],
    "zh-Hant": ["成交率", "已結案交易中贏得的比例"],
  },
});
