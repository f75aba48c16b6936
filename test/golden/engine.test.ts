import { ZoneCalendar } from "@leadwire/funnel";
import { arraySource, evaluateKpi } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { Driver } from "@leadwire/stream/testing";
import { isLeft } from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { loadGoldenCases } from "./golden-case.ts";
import { mismatches } from "./golden-match.ts";

const cases = loadGoldenCases();

/** Percentiles come from bins: within 1 %. Everything else is exact. */
const toleranceOf = (metric: string): number => (/\.p\d+$|^lead_response_time$/.test(metric) ? 0.01 : 1e-12);

const orders = {
  "in order": <T>(events: ReadonlyArray<T>): ReadonlyArray<T> => events,
  "backwards, with repeats": <T>(events: ReadonlyArray<T>): ReadonlyArray<T> => [...events.toReversed(), ...events],
};

describe.each(Object.entries(orders))("the engine gives what was worked out by hand, %s", (_name, ordered) => {
  for (const golden of cases) {
    test(`${golden.metric}: ${golden.name}`, async () => {
      const driver = new Driver(golden.workspace, catalogue.measures, 2);
      driver.feed(ordered(golden.events), 3);
      const context = {
        catalogue,
        workspace: golden.workspace,
        calendar: new ZoneCalendar(golden.workspace.timeZone),
        source: arraySource(driver.facts()),
        meta: {
          completeThroughMs: null,
          hasActivity: golden.events.some(({ event }) => event.type === "activity-logged"),
        },
      };
      for (const expectation of golden.expectations) {
        const { metric, window, atMs, by, where } = expectation;
        const found = await evaluateKpi({ metric, window, atMs, by, where }, context);
        if (isLeft(found)) {
          // The oracle answers more than the catalogue holds; what it lacks is told by name.
          expect(found.left._tag).toBe("UnknownStatistic");
          continue;
        }
        expect(mismatches(expectation, found.right, toleranceOf(metric)), JSON.stringify(expectation)).toEqual([]);
      }
    });
  }
});
