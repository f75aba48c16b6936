import { dividedBy, multiply, taken, whole } from "../expression.ts";
import { count, fraction, sum } from "../formula.ts";
import { dealsLost, dealsNoDecision, dealsWon, openPipeline, salesCycles, wonAmounts } from "../measures/index.ts";
import { metric } from "../metric.ts";

const year = "trailing_year";
const dayMs = whole(86_400_000);

const dealSize = dividedBy(taken(sum(wonAmounts), year), taken(count(wonAmounts), year));
const winRate = dividedBy(taken(count(dealsWon), year), taken(count(dealsWon, dealsLost, dealsNoDecision), year));
const cycleMs = dividedBy(taken(sum(salesCycles), year), taken(count(salesCycles), year));

/** Open opportunities × average deal size × win rate / cycle days, the last three of the year before the instant. */
export const salesVelocity = metric({
  id: "sales_velocity",
  version: 1,
  better: "higher",
  value: {
    unit: "money_per_day",
    formula: fraction(
      multiply(multiply(taken(count(openPipeline)), dealSize), winRate),
      dividedBy(cycleMs, dayMs),
      count(openPipeline),
    ),
  },
  nullRule:
    "Null where a part is: nothing won for an amount, no deal closed or no cycle known in the 365 days before the instant, or a mean cycle of 0. 0 where no deal is open. Open deals are read at the window's end.",
  example:
    "20 open deals; over the last 365 days an average deal of 5,000.00, a win rate of 0.3 and a mean cycle of 60 days: 20 × 5,000 × 0.3 / 60 = 500.00 a day.",
  misleads:
    "Three averages in one number: they may belong to different kinds of deals. Deals that nobody closes raise it; look at each part before you celebrate.",
  beside: ["pipeline_volume", "average_deal_size", "win_rate", "sales_cycle_length"],
  texts: {
    en: ["Sales velocity", "Money a day that the open pipeline brings at the pace of the last year"],
    ro: ["Viteza vânzărilor", "Suma pe zi adusă de pipeline-ul deschis, în ritmul ultimului an"],
    pl: ["Tempo sprzedaży", "Kwota dziennie z otwartego lejka w tempie ostatniego roku"],
    ru: ["Скорость продаж", "Сумма в день, которую приносит открытая воронка в темпе последнего года"],
    "zh-Hant": ["銷售速度", "依過去一年的步調，開放中的銷售管道每日帶來的金額"],
  },
});
