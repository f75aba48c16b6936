import type { FactChange, FactRecord } from "@leadwire/funnel";
import { type FactPart, plainFact } from "@leadwire/funnel/testing";

/** A plain fact whose account is its lead. */
export const sampleFact = (stated: FactPart): FactRecord => plainFact({ accountId: "L1", ...stated });

/** A change that record `version` of a partition made to a fact. */
export const sampleChange = (fact: FactRecord, version: number, present = true): FactChange => ({
  present,
  fact,
  version,
  appendTimeMs: 1_770_000_000_000 + version,
  causeSource: "crm",
  causeEventId: `e${version}`,
  isBackfill: false,
});
