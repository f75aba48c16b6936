import { topicOf } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import type { Catalogue, Measure } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import type { Random } from "../oracle/random.ts";
import { type RandomCompany, randomCompany } from "../oracle/random-company.ts";
import { type NetworkFaults, noNetworkFaults } from "./sim-log.ts";

/** Enough to see every kind of slice (sums, bins, levels, cohorts, accounts), at a tenth of the cost. */
const leanMeasures = [
  "acquisition_spend",
  "cohort_won",
  "customers_new",
  "leads_created",
  "mrr",
  "open_pipeline",
  "response_times",
  "stage_visits",
  "won_amounts",
];

const lean = (measure: Measure): Measure => {
  const dimensions = measure.dimensions.slice(0, 1);
  return { ...measure, dimensions, slicedBy: dimensions };
};

const leanCatalogue: Catalogue = {
  ...catalogue,
  measures: catalogue.measures.filter(({ id }) => leanMeasures.includes(id)).map(lean),
};

/**
 * What mostly goes wrong: nothing; anything; crashes in the middle of commits and appends; machines that lose their
 * partitions and go on; retention, again and again, before some have read.
 */
type Temper = "calm" | "mixed" | "crashing" | "stale" | "forgetful";

/** What a seed stands for: the company, the machines, and what will happen to them. */
export interface Scenario {
  readonly seed: number;
  readonly company: RandomCompany;
  readonly workspace: Workspace;
  readonly catalogue: Catalogue;
  readonly partitions: number;
  readonly processors: number;
  readonly sinks: number;
  readonly temper: Temper;
  /** How many faults at most. */
  readonly faults: number;
  readonly network: NetworkFaults;
  /** Whether the catalogue is whole, and the outcome is compared with the independent oracle too. */
  readonly isThorough: boolean;
}

/** One seed in so many is compared with the independent oracle, over all measures. */
const thoroughEvery = 40;

export const scenarioOf = (seed: number, random: Random): Scenario => {
  const company = randomCompany(seed, { leads: random.whole(1, 3) });
  const isThorough = seed % thoroughEvery === 0;
  const temper = random.pick<Temper>(["calm", "mixed", "mixed", "mixed", "crashing", "crashing", "stale", "forgetful"]);
  return {
    seed,
    company,
    workspace: company.workspace,
    catalogue: isThorough ? catalogue : leanCatalogue,
    partitions: random.pick([1, 2, 2]),
    processors: random.pick([1, 2, 2, 3]),
    sinks: random.pick([1, 2]),
    temper,
    faults: temper === "calm" ? 0 : random.whole(1, 10),
    network:
      temper === "calm"
        ? noNetworkFaults
        : { repeated: random.pick([0, 0.05, 0.2]), failed: random.pick([0, 0.005]), slow: random.pick([0, 0.02, 0.1]) },
    isThorough,
  };
};

/** The topics that have events in this scenario. */
export const usedEventTopics = ({ company }: Scenario): ReadonlyArray<string> => [
  ...new Set(["leadwire.funnel", ...company.events.map(({ event }) => topicOf(event.type))]),
];
