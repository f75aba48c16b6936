export type { ClientAnswer, ClientFault } from "./answer-of.ts";
export type { KpiAnswer, KpiQuery, MetricName, Problem, Schemas } from "./client-names.ts";
export { kpiPages } from "./kpi-pages.ts";
export { type ClientOptions, createLeadwireClient, type LeadwireClient } from "./leadwire-client.ts";
