import type { Measure } from "./measure.ts";

/** The counts or the sums of some measures, added up. */
export interface Term {
  readonly measures: ReadonlyArray<Measure>;
  readonly take: "count" | "sum";
}
