import type { components, operations } from "./http-types.ts";

/** The schemas of the OpenAPI document, by their names. */
export type Schemas = components["schemas"];
export type KpiAnswer = Schemas["KpiAnswer"];
export type MetricName = Schemas["MetricName"];
export type Problem = Schemas["Problem"];
export type KpiQuery = NonNullable<operations["getKpi"]["parameters"]["query"]>;
