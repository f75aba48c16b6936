import fc from "fast-check";
import { expect, test } from "vitest";
import { catalogue } from "../../catalogue/index.ts";
import { binOf } from "../bin.ts";
import { ask, fact } from "../testing/facts.ts";

const firstMs = Date.parse("2024-12-01T00:00:00Z");
const spanMs = 500 * 86_400_000;
const at = "2027-01-01T00:00:00Z";

const facts = fc.array(
  fc
    .record({
      measure: fc.constantFrom(...catalogue.measures),
      outcome: fc.nat(9),
      at: fc.integer({ min: firstMs, max: firstMs + spanMs }),
      amountMinor: fc.integer({ min: 0, max: 1_000 }),
      costMinor: fc.option(fc.nat(500)),
      units: fc.constantFrom(1, 2.5),
      durationMs: fc.nat(10_000_000),
      dueAtMs: fc.integer({ min: firstMs, max: firstMs + spanMs }),
      owner: fc.constantFrom("ana", "bogdan"),
      accountId: fc.constantFrom("A", "B", "C"),
    })
    .map(({ measure, outcome, owner, durationMs, ...stated }) =>
      fact({
        ...stated,
        kind: measure.kind,
        outcome: measure.outcomes?.[outcome % measure.outcomes.length] ?? "",
        durationMs,
        bin: measure.kind === "contract" ? 12 : binOf(durationMs),
        businessMs: durationMs,
        businessBin: binOf(durationMs),
        cohortAtMs: stated.at - durationMs,
        dimensions: { owner },
      }),
    ),
  { minLength: 60, maxLength: 200 },
);

const statistics = [...catalogue.metrics.values()].flatMap((metric) =>
  [...metric.statistics.keys()].map((name) => (name === "" ? metric.id : `${metric.id}.${name}`)),
);

const periods = [
  { window: "2026-03", prior: "2026-02", year: "2025-03" },
  { window: "2026-Q1", prior: "2025-Q4", year: "2025-Q1" },
  { window: "2026-W10", prior: "2026-W09", year: "2025-W10" },
  { window: "2026", prior: "2025", year: "2025" },
] as const;

test("what a period is compared with is what that other period answers when it is asked for itself", async () => {
  await fc.assert(
    fc.asyncProperty(
      facts,
      fc.constantFrom(...statistics),
      fc.constantFrom(...periods),
      fc.constantFrom<"prior" | "year">("prior", "year"),
      async (all, metric, period, compare) => {
        const [[answer], [other]] = [
          await ask(all, { metric, window: period.window, at, compare }),
          await ask(all, { metric, window: period[compare], at }),
        ];
        const { value, numerator, denominator, count, window } = other ?? {};
        const parts = { numerator, denominator, count };
        const stated = Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
        expect(answer?.compare).toEqual({ value, ...stated, window });
      },
    ),
    { numRuns: 300 },
  );
});
