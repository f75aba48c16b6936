import type { Company } from "./company.ts";
import type { Counted } from "./counted.ts";
import { isWithin, levelBeforeMs, type OracleWindow } from "./window.ts";

export type Unit = "leads" | "deals" | "money" | "ratio" | "s";

export interface Measured {
  readonly value: number | null;
  readonly numerator?: number | null;
  readonly denominator?: number | null;
  readonly count?: number;
}

/** A metric: the lists its formula is over, and the formula for one group's share of them. */
export interface OracleMetric {
  readonly unit: Unit;
  /** Null in a log without any activity. */
  readonly needsActivity?: true;
  readonly parts: (company: Company, window: OracleWindow) => ReadonlyArray<ReadonlyArray<Counted>>;
  readonly formula: (parts: ReadonlyArray<ReadonlyArray<Counted>>, window: OracleWindow) => Measured;
}

type List = ReadonlyArray<Counted>;

const within = (list: List, window: OracleWindow): List => list.filter((item) => isWithin(item.atMs, window));
const withinPrior = (list: List, { prior }: OracleWindow): List =>
  prior === null ? [] : list.filter((item) => isWithin(item.atMs, prior));
const outcomes = (list: List, ...wanted: ReadonlyArray<string>): List =>
  list.filter((item) => wanted.includes(item.outcome ?? ""));

const totalMinor = (list: List): number => Number(list.reduce((sum, item) => sum + (item.amountMinor ?? 0n), 0n));
const totalWorthMinor = (list: List): number => Number(list.reduce((sum, item) => sum + (item.worthMinor ?? 0n), 0n));
const durations = (list: List): ReadonlyArray<number> =>
  list.flatMap(({ durationMs }) => (durationMs === undefined ? [] : [durationMs]));

const ratio = (numerator: number, denominator: number): Measured => ({
  value: denominator === 0 ? null : numerator / denominator,
  numerator,
  denominator,
});

const meanS = (list: List): Measured => {
  const all = durations(list);
  const sum = all.reduce((total, ms) => total + ms, 0);
  return { value: all.length === 0 ? null : sum / (1000 * all.length), count: all.length };
};

/** Nearest rank: the value at position ⌈p·n⌉. Percents keep the rank free of rounding. */
const percentileS =
  (percent: number) =>
  (list: List): Measured => {
    const sorted = durations(list).toSorted((a, b) => a - b);
    const value = sorted[Math.ceil((percent * sorted.length) / 100) - 1];
    return { value: value === undefined ? null : value / 1000, count: sorted.length };
  };

const growth = (now: number, before: number, { prior }: OracleWindow): Measured =>
  prior === null ? { value: null } : ratio(now - before, before);

const first = (parts: ReadonlyArray<List>): List => parts[0] ?? [];
const second = (parts: ReadonlyArray<List>): List => parts[1] ?? [];

const counted = (unit: Unit, parts: OracleMetric["parts"]): OracleMetric => ({
  unit,
  parts,
  formula: (lists) => ({ value: first(lists).length, count: first(lists).length }),
});

const durationsOf = (parts: OracleMetric["parts"], formula: (list: List) => Measured): OracleMetric => ({
  unit: "s",
  parts,
  formula: (lists) => formula(first(lists)),
});

const responses = (company: Company, w: OracleWindow) => [within(company.responses, w)];
const responseTime = (formula: (list: List) => Measured): OracleMetric => ({
  ...durationsOf(responses, formula),
  needsActivity: true,
});

const cycles = (company: Company, w: OracleWindow) => [
  outcomes(within(company.closed, w), "won").filter((deal) => deal.durationMs !== undefined),
];

const waiting = (company: Company, w: OracleWindow) => [company.waitingAt(levelBeforeMs(w), w.levelMs)];
const waitingAge = (formula: (list: List) => Measured): OracleMetric => ({
  ...durationsOf(waiting, formula),
  needsActivity: true,
});

const openDeals = (company: Company, w: OracleWindow) => [company.openDealsAt(levelBeforeMs(w))];

const oldestS = (list: List): Measured => {
  const all = durations(list);
  return { value: all.length === 0 ? null : Math.max(...all) / 1000, count: all.length };
};

/** Every metric and statistic of the spine; a bare name is the default statistic. */
export const oracleMetrics: Readonly<Record<string, OracleMetric>> = {
  new_leads: counted("leads", (c, w) => [within(c.created, w)]),
  sales_qualified_leads: counted("leads", (c, w) => [within(c.qualified, w)]),
  lead_velocity_rate: {
    unit: "ratio",
    parts: (c, w) => [within(c.qualified, w), withinPrior(c.qualified, w)],
    formula: (parts, w) => growth(first(parts).length, second(parts).length, w),
  },
  lead_response_time: responseTime(percentileS(50)),
  "lead_response_time.mean": responseTime(meanS),
  "lead_response_time.p50": responseTime(percentileS(50)),
  "lead_response_time.p90": responseTime(percentileS(90)),
  "lead_response_time.p95": responseTime(percentileS(95)),
  response_within_sla: {
    unit: "ratio",
    needsActivity: true,
    parts: (c, w) => [outcomes(within(c.slas, w), "met"), within(c.slas, w)],
    formula: (parts) => ratio(first(parts).length, second(parts).length),
  },
  unanswered_leads: { ...counted("leads", waiting), needsActivity: true },
  "unanswered_leads.age_p50": waitingAge(percentileS(50)),
  "unanswered_leads.age_max": waitingAge(oldestS),
  win_rate: {
    unit: "ratio",
    parts: (c, w) => [
      outcomes(within(c.closed, w), "won"),
      outcomes(within(c.closed, w), "won", "lost", "no_decision"),
    ],
    formula: (parts) => ratio(first(parts).length, second(parts).length),
  },
  "win_rate.by_value": {
    unit: "ratio",
    parts: (c, w) => {
      const known = within(c.closed, w).filter((deal) => deal.worthMinor !== undefined);
      return [outcomes(known, "won"), outcomes(known, "won", "lost", "no_decision")];
    },
    formula: (parts) => ratio(totalWorthMinor(first(parts)), totalWorthMinor(second(parts))),
  },
  sales: {
    unit: "money",
    parts: (c, w) => [within(c.sales, w)],
    formula: (parts) => ({ value: totalMinor(first(parts)), count: first(parts).length }),
  },
  sales_growth: {
    unit: "ratio",
    parts: (c, w) => [within(c.sales, w), withinPrior(c.sales, w)],
    formula: (parts, w) => growth(totalMinor(first(parts)), totalMinor(second(parts)), w),
  },
  average_deal_size: {
    unit: "money",
    parts: (c, w) => [outcomes(within(c.closed, w), "won").filter((deal) => (deal.amountMinor ?? 0n) > 0n)],
    formula: (parts) => ratio(totalMinor(first(parts)), first(parts).length),
  },
  sales_cycle_length: durationsOf(cycles, meanS),
  "sales_cycle_length.mean": durationsOf(cycles, meanS),
  "sales_cycle_length.p50": durationsOf(cycles, percentileS(50)),
  pipeline_value: {
    unit: "money",
    parts: openDeals,
    formula: (parts) => ({ value: totalMinor(first(parts)), count: first(parts).length }),
  },
  pipeline_volume: counted("deals", openDeals),
  conversion_rate: {
    unit: "ratio",
    parts: (c, w) => [
      c.wonLeads.filter((lead) => isWithin(lead.cohortAtMs ?? lead.atMs, w) && lead.atMs <= w.atMs),
      within(c.created, w),
    ],
    formula: (parts) => ratio(first(parts).length, second(parts).length),
  },
  cac: {
    unit: "money",
    parts: (c, w) => [within(c.spendDays, w).filter((day) => day.outcome !== "production"), within(c.newCustomers, w)],
    formula: (parts) => ratio(totalMinor(first(parts)), second(parts).length),
  },
};
