import type { Company } from "../company.ts";
import {
  businessMs,
  counted,
  type List,
  mean,
  type OracleMetric,
  outcomes,
  percentile,
  share,
  wallMs,
  within,
} from "../metric.ts";
import type { OracleWindow } from "../window.ts";

type Part = (company: Company, window: OracleWindow) => List;

const entries =
  (...wanted: ReadonlyArray<string>): Part =>
  (c, w) =>
    outcomes(within(c.stageEntries, w), ...wanted);
const exits =
  (...wanted: ReadonlyArray<string>): Part =>
  (c, w) =>
    outcomes(within(c.stageExits, w), ...wanted);
const visits: Part = (c, w) => within(c.stageExits, w);
const wonTimes: Part = (c, w) => within(c.wonStageTimes, w);

export const stageMetrics: Readonly<Record<string, OracleMetric>> = {
  "conversion_rate.stage": share("ratio", exits("advanced"), entries("entered", "skipped")),
  "conversion_rate.regressions": counted("deals", exits("regressed")),
  "stage_flow.entries": counted("deals", entries("entered", "skipped")),
  "stage_flow.reentries": counted("deals", entries("again")),
  "stage_flow.advances": counted("deals", exits("advanced")),
  "stage_flow.regressions": counted("deals", exits("regressed")),
  "stage_flow.losses": counted("deals", exits("lost", "no_decision")),
  "time_in_stage.mean": mean("s", visits, wallMs),
  "time_in_stage.p50": percentile("s", 50, visits, wallMs),
  "time_in_stage.p90": percentile("s", 90, visits, wallMs),
  "time_in_stage.business_p50": percentile("s", 50, visits, businessMs),
  "sales_cycle_length.stage_mean": mean("s", wonTimes, wallMs),
  "sales_cycle_length.stage_p50": percentile("s", 50, wonTimes, wallMs),
  "sales_cycle_length.stage_business_mean": mean("s", wonTimes, businessMs),
};
