import { languages } from "@leadwire/kpis";
import { named, oneOf, type Schema } from "../schemas/schema.ts";
import {
  answered,
  bare,
  document,
  etagHeader,
  inHeader,
  inPath,
  inQuery,
  operation,
  type Paths,
  refusals,
  severalInQuery,
} from "./operation.ts";

/** The names of reports, and what each is. */
const reportNames = {
  funnel: "Entries and advances of every stage of a pipeline",
  cohorts: "Leads by the period of their creation, and what became of them with age",
  waterfall: "The pipeline at two instants, and every movement between",
  movements: "New, expansion, contraction, churn and reactivation of recurring revenue",
  quality: "What is missing or odd in the data",
  explain: "The facts and events behind a number",
  restatements: "Numbers of closed periods that changed",
  targets: "Targets and forecasts as they stand",
  metrics: "The list of metrics",
  alerts: "Alerts that are pending or firing",
  "alert-history": "What alerts did",
  "alert-deliveries": "What was told to whom",
  "alert-silences": "What is silenced",
} as const;

const whole: Schema = { type: "integer", minimum: 1 };

const names = Object.entries(reportNames)
  .map(([name, line]) => `- \`${name}\`: ${line}.`)
  .join("\n");

/** Numbers, kept in a list since a report says itself which arguments it takes. */
const parameters = [
  inPath("name", "Which report.", oneOf(...Object.keys(reportNames))),
  inQuery("window", "A stretch of time, as of a metric."),
  severalInQuery("by", "Dimensions to group by."),
  severalInQuery("where", "`DIMENSION=VALUE`: these facts alone."),
  severalInQuery("group", "explain: the one group whose number is explained, `DIMENSION=VALUE`."),
  inQuery("at", "When the window is seen: `now`, `latest` or an instant."),
  inQuery("as_of", "An instant: what the log knew then."),
  inQuery("metric", "cohorts, explain, restatements, metrics: which one.", named("MetricName")),
  inQuery("every", "cohorts, movements: the length of a period.", oneOf("day", "week", "month", "quarter", "year")),
  inQuery("ages", "cohorts: how many periods of age.", whole),
  inQuery("pipeline", "funnel: which one."),
  inQuery("closing", "waterfall: deals expected to close in this window alone."),
  inQuery("deals", "waterfall: `true` lists the deals behind each movement."),
  inQuery("list", "quality: the records behind this check."),
  inQuery("since", "restatements: changes from this instant on."),
  inQuery("period", "restatements: which calendar periods."),
  inQuery("rule", "alerts, alert-history: this rule alone."),
  inQuery("from", "alert-history: from this instant on."),
  inQuery("to", "alert-history: before this instant."),
  inQuery("outcome", "alert-deliveries: this outcome alone."),
  inQuery("key", "alert-deliveries: this delivery alone."),
  inQuery("all", "targets, alerts, alert-silences: also those that stand no more."),
  inQuery("limit", "At most so many lines.", whole),
  inQuery("lang", "metrics: the language of names.", oneOf(...languages)),
  inHeader("If-None-Match", "ETags of answers that you have."),
];

export const reportPaths: Paths = {
  "/api/reports/{name}": {
    get: operation({
      id: "getReport",
      tag: "metrics",
      summary: "A report.",
      description: `The bytes of the command's \`--json\` (docs/reports.md). Each takes its own arguments and says so where it is given another.\n\n${names}`,
      parameters,
      responses: {
        200: answered("The report's document.", document("As docs/reports.md shows it."), etagHeader),
        304: bare("Nothing has changed since the ETag of If-None-Match."),
        ...refusals(400, 401, 403, 503),
      },
    }),
  },
};
