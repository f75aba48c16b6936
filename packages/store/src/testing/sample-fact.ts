import { type Dimension, dimensions, type FactChange, type FactRecord, noValue } from "@leadwire/funnel";

const none = Object.fromEntries(dimensions.map((name) => [name, noValue])) as Record<Dimension, string>;

/** A fact of lead L1 with everything plain, and what differs. */
export const sampleFact = (fact: Partial<FactRecord> & Pick<FactRecord, "factId" | "kind" | "atMs">): FactRecord => ({
  outcome: "",
  count: 1,
  amountMinor: 0,
  costMinor: null,
  units: 0,
  durationMs: null,
  bin: null,
  cohortAtMs: null,
  leadId: "L1",
  dealId: "L1",
  accountId: "L1",
  ...fact,
  dimensions: { ...none, ...fact.dimensions },
});

export const sampleChange = (fact: FactRecord, version: number, present = true): FactChange => ({
  present,
  fact,
  version,
  appendTimeMs: 1_770_000_000_000 + version,
  causeSource: "crm",
  causeEventId: `e${version}`,
});
