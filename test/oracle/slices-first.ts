import { type FactRecord, ZoneCalendar } from "@leadwire/funnel";
import {
  type Measure,
  type PartialSource,
  partialsOfFacts,
  partialsOfSlices,
  placedAtMs,
  planEntryOf,
  SliceBook,
} from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import type { Driver } from "@leadwire/stream/testing";

const hourMs = 3_600_000;

export interface SlicesFirst extends PartialSource {
  /** How many queries slices have answered. */
  readonly served: () => number;
}

/** Answers from the slices that a driver's tasks have told of, and from facts where slices do not serve. */
export const slicesFirst = (driver: Driver, facts: ReadonlyArray<FactRecord>, timeZone: string): SlicesFirst => {
  const newestAppendMs = Math.max(...[...driver.tasks.values()].map(({ slicer }) => slicer.newestAppendMs));
  const newest = new Map(catalogue.measures.map((measure) => [measure.id, newestOf(measure, facts)]));
  const book = new SliceBook({
    calendar: new ZoneCalendar(timeZone),
    minutesFromMs: newestAppendMs - 49 * hourMs,
    hoursFromMs: newestAppendMs - 400 * 24 * hourMs,
    newestMs: (id) => newest.get(id) ?? Number.NEGATIVE_INFINITY,
  });
  for (const slice of driver.slices()) book.apply(slice);
  let served = 0;
  return {
    partials: async (query) => {
      const found = partialsOfSlices(book, query);
      served += found === undefined ? 0 : 1;
      return found ?? partialsOfFacts(facts, query);
    },
    planEntries: async () => facts.flatMap((fact) => planEntryOf(fact) ?? []),
    served: () => served,
  };
};

const newestOf = (measure: Measure, facts: ReadonlyArray<FactRecord>): number =>
  facts
    .filter((fact) => fact.kind === measure.kind && placedAtMs(measure, fact) !== null)
    .reduce((newest, fact) => Math.max(newest, fact.atMs), Number.NEGATIVE_INFINITY);
