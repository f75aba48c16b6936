import type { Measure } from "../measure.ts";
import * as account from "./account-measures.ts";
import * as activity from "./activity-measures.ts";
import * as deal from "./deal-measures.ts";
import * as lead from "./lead-measures.ts";
import * as spend from "./spend-measures.ts";
import * as stage from "./stage-measures.ts";

export * from "./account-measures.ts";
export * from "./activity-measures.ts";
export * from "./deal-measures.ts";
export * from "./lead-measures.ts";
export * from "./spend-measures.ts";
export * from "./stage-measures.ts";

const isMeasure = (value: unknown): value is Measure =>
  typeof value === "object" && value !== null && "kind" in value && "placedBy" in value;

/** The shared measures, in a fixed order. What the engine slices is `catalogue.measures`: those that metrics use. */
export const measures: ReadonlyArray<Measure> = [lead, activity, deal, stage, account, spend].flatMap((file) =>
  Object.values(file).filter(isMeasure),
);
