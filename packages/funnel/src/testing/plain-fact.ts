import { type Dimension, dimensions, type FactRecord, noValue } from "../fact.ts";

const nowhere = Object.fromEntries(dimensions.map((name) => [name, noValue])) as Record<Dimension, string>;

/** What a test states of a fact. */
export type FactPart = Omit<Partial<FactRecord>, "dimensions"> &
  Pick<FactRecord, "factId" | "kind" | "atMs"> & {
    readonly dimensions?: Partial<Record<Dimension, string>>;
  };

/** A fact of lead L1 with everything plain, but for what is stated. */
export const plainFact = (stated: FactPart): FactRecord => ({
  outcome: "",
  count: 1,
  amountMinor: 0,
  costMinor: null,
  units: 0,
  durationMs: null,
  bin: null,
  businessMs: null,
  businessBin: null,
  dueAtMs: null,
  termMonths: null,
  cohortAtMs: null,
  leadId: "L1",
  dealId: "L1",
  accountId: "",
  subject: "",
  period: "",
  ...stated,
  dimensions: { ...nowhere, ...stated.dimensions },
});
