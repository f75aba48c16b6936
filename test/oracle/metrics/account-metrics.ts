import type { Company } from "../company.ts";
import {
  amountsOf,
  counted,
  exactMetric,
  type List,
  type Lists,
  levelBeforeMs,
  mean,
  moved,
  type OracleMetric,
  outcomes,
  type Quotient,
  startBeforeMs,
  summed,
  sumOf,
  unitsMilli,
  within,
} from "../metric.ts";
import { type Exact, exactly, minus, over, times } from "../rational.ts";
import type { OracleWindow } from "../window.ts";

type Part = (company: Company, window: OracleWindow) => List;

const activeAtStart: Part = (c, w) => c.activeAt(startBeforeMs(w));
const activeAtEnd: Part = (c, w) => c.activeAt(levelBeforeMs(w));
const payingAtStart: Part = (c, w) => c.payingAt(startBeforeMs(w));
const payingAtEnd: Part = (c, w) => c.payingAt(levelBeforeMs(w));
const moves =
  (outcome: string): Part =>
  (c, w) =>
    outcomes(within(c.mrrMoves, w), outcome);
const spent: Part = (c, w) => within(c.spendDays, w).filter((day) => day.outcome !== "production");
const newCustomers: Part = (c, w) => within(c.newCustomers, w);
const sales: Part = (c, w) => within(c.sales, w);
const surveys =
  (...kinds: ReadonlyArray<string>): Part =>
  (c, w) =>
    outcomes(within(c.surveys, w), ...kinds);

const moneyOf = (list: List): Exact => exactly(amountsOf(list));
const countOf = (list: List): Exact => exactly(list.length);
const one = exactly(1);

/** Some lists by name, read for a window. */
const lists =
  <K extends string>(parts: Readonly<Record<K, Part>>) =>
  (c: Company, w: OracleWindow): Readonly<Record<K, List>> => {
    const read: Record<string, List> = {};
    for (const name in parts) read[name] = parts[name](c, w);
    return read as Record<K, List>;
  };

const kept = (start: List, end: List): List =>
  start.filter(({ account }) => end.some((later) => later.account === account));

/** What each account of the start pays at the end. */
const ofStart = (start: List, end: List): List =>
  end.filter(({ account }) => start.some((earlier) => earlier.account === account));

const lesserOf = (start: List, end: List): bigint =>
  start.reduce((sum, { account, amountMinor = 0n }) => {
    const later = end.find((other) => other.account === account)?.amountMinor ?? 0n;
    return sum + (later < amountMinor ? later : amountMinor);
  }, 0n);

const retention = ({ start = [], end = [] }: Lists): Quotient => [countOf(kept(start, end)), countOf(start)];
const churn = (named: Lists): Quotient => {
  const [stayed, started] = retention(named);
  return [minus(started, stayed), started];
};

const margin = (list: List): Exact => {
  const costed = list.filter((line) => line.costMinor !== undefined);
  const cost = exactly(sumOf(costed, (line) => line.costMinor));
  return over(minus(moneyOf(costed), cost), moneyOf(costed));
};

const mrrPerCustomer = ({ paying = [], end = [] }: Lists): Quotient => [moneyOf(paying), countOf(end)];
const salesPerCustomerMonth = ({ sold = [], end = [] }: Lists, months: Exact): Quotient => [
  moneyOf(sold),
  times(months, countOf(end)),
];

const valueParts = { start: activeAtStart, end: activeAtEnd, paying: payingAtEnd, sold: sales };
const lifetimeValue = (named: Lists, months: Exact): Quotient => [
  times(over(...mrrPerCustomer(named)), margin(named.sold ?? [])),
  over(over(...churn(named)), months),
];

const ends = lists({ start: activeAtStart, end: activeAtEnd });
const payingEnds = lists({ start: payingAtStart, end: payingAtEnd });
type Ends = { readonly start: List; readonly end: List };
const grossKept = ({ start, end }: Ends): Exact => exactly(lesserOf(start, end));

export const accountMetrics: Readonly<Record<string, OracleMetric>> = {
  "mrr.level": summed("money", payingAtEnd, (account) => account.amountMinor),
  "mrr.start": exactMetric("money", lists({ start: payingAtStart }), ({ start }) => [moneyOf(start), one]),
  "mrr.new": moved("money", moves("new")),
  "mrr.expansion": moved("money", moves("expansion")),
  "mrr.contraction": moved("money", moves("contraction")),
  "mrr.churn": moved("money", moves("churn")),
  "mrr.reactivation": moved("money", moves("reactivation")),
  arr: exactMetric("money", lists({ paying: payingAtEnd }), ({ paying }) => [times(exactly(12), moneyOf(paying)), one]),
  active_customers: counted("accounts", activeAtEnd),
  new_customers: counted("accounts", newCustomers),
  churn_rate: exactMetric("ratio", ends, churn),
  retention_rate: exactMetric("ratio", ends, retention),
  revenue_churn: exactMetric("ratio", payingEnds, (named) => [
    minus(moneyOf(named.start), grossKept(named)),
    moneyOf(named.start),
  ]),
  grr: exactMetric("ratio", payingEnds, (named) => [grossKept(named), moneyOf(named.start)]),
  nrr: exactMetric("ratio", payingEnds, ({ start, end }) => [moneyOf(ofStart(start, end)), moneyOf(start)]),
  cac: exactMetric("money", lists({ spend: spent, joined: newCustomers }), ({ spend, joined }) => [
    moneyOf(spend),
    countOf(joined),
  ]),
  cac_payback: exactMetric(
    "months",
    lists({ spend: spent, gained: moves("new"), sold: sales }),
    ({ spend, gained, sold }) => [moneyOf(spend), times(moneyOf(gained), margin(sold))],
  ),
  "arpa.mrr": exactMetric("money", lists({ paying: payingAtEnd, end: activeAtEnd }), mrrPerCustomer),
  "arpa.revenue": exactMetric("money", lists({ sold: sales, end: activeAtEnd }), (named, { window }) =>
    salesPerCustomerMonth(named, window.months),
  ),
  "cltv.churn": exactMetric("money", lists(valueParts), (named, { window }) => lifetimeValue(named, window.months)),
  "cltv.retention": exactMetric("money", lists(valueParts), (named, { window }) => {
    const perMonth = over(...salesPerCustomerMonth(named, window.months));
    return [times(times(margin(named.sold), over(...retention(named))), perMonth), one];
  }),
  ltv_to_cac: exactMetric("x", lists({ ...valueParts, spend: spent, joined: newCustomers }), (named, { window }) => [
    over(...lifetimeValue(named, window.months)),
    over(moneyOf(named.spend), countOf(named.joined)),
  ]),
  profit_margin: exactMetric(
    "ratio",
    lists({ sold: sales, spend: (c, w) => within(c.spendDays, w) }),
    ({ sold, spend }) => {
      const cost = exactly(sumOf(sold, (line) => line.costMinor));
      return [minus(minus(moneyOf(sold), cost), moneyOf(spend)), moneyOf(sold)];
    },
  ),
  customer_satisfaction: mean("score", surveys("csat"), unitsMilli),
  nps: exactMetric(
    "score",
    lists({ up: surveys("promoter"), down: surveys("detractor"), all: surveys("promoter", "passive", "detractor") }),
    ({ up, down, all }) => [times(exactly(100), minus(countOf(up), countOf(down))), countOf(all)],
  ),
};
