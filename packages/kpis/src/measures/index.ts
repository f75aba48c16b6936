import type { Measure } from "../measure.ts";
import * as deal from "./deal-measures.ts";
import * as lead from "./lead-measures.ts";
import * as spend from "./spend-measures.ts";

export * from "./deal-measures.ts";
export * from "./lead-measures.ts";
export * from "./spend-measures.ts";

/** The shared measures, in a fixed order. What the engine slices is `catalogue.measures`: those that metrics use. */
export const measures: ReadonlyArray<Measure> = [
  lead.leadsCreated,
  lead.leadsQualified,
  lead.responseTimes,
  lead.slaMet,
  lead.slaMissed,
  lead.leadsUnanswered,
  lead.cohortWon,
  deal.dealsWon,
  deal.dealsLost,
  deal.dealsNoDecision,
  deal.wonAmounts,
  deal.salesCycles,
  deal.saleAmounts,
  deal.openPipeline,
  deal.customersNew,
  spend.acquisitionSpend,
];
