import { type FactRecord, factKinds, noValue } from "@leadwire/funnel";
import { binOf, measures } from "@leadwire/kpis";
import fc from "fast-check";
import { sampleFact } from "./sample-fact.ts";

const name = fc.constantFrom(noValue, "ana", "it's", "north");

const spanMs = 80 * 86_400_000;

const outcomesOf = (kind: FactRecord["kind"]) =>
  measures.flatMap((measure) => (measure.kind === kind ? (measure.outcomes ?? []) : []));

/**
 * Facts of every kind from an instant on, of 80 days; the kinds that a plan is made of name scopes, periods and the
 * metric that quotas are about.
 */
const factFrom = (fromMs: number): fc.Arbitrary<FactRecord> =>
  fc
    .record({
      kind: fc.constantFrom(...factKinds, "target", "forecast", "mrr_moved", "customer_active"),
      atMs: fc.integer({ min: fromMs, max: fromMs + spanMs }),
      outcome: fc.nat(20),
      falls: fc.boolean(),
      amountMinor: fc.integer({ min: -1_000, max: 9_000_000_000 }),
      costMinor: fc.option(fc.nat()),
      units: fc.constantFrom(0, 1, 2.5, 0.0625, 12_000),
      durationMs: fc.option(fc.nat(90_000_000)),
      businessMs: fc.option(fc.nat(9_000_000)),
      dueAtMs: fc.option(fc.integer({ min: fromMs, max: fromMs + spanMs })),
      months: fc.constantFrom(1, 7, 12, 36),
      ageMs: fc.nat(40 * 86_400_000),
      leadId: fc.constantFrom("L1", "L2", "L3", "L4"),
      accountId: fc.constantFrom("A", "B", "C", ""),
      period: fc.constantFrom("2026-02", "2026-Q1"),
      dimensions: fc.record({ owner: name, team: name, region: name, channel: name, stage: name }),
    })
    .map(({ outcome, falls, ageMs, months, ...stated }) => {
      const outcomes = outcomesOf(stated.kind);
      const isLevel = measures.some(({ level, kind }) => level && kind === stated.kind);
      return sampleFact({
        ...stated,
        factId: "",
        outcome: outcomes[outcome % Math.max(1, outcomes.length)] ?? "",
        count: isLevel && falls ? -1 : 1,
        subject: stated.kind === "target" ? "sales" : "",
        bin: stated.kind === "contract" || stated.durationMs === null ? months : binOf(stated.durationMs),
        businessBin: stated.businessMs === null ? null : binOf(stated.businessMs),
        // A waiting lead has one creation.
        cohortAtMs:
          stated.kind === "lead_unanswered" ? fromMs + Number(stated.leadId.slice(1)) * 1_234_567 : stated.atMs - ageMs,
      });
    });

/** The same facts for the same seed, each under an id of its own. */
export const randomFacts = (fromMs: number, howMany: number, seed: number): ReadonlyArray<FactRecord> =>
  fc
    .sample(factFrom(fromMs), { seed, numRuns: howMany })
    .map((each, index) => ({ ...each, factId: `crm/e${index}/${each.kind}/0` }));
