import { languages } from "@leadwire/kpis";
import { listOf, named, oneOf, type Schema } from "../schemas/schema.ts";
import {
  answered,
  bare,
  etagHeader,
  inHeader,
  inPath,
  inQuery,
  linkHeader,
  neededInQuery,
  operation,
  type Paths,
  refusals,
  severalInQuery,
} from "./operation.ts";

const windowText =
  "A stretch of time: `30d`, `month`, `2026-Q3`, `2026-03-01..2026-04-01`, `all`. A level such as pipeline_value is read at its end.";

const cached = { 304: bare("Nothing has changed since the ETag of If-None-Match.") };
const ifNoneMatch = inHeader("If-None-Match", "ETags of answers that you have.");
const limit: Schema = { type: "integer", minimum: 1, maximum: 10_000 };

const one = operation({
  id: "getKpi",
  tag: "metrics",
  summary: "A metric over a window, of the company or by dimensions.",
  description: "The bytes of `npx leadwire kpi METRIC --json`.",
  parameters: [
    inPath("metric", "A metric, or one of its statistics: `lead_response_time.p90`.", named("MetricName")),
    neededInQuery("window", windowText),
    severalInQuery("by", "Dimensions to group by, with commas or one after another: `team`, `rep`, `channel`."),
    severalInQuery("where", "`DIMENSION=VALUE`: these facts alone; several have to hold together."),
    inQuery("at", "When the window is seen: `now` (as left out), `latest` (the newest event) or an instant."),
    inQuery("as_of", "An instant: what the log knew then."),
    inQuery("compare", "Beside it the same number over the window before, or a year ago.", oneOf("prior", "year")),
    inQuery("limit", "So many groups at once. All pages tell of the first one's instant, their `as_of`.", limit),
    inQuery("cursor", "The next page, as `Link` says it; the rest of the question stays the same."),
    ifNoneMatch,
  ],
  responses: {
    200: answered(
      "One element; with `by` one for each group that has any fact, in the order of the groups' values.",
      listOf(named("KpiAnswer")),
      { ...etagHeader, ...linkHeader },
    ),
    ...cached,
    ...refusals(400, 401, 403, 409, 503),
  },
});

const list = operation({
  id: "listMetrics",
  tag: "metrics",
  summary: "Every metric with its numbers, formulas in words, dimensions and targets.",
  description: "The bytes of `npx leadwire kpi --list --json`.",
  parameters: [
    inQuery("lang", "Of names and lines.", oneOf(...languages)),
    inQuery("metric", "This one alone.", named("MetricName")),
    ifNoneMatch,
  ],
  responses: {
    200: answered("The list.", named("MetricList"), etagHeader),
    ...cached,
    ...refusals(400, 401, 403, 503),
  },
});

export const kpiPaths: Paths = { "/api/kpis": { get: list }, "/api/kpis/{metric}": { get: one } };
