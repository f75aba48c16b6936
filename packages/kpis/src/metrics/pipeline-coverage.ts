import { due, positive, subtract, taken, targetOf, whole } from "../expression.ts";
import { fraction, sum } from "../formula.ts";
import { openPipeline, saleAmounts } from "../measures/index.ts";
import { metric } from "../metric.ts";

const remaining = positive(subtract(targetOf("sales"), taken(sum(saleAmounts))));

/** How many times the open deals that are expected to close in the period cover what its sales target still lacks. */
export const pipelineCoverage = metric({
  id: "pipeline_coverage",
  version: 1,
  better: "higher",
  value: {
    default: "coverage",
    statistics: {
      coverage: { unit: "x", formula: fraction(due(openPipeline, "sum", "in_period"), remaining) },
      overdue: { unit: "money", formula: fraction(due(openPipeline, "sum", "overdue"), whole(1)) },
    },
  },
  nullRule:
    "Null where the period and scope have no target of `sales`, and once it is reached. It takes deals whose latest expected close lies between the day of `--at` and the period's end; those expected on an earlier day are in `.overdue`, those without a date in neither. Of a period that is over nothing is left to close: 0.",
  example:
    "The target of March is 100,000.00; 60,000.00 are sold. Open deals of 120,000.00 are expected to close by 31 March: 120,000 / (100,000 − 60,000) = 3. Deals of 15,000.00 that were to close last week are `.overdue`.",
  misleads:
    "Three times is enough for a team that wins every third deal by value, not for others; expected dates are promises, and near the end of the period few of these deals can still close.",
  beside: ["quota_attainment", "win_rate", "weighted_pipeline"],
  texts: {
    en: ["Pipeline coverage", "Open deals expected to close in the period, against what the sales target still lacks"],
    ro: [
      "Acoperirea țintei cu pipeline",
      "Tranzacții deschise așteptate să se închidă în perioadă, față de ce mai lipsește din ținta de vânzări",
    ],
    pl: [
      "Pokrycie celu lejkiem",
      "Otwarte transakcje z zamknięciem w tym okresie wobec brakującej części celu sprzedaży",
    ],
    ru: ["Покрытие плана воронкой", "Открытые сделки с закрытием в этом периоде к недостающей части плана продаж"],
    "zh-Hant": ["銷售管道覆蓋率", "預計在期間內結案的開放交易，相對於銷售目標尚缺金額的倍數"],
  },
});
