import type { ForecastSubmitted, TargetSet } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import { dimensions } from "@leadwire/funnel";
import { localDate } from "./local-time.ts";
import type { OracleRecord } from "./log-input.ts";
import { oracleMetrics } from "./metric-table.ts";
import type { DimensionName, OracleQuestion } from "./oracle.ts";
import { type Random, randomOf } from "./random.ts";
import { windowOf } from "./window.ts";

const withoutStage: ReadonlyArray<DimensionName> = dimensions.filter((dimension) => dimension !== "stage");

/** Metrics with spend in them, which knows no reps. */
const withSpend = /^(cac|cac_payback|ltv_to_cac|profit_margin)$/;
/** Metrics of what happens in stages. */
const withStage =
  /^(pipeline_(value|volume|coverage\.overdue)|weighted_pipeline|stage_flow.*|time_in_stage.*|conversion_rate\.(stage|regressions)|sales_cycle_length\.stage_.*)$/;

/** Metrics held against targets, which are set for teams and reps. */
const withTarget = /^(quota_attainment.*|pipeline_coverage(\.coverage)?)$/;

/** Forecasts are compared over the scopes of one level: groups are scopes of that level, or the company. */
const scopesOf = (metric: string): ReadonlyArray<DimensionName> =>
  metric.includes(".teams") ? ["team"] : metric.includes(".reps") ? ["owner"] : [];

/** The dimensions that all parts of a metric carry. */
export const dimensionsOf = (metric: string): ReadonlyArray<DimensionName> => {
  if (withTarget.test(metric)) return ["owner", "team"];
  if (metric.startsWith("forecast_accuracy")) return scopesOf(metric);
  if (withSpend.test(metric)) return ["channel", "campaign"];
  return withStage.test(metric) ? dimensions : withoutStage;
};

const dayMs = 86_400_000;
const instant = (ms: number): string => new Date(ms).toISOString();

/** A window of any form of the grammar, near an instant. */
const windowNear = (random: Random, ms: number, workspace: Workspace): string => {
  const date = localDate(ms, workspace.timeZone);
  const month = String(date.month).padStart(2, "0");
  const week = `${date.yearOfWeek}-W${String(date.weekOfYear).padStart(2, "0")}`;
  return random.pick([
    ...["all", "1h", "24h", "7d", "30d", "90d", "365d", "day", "week", "month", "quarter", "year"],
    ...[`${date.year}`, `${date.year}-Q${random.whole(1, 4)}`, `${date.year}-${month}`, week, date.toString()],
    `${instant(ms - random.whole(1, 40) * 86_400_007)}..${instant(ms)}`,
  ]);
};

/** The part of a random company that questions are made from. */
interface Asked {
  readonly seed: number;
  readonly workspace: Workspace;
  readonly events: ReadonlyArray<OracleRecord>;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Instants worth asking at: those of events and around them, anywhere in between, after everything. */
const askedAtMs = (random: Random, { events, fromMs, toMs }: Asked): number => {
  const { occurred_at } = random.pick(events).event;
  const near = occurred_at + random.pick([-1, 0, 1, 3_600_000]);
  return random.pick([near, near, random.whole(fromMs, toMs), toMs + 40 * 86_400_000]);
};

/** Every metric and statistic that the oracle answers. */
export const metricNames: ReadonlyArray<string> = Object.keys(oracleMetrics);

/** Metrics held against a plan, which is made for years, quarters and months. */
const withPlan = /^(quota_attainment|pipeline_coverage|forecast_accuracy)/;
/** Metrics that compare a window's two ends. */
const withEnds = /^(mrr|churn_rate|retention_rate|revenue_churn|grr|nrr|cltv|ltv_to_cac|cac_payback)/;

/** Late enough, most of the time, for what takes weeks to come about. */
const askedFor = (metric: string, random: Random, company: Asked): number => {
  const { fromMs, toMs } = company;
  const atMs = askedAtMs(random, company);
  return withEnds.test(metric) && random.chance(0.75) ? Math.max(atMs, fromMs + (toMs - fromMs) * 0.75) : atMs;
};

/** A window that a metric is likely to have an answer for, most of the time; any other for the rest. */
const windowFor = (metric: string, random: Random, { workspace, fromMs, toMs }: Asked, atMs: number): string => {
  if (withPlan.test(metric) && random.chance(0.8)) {
    const near = windowOf(random.pick(["month", "month", "quarter", "year"]), atMs, workspace).period ?? "month";
    return random.pick(["month", "quarter", "year", near, near, near]);
  }
  if (withEnds.test(metric) && random.chance(0.75)) {
    const middle = fromMs + (toMs - fromMs) * random.pick([0.25, 0.4, 0.6]);
    return random.pick([
      "7d",
      "week",
      "month",
      `${instant(fromMs)}..${instant(middle)}`,
      `${instant(middle)}..${instant(toMs)}`,
    ]);
  }
  return windowNear(random, atMs, workspace);
};

/**
 * Seeded questions about a random company: one metric after another, beginning anywhere, so that each comes up; with
 * every form of window and every dimension.
 */
export const randomQuestions = (
  company: Asked,
  count: number,
  metrics: ReadonlyArray<string> = metricNames,
): ReadonlyArray<OracleQuestion> => {
  const random = randomOf(company.seed ^ 0x5eed);
  const first = random.whole(0, metrics.length - 1);
  return Array.from({ length: count }, (_, n) => {
    const metric = metrics[(first + n) % metrics.length] ?? random.pick(metrics);
    const atMs = askedFor(metric, random, company);
    const known = dimensionsOf(metric);
    const by =
      random.chance(withEnds.test(metric) ? 0.6 : 0.4) || known.length === 0
        ? []
        : random.chance(0.7)
          ? [random.pick(known)]
          : [random.pick(known), ...known.filter((name) => name === "channel")];
    const where: OracleQuestion["where"] =
      random.chance(withEnds.test(metric) ? 0.1 : 0.2) && known.includes("channel")
        ? [["channel", random.pick(["web", "fair", "(none)"])]]
        : [];
    return { metric, window: windowFor(metric, random, company, atMs), atMs, by: [...new Set(by)], where };
  });
};

/** What a target or a forecast of the log is asked about: the metric, and the dimension of its scope. */
const plannedQuestion = (random: Random, { type, scope }: TargetSet | ForecastSubmitted) => {
  const isTeam = scope.startsWith("team:");
  const by: ReadonlyArray<DimensionName> = scope === "company" ? [] : [isTeam ? "team" : "owner"];
  if (type === "target-set") return { metric: `quota_attainment.${random.pick(["attainment", "pace", "gap"])}`, by };
  const [accuracy, bias] =
    scope === "company" ? ["company", "bias"] : isTeam ? ["teams", "teams_bias"] : ["reps", "reps_bias"];
  return { metric: `forecast_accuracy.${random.pick([accuracy, bias])}`, by: random.chance(0.5) ? by : [] };
};

/** Questions about numbers that are seldom there: of plans that were made, and of customers that came and left. */
export const rareQuestions = (company: Asked, count: number): ReadonlyArray<OracleQuestion> => {
  const { events, fromMs, toMs, seed } = company;
  const random = randomOf(seed ^ 0xba5e);
  const plans = events.flatMap(({ event }) =>
    event.type === "target-set" || event.type === "forecast-submitted" ? [event] : [],
  );
  const ofPlans = plans.slice(0, count).map((plan): OracleQuestion => {
    const asked = plannedQuestion(random, plan);
    const isCovered = plan.type === "target-set" && random.chance(0.3);
    const atMs = random.pick([random.whole(fromMs, toMs), toMs + 40 * dayMs]);
    return { ...asked, ...(isCovered ? { metric: "pipeline_coverage" } : {}), window: plan.period, atMs };
  });
  const ofCustomers = Array.from({ length: count }, (): OracleQuestion => {
    const middle = fromMs + (toMs - fromMs) * random.pick([0.3, 0.5, 0.7]);
    const metric = random.pick(["cltv.churn", "cltv.retention", "ltv_to_cac", "cac_payback", "churn_rate", "nrr"]);
    return { metric, window: `${instant(middle)}..${instant(toMs)}`, atMs: toMs + random.pick([0, dayMs]) };
  });
  return [...ofPlans, ...ofCustomers];
};

const yearMs = 365 * 86_400_000;

/** Questions with a number beside them: those about a year ago are asked a year later, when there is one. */
export const comparedQuestions = (company: Asked, count: number): ReadonlyArray<OracleQuestion> => {
  const random = randomOf(company.seed ^ 0xc0de);
  const metrics = metricNames.filter((metric) => random.chance(0.5) && !withPlan.test(metric));
  return randomQuestions({ ...company, seed: company.seed ^ 0xbe51de }, count, metrics).map((question) => {
    if (random.chance(0.5)) return { ...question, compare: "prior" };
    const atMs = question.atMs + yearMs + random.whole(-2, 2) * 86_400_000;
    return { ...question, compare: "year", atMs, window: windowNear(random, atMs, company.workspace) };
  });
};
