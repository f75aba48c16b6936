export * from "./cohort-query.ts";
export * from "./cohort-report.ts";
export * from "./funnel-query.ts";
export * from "./funnel-report.ts";
export * from "./movement-query.ts";
export * from "./movement-report.ts";
export {
  priorQualitySpan,
  qualityCountsSql,
  qualityListSql,
  qualitySpan,
} from "./quality/quality-check.ts";
export * from "./quality/quality-report.ts";
export * from "./report-period.ts";
export type { ReportRow, ReportScope } from "./report-scope.ts";
export { factsView } from "./report-scope.ts";
export { type DealFlow, waterfallSteps } from "./waterfall/deal-flow.ts";
export type { Waterfall } from "./waterfall/waterfall.ts";
export { type Closing, dealClosesSql, dealPartsSql, type WaterfallSpan } from "./waterfall/waterfall-query.ts";
export * from "./waterfall/waterfall-report.ts";
