import { type UsageFault, usageFault } from "@leadwire/kpis";
import { type Either, left } from "fp-ts/lib/Either.js";
import { alertDeliveries } from "./alerts/alert-deliveries.ts";
import { alertHistory } from "./alerts/alert-history.ts";
import { alerts } from "./alerts/alerts.ts";
import { silences } from "./alerts/silences.ts";
import { cohorts } from "./cohorts.ts";
import { explain } from "./explain/explain.ts";
import { funnel } from "./funnel.ts";
import { metrics } from "./metrics.ts";
import { movements } from "./movements.ts";
import { quality } from "./quality.ts";
import type { Report, ReportArgs, ReportContext } from "./report.ts";
import { restatements } from "./restatements/restatements.ts";
import { targets } from "./targets.ts";
import { waterfall } from "./waterfall.ts";

/** Every report by the name that HTTP and the command line ask for. */
const reports: ReadonlyMap<string, Report> = new Map<string, Report>([
  ["funnel", funnel],
  ["cohorts", cohorts],
  ["waterfall", waterfall],
  ["movements", movements],
  ["quality", quality],
  ["explain", explain],
  ["restatements", restatements],
  ["targets", targets],
  ["metrics", metrics],
  ["alerts", alerts],
  ["alert-history", alertHistory],
  ["alert-deliveries", alertDeliveries],
  ["alert-silences", silences],
]);

/** Makes one report. Left where there is none of that name, or its arguments are wrong. */
export const runReport = async (
  context: ReportContext,
  name: string,
  args: ReportArgs,
): Promise<Either<UsageFault, unknown>> => {
  const report = reports.get(name);
  if (report !== undefined) return report(context, args);
  return left(
    usageFault("UnknownReport", `There is no report "${name}": there are ${[...reports.keys()].join(", ")}.`),
  );
};
