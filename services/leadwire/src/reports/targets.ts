import { kpiSource } from "@leadwire/store";
import { isLeft, right } from "fp-ts/lib/Either.js";
import { type PlanLine, planLines } from "../targets/plan-line.ts";
import type { Report } from "./report.ts";
import { knownArgs, oneArg } from "./report-args.ts";

export interface TargetsDocument {
  readonly currency: string;
  readonly targets: ReadonlyArray<PlanLine>;
}

/** Targets and forecasts: those that count; with `all=true` those that corrections took the place of, too. */
export const targets: Report = async ({ store, workspace }, args) => {
  const known = knownArgs(args, ["all"]);
  if (isLeft(known)) return known;
  const all = oneArg(args, "all");
  if (isLeft(all)) return all;
  const lines = planLines((await kpiSource(store).planEntries?.()) ?? []);
  const document: TargetsDocument = {
    currency: workspace.currency,
    targets: all.right === "true" ? lines : lines.filter(({ counts }) => counts),
  };
  return right(document);
};
