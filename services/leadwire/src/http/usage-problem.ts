import { findStatistic, questionNames, type UsageFault } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { isRight } from "fp-ts/lib/Either.js";
import type { KpiRequest } from "../engine/engine.ts";
import { nearestNames } from "./nearest-names.ts";
import { type Problem, problem } from "./problem.ts";

const windows = ["all", "1h", "24h", "7d", "30d", "90d", "365d", "day", "week", "month", "quarter", "year"];

const dimensionsOf = (metric: string): ReadonlyArray<string> => {
  const found = findStatistic(catalogue, metric);
  return isRight(found) ? ["company", "rep", ...found.right.statistic.dimensions] : [];
};

/** What was asked for that there is not, and what there is. */
const missed = ({ _tag }: UsageFault, request: KpiRequest): readonly [string | undefined, ReadonlyArray<string>] => {
  switch (_tag) {
    case "UnknownMetric":
    case "UnknownStatistic":
      return [request.metric, questionNames(catalogue)];
    case "UnknownDimension": {
      const known = dimensionsOf(request.metric);
      const asked = [...request.by, ...request.where.map((filter) => filter.split("=")[0]?.trim() ?? "")];
      return [asked.find((name) => !known.includes(name)), known];
    }
    case "BadWindow":
      return [request.window, windows];
    default:
      return [undefined, []];
  }
};

/** 400 with the names that were nearly written. */
export const wrongName = (code: string, detail: string, wanted: string, names: ReadonlyArray<string>): Problem => {
  const near = nearestNames(wanted, names);
  const found = problem(400, "Wrong usage", code, detail);
  return near.length === 0 ? found : { ...found, did_you_mean: near };
};

/** A question that cannot be asked. */
export const usageProblem = (fault: UsageFault, request: KpiRequest): Problem => {
  const [wanted = "", names] = missed(fault, request);
  return wrongName(fault._tag, fault.message, wanted, names);
};
