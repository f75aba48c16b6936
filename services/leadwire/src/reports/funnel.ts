import { dimensions } from "@leadwire/funnel";
import { type FunnelPipeline, funnelQueries, funnelReport, usageFault } from "@leadwire/kpis";
import { isLeft, left, right } from "fp-ts/lib/Either.js";
import type { Report } from "./report.ts";
import { oneArg } from "./report-args.ts";
import type { ReportHead } from "./report-head.ts";
import { reportRows } from "./report-rows.ts";
import { scopeOf } from "./report-scope.ts";

export interface FunnelDocument extends ReportHead {
  readonly pipelines: ReadonlyArray<FunnelPipeline>;
}

/** A stage and its pipeline are the rows themselves. */
const ownDimensions = dimensions.filter((name) => name !== "stage" && name !== "pipeline");

/** Entries, exits, advances, regressions, losses, conversion and time, for every stage of every pipeline. */
export const funnel: Report = async (now, args) => {
  const asked = await scopeOf(now, args, { args: ["pipeline"], dimensions: ownDimensions });
  if (isLeft(asked)) return asked;
  const { scope, context, head } = asked.right;
  const { store, workspace } = context;
  const pipeline = oneArg(args, "pipeline");
  if (isLeft(pipeline)) return pipeline;
  const known = workspace.pipelines.map(({ id }) => id);
  if (pipeline.right !== undefined && !known.includes(pipeline.right))
    return left(usageFault("BadArgument", `There is no pipeline "${pipeline.right}": there are ${known.join(", ")}.`));
  const queries = funnelQueries(scope);
  const [counts, visits, businessVisits] = await Promise.all([
    reportRows(store, queries.counts),
    reportRows(store, queries.visits),
    reportRows(store, queries.businessVisits),
  ]);
  const rows = { counts, visits, businessVisits };
  const document: FunnelDocument = {
    ...head,
    pipelines: funnelReport(scope, rows, workspace.pipelines, pipeline.right),
  };
  return right(document);
};
