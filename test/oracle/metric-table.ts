import type { OracleMetric } from "./metric.ts";
import { accountMetrics } from "./metrics/account-metrics.ts";
import { dealMetrics } from "./metrics/deal-metrics.ts";
import { leadMetrics } from "./metrics/lead-metrics.ts";
import { planMetrics } from "./metrics/plan-metrics.ts";
import { stageMetrics } from "./metrics/stage-metrics.ts";

const statistics: Readonly<Record<string, OracleMetric>> = {
  ...leadMetrics,
  ...dealMetrics,
  ...stageMetrics,
  ...accountMetrics,
  ...planMetrics,
};

/** What a bare name stands for, where a metric has several numbers and none without a name. */
const defaults = [
  "lead_response_time.p50",
  "unanswered_leads.count",
  "lead_to_opportunity.cohort",
  "touchpoints_to_first_meeting.mean",
  "sales_activity.all",
  "sales_cycle_length.mean",
  "annual_contract_value.mean",
  "stage_flow.entries",
  "time_in_stage.p50",
  "mrr.level",
  "arpa.mrr",
  "cltv.churn",
  "pipeline_coverage.coverage",
  "quota_attainment.attainment",
  "forecast_accuracy.company",
];

const byBareName = defaults.flatMap((name) => {
  const metric = statistics[name];
  return metric === undefined ? [] : [[name.split(".")[0] ?? "", metric] as const];
});

/** Every metric and statistic by name; a bare name is the default statistic. */
export const oracleMetrics: Readonly<Record<string, OracleMetric>> = {
  ...statistics,
  ...Object.fromEntries(byBareName),
};
