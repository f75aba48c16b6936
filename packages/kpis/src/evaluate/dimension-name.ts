import { type Dimension, dimensions } from "@leadwire/funnel";

/** The dimension that a question names: `rep` is the owner. Undefined for a word that is none. */
export const dimensionNamed = (name: string): Dimension | undefined =>
  dimensions.find((dimension) => dimension === (name === "rep" ? "owner" : name));
