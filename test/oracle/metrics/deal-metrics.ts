import { noValue } from "@leadwire/funnel";
import type { Company } from "../company.ts";
import {
  amountsOf,
  businessMs,
  counted,
  exactMetric,
  growth,
  type List,
  levelBeforeMs,
  mean,
  metricOf,
  type OracleMetric,
  outcomes,
  percentile,
  ratio,
  share,
  summed,
  sumOf,
  wallMs,
  within,
  withinPrior,
  withinTrailingYear,
} from "../metric.ts";
import { type Exact, exactly, minus, over, plus, times } from "../rational.ts";
import type { OracleWindow } from "../window.ts";

type Part = (company: Company, window: OracleWindow) => List;

const ofOutcome =
  (...wanted: ReadonlyArray<string>): Part =>
  (c, w) =>
    outcomes(within(c.closed, w), ...wanted);
const won = ofOutcome("won");
const judged = ofOutcome("won", "lost", "no_decision");
const worthKnown =
  (part: Part): Part =>
  (c, w) =>
    part(c, w).filter((deal) => deal.worthMinor !== undefined);
const worthOf = (list: List): number => Number(sumOf(list, (deal) => deal.worthMinor));

const sales: Part = (c, w) => within(c.sales, w);
const costed = (list: List): List => list.filter((line) => line.costMinor !== undefined);
const openDeals: Part = (c, w) => c.openDealsAt(levelBeforeMs(w));
const hasAmount = (list: List): List => list.filter((deal) => (deal.amountMinor ?? 0n) > 0n);
const contracts: Part = (c, w) => within(c.contracts, w);

const countOf = (list: List): Exact => exactly(list.length);
const moneyOf = (list: List): Exact => exactly(amountsOf(list));
const costOf = (list: List): Exact => exactly(sumOf(list, (line) => line.costMinor));

const cycles = (list: List): List => list.filter((deal) => deal.durationMs !== undefined);

export const dealMetrics: Readonly<Record<string, OracleMetric>> = {
  win_rate: share("ratio", won, judged),
  "win_rate.by_value": metricOf({
    unit: "ratio",
    lists: (c, w) => ({ wins: worthKnown(won)(c, w), all: worthKnown(judged)(c, w) }),
    formula: ({ wins, all }) => ratio(worthOf(wins), worthOf(all)),
  }),
  "win_rate.no_decision": share("ratio", ofOutcome("no_decision"), judged),
  "win_rate.disqualified": counted("deals", ofOutcome("disqualified")),
  sales: summed("money", sales, (line) => line.amountMinor),
  "sales.units": metricOf({
    unit: "units",
    lists: (c, w) => ({ lines: sales(c, w) }),
    formula: ({ lines }) => ({ value: Number(sumOf(lines, (line) => line.unitsMilli)) / 1000 }),
  }),
  "sales.cost": summed(
    "money",
    (c, w) => costed(sales(c, w)),
    (line) => line.costMinor,
  ),
  "sales.margin": exactMetric(
    "ratio",
    (c, w) => ({ lines: costed(sales(c, w)) }),
    ({ lines }) => [minus(moneyOf(lines), costOf(lines)), moneyOf(lines)],
  ),
  sales_growth: metricOf({
    unit: "ratio",
    lists: (c, w) => ({ now: sales(c, w), before: withinPrior(c.sales, w) }),
    formula: ({ now, before }, { window }) => growth(Number(amountsOf(now)), Number(amountsOf(before)), window),
  }),
  sales_per_rep: exactMetric(
    "money",
    (c, w) => ({ lines: sales(c, w), wins: won(c, w) }),
    ({ lines, wins }) => {
      const reps = new Set(wins.map(({ dimensions }) => dimensions.owner).filter((owner) => owner !== noValue));
      return [moneyOf(lines), exactly(reps.size)];
    },
  ),
  sales_velocity: exactMetric(
    "money_per_day",
    (c, w) => ({ open: openDeals(c, w), year: withinTrailingYear(c.closed, w) }),
    ({ open, year }) => {
      const wins = outcomes(year, "won");
      const size = over(moneyOf(hasAmount(wins)), countOf(hasAmount(wins)));
      const rate = over(countOf(wins), countOf(outcomes(year, "won", "lost", "no_decision")));
      const known = cycles(wins);
      const cycleMs = over(exactly(known.reduce((sum, deal) => sum + (deal.durationMs ?? 0), 0)), countOf(known));
      return [times(times(countOf(open), size), rate), over(cycleMs, exactly(86_400_000))];
    },
  ),
  average_deal_size: metricOf({
    unit: "money",
    lists: (c, w) => ({ wins: hasAmount(won(c, w)) }),
    formula: ({ wins }) => ratio(Number(amountsOf(wins)), wins.length),
  }),
  "sales_cycle_length.mean": mean("s", won, wallMs),
  "sales_cycle_length.p50": percentile("s", 50, won, wallMs),
  "sales_cycle_length.business_mean": mean("s", won, businessMs),
  "sales_cycle_length.business_p50": percentile("s", 50, won, businessMs),
  pipeline_value: summed("money", openDeals, (deal) => deal.amountMinor),
  pipeline_volume: counted("deals", openDeals),
  weighted_pipeline: exactMetric(
    "money",
    (c, w) => ({ open: openDeals(c, w) }),
    ({ open }) => [
      exactly(sumOf(open, (deal) => (deal.amountMinor ?? 0n) * BigInt(deal.probability ?? 0))),
      exactly(10_000),
    ],
  ),
  "annual_contract_value.mean": exactMetric(
    "money",
    (c, w) => ({ all: contracts(c, w) }),
    ({ all }) => {
      const yearly = all.map((deal) => over(exactly((deal.amountMinor ?? 0n) * 12n), exactly(deal.termMonths ?? 12)));
      const sum = yearly.reduce(plus, exactly(0));
      return [sum, countOf(all)];
    },
  ),
  "annual_contract_value.without_term": counted("deals", (c, w) => outcomes(contracts(c, w), "no_term")),
};
