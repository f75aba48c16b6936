import fc from "fast-check";
import { expect, test } from "vitest";
import { dealFlows } from "./deal-flow.ts";
import { type PipelineLevel, waterfallOf } from "./waterfall.ts";
import type { Closing, DealClose, DealPart, DealStand } from "./waterfall-query.ts";
import { dealKey } from "./waterfall-query.ts";

/** A deal's life as stretches of being open, one after another: each in one group, with one amount and expected close. */
interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stand: DealStand;
  readonly group: string;
}

const horizon = 100;
const stretch = fc.record({
  gap: fc.integer({ min: 0, max: 20 }),
  length: fc.integer({ min: 1, max: 30 }),
  amount: fc.integer({ min: 0, max: 1_000 }),
  due: fc.option(fc.integer({ min: 0, max: horizon }), { nil: null }),
  group: fc.constantFrom("ana", "bogdan"),
});

const life = fc.array(stretch, { minLength: 1, maxLength: 5 }).map((stretches) => {
  const told: Stretch[] = [];
  let atMs = 0;
  for (const { gap, length, amount, due, group } of stretches) {
    const fromMs = atMs + gap;
    atMs = fromMs + length;
    told.push({ fromMs, toMs: atMs, stand: { amountMinor: BigInt(amount), dueMs: due }, group });
  }
  return told;
});

const at = (stretches: ReadonlyArray<Stretch>, ms: number, group: string): DealStand | undefined =>
  stretches.find((one) => one.group === group && one.fromMs < ms && one.toMs >= ms)?.stand;

/** What the query tells of a deal between two instants. */
const partsOf = (
  id: string,
  stretches: ReadonlyArray<Stretch>,
  fromMs: number,
  toMs: number,
): ReadonlyArray<DealPart> =>
  ["ana", "bogdan"].flatMap((group) => {
    const own = stretches.filter((one) => one.group === group);
    const left = own.filter((one) => one.toMs >= fromMs && one.toMs < toMs).at(-1);
    const part: DealPart = {
      group: [group],
      matches: true,
      leadId: id,
      dealId: id,
      start: at(stretches, fromMs, group),
      end: at(stretches, toMs, group),
      wasOpen: own.some((one) => one.fromMs < fromMs),
      left: left === undefined ? undefined : { ...left.stand, atMs: left.toMs },
    };
    return part.start === undefined && part.end === undefined && left === undefined ? [] : [part];
  });

const levelOf = (
  deals: ReadonlyArray<ReadonlyArray<Stretch>>,
  ms: number,
  group: string,
  closing: Closing,
): PipelineLevel => {
  const open = deals.flatMap((stretches) => {
    const stand = at(stretches, ms, group);
    if (stand === undefined) return [];
    if (closing === "all") return [stand];
    return stand.dueMs !== null && stand.dueMs >= closing.fromMs && stand.dueMs < closing.toMs ? [stand] : [];
  });
  return { amountMinor: open.reduce((sum, { amountMinor }) => sum + amountMinor, 0n), deals: open.length };
};

const closings = fc.constantFrom<Closing>("all", { fromMs: 30, toMs: 60 });
const outcomes = fc.array(
  fc.tuple(fc.constantFrom("won", "lost", "no_decision"), fc.option(fc.nat(1_000), { nil: undefined })),
  {
    minLength: 8,
    maxLength: 8,
  },
);

test("start + every step = end for any deals, in every group, and the end of one window is the start of the next", () => {
  fc.assert(
    fc.property(
      fc.array(life, { maxLength: 8 }),
      outcomes,
      closings,
      fc.tuple(fc.nat(horizon), fc.nat(horizon), fc.nat(horizon)).map((edges) => [...edges].sort((a, b) => a - b)),
      (deals, closed, closing, [first = 0, second = 0, third = 0]) => {
        const closes = new Map(
          deals.map((_, index) => {
            const [outcome = "won", amount] = closed[index] ?? [];
            const amountMinor = amount === undefined ? undefined : BigInt(amount);
            const close: DealClose = { leadId: `L${index}`, dealId: `L${index}`, outcome, amountMinor };
            return [dealKey(close.leadId, close.dealId), close];
          }),
        );
        const between = (fromMs: number, toMs: number, group: string) => {
          const parts = deals.flatMap((stretches, index) => partsOf(`L${index}`, stretches, fromMs, toMs));
          const flows = dealFlows(parts, closes, closing).filter((flow) => flow.group[0] === group);
          for (const { steps, outcome } of flows) {
            for (const step of ["created", "reopened", "pulled_in", "transferred_in"] as const)
              expect(steps[step] ?? 0).toBeGreaterThanOrEqual(0);
            for (const step of ["slipped", "transferred_out", "won", "lost"] as const)
              expect(steps[step] ?? 0).toBeLessThanOrEqual(0);
            // What slips, changes hands or is lost goes as it stood: only a win may bring another amount.
            if (steps.slipped !== undefined || steps.transferred_out !== undefined)
              expect(steps).not.toHaveProperty("changed");
            expect(steps.won !== undefined).toBe(outcome === "won");
          }
          const levels = { start: levelOf(deals, fromMs, group, closing), end: levelOf(deals, toMs, group, closing) };
          return waterfallOf({ group }, flows, levels);
        };
        const flows = dealFlows(
          deals.flatMap((stretches, index) => partsOf(`L${index}`, stretches, first, second)),
          closes,
          closing,
        );
        for (const ofDeal of Map.groupBy(flows, ({ lead_id }) => lead_id).values()) {
          const handed = ofDeal.map(({ steps }) => (steps.transferred_in ?? 0) + (steps.transferred_out ?? 0));
          expect(handed.reduce((sum, minor) => sum + minor, 0)).toBe(0);
        }
        for (const group of ["ana", "bogdan"]) {
          const before = between(first, second, group);
          const after = between(second, third, group);
          expect([before.adds_up, after.adds_up]).toEqual([true, true]);
          expect(after.start_minor).toBe(before.end_minor);
        }
      },
    ),
    { numRuns: 400 },
  );
});

test("steps that do not lead from start to end are noticed", () => {
  const flow = {
    group: [],
    lead_id: "L1",
    deal_id: "L1",
    start_minor: 100,
    steps: { changed: 5 },
    end_minor: 105,
    open_at_start: true,
    open_at_end: true,
    outcome: null,
    due_before_ms: null,
    due_after_ms: null,
  };
  const levels = { start: { amountMinor: 100n, deals: 1 }, end: { amountMinor: 105n, deals: 1 } };
  expect(waterfallOf({}, [flow], levels).adds_up).toBe(true);
  expect(waterfallOf({}, [{ ...flow, steps: { changed: 4 } }], levels).adds_up).toBe(false);
  expect(waterfallOf({}, [flow], { ...levels, end: { amountMinor: 106n, deals: 1 } }).adds_up).toBe(false);
  expect(waterfallOf({}, [flow], { ...levels, start: { amountMinor: 100n, deals: 2 } }).adds_up).toBe(false);
});
