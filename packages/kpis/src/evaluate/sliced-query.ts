import { slicedByOf } from "../measure.ts";
import type { PartialQuery } from "./partial.ts";

/** Whether slices are kept by what a query asks for: sums or bins of a sliced measure, no filter, at most one dimension. */
export const isSliced = ({ measure, by, where, due, want }: PartialQuery): boolean => {
  const slicedBy = slicedByOf(measure);
  if (slicedBy === undefined || where.length > 0 || by.length > 1 || due !== undefined) return false;
  return (want === "sums" || want === "bins") && by.every((dimension) => slicedBy.includes(dimension));
};
