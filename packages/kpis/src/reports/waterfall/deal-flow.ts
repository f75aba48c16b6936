import type { Closing, DealClose, DealPart, DealStand } from "./waterfall-query.ts";
import { dealKey } from "./waterfall-query.ts";

/** What the open pipeline went through, in the order that it adds up. */
export const waterfallSteps = [
  "created",
  "reopened",
  "pulled_in",
  "transferred_in",
  "changed",
  "transferred_out",
  "slipped",
  "won",
  "lost",
] as const;
export type WaterfallStep = (typeof waterfallSteps)[number];

/** What happened to one deal in one group: signed minor units, so that start + all steps = end. */
export interface DealFlow {
  readonly group: ReadonlyArray<string>;
  readonly lead_id: string;
  readonly deal_id: string;
  readonly start_minor: number;
  readonly steps: Readonly<Partial<Record<WaterfallStep, number>>>;
  readonly end_minor: number;
  /** Whether it counts at either end. */
  readonly open_at_start: boolean;
  readonly open_at_end: boolean;
  /** Of a loss: `no_decision` where the close says so. */
  readonly outcome: "won" | "lost" | "no_decision" | null;
  readonly due_before_ms: number | null;
  readonly due_after_ms: number | null;
}

/** All parts of one deal: one, unless it changed hands between the groups of the question. */
type DealParts = ReadonlyArray<DealPart>;

const isIn = (stand: DealStand | undefined, closing: Closing): boolean => {
  if (stand === undefined) return false;
  if (closing === "all") return true;
  return stand.dueMs !== null && stand.dueMs >= closing.fromMs && stand.dueMs < closing.toMs;
};

/** The part that holds the deal's last departure. */
const lastLeft = (parts: DealParts): DealPart | undefined =>
  parts.reduce<DealPart | undefined>(
    (last, part) => (part.left !== undefined && part.left.atMs > (last?.left?.atMs ?? -Infinity) ? part : last),
    undefined,
  );

interface Flow {
  readonly part: DealPart;
  readonly startMinor: bigint;
  readonly endMinor: bigint;
  /** In the order of adding up; what is left over is `changed`. */
  readonly steps: ReadonlyArray<readonly [WaterfallStep, bigint]>;
  readonly outcome: DealFlow["outcome"];
  readonly dueAfterMs: number | null;
}

/** How a deal that was there came to be there: as new, back again, or with another expected close. */
const arrivalOf = (parts: DealParts, wasOpenElsewhere: boolean): WaterfallStep => {
  if (wasOpenElsewhere) return "pulled_in";
  return parts.some(({ wasOpen }) => wasOpen) ? "reopened" : "created";
};

/** A deal that is open at the end. */
const openFlows = (parts: DealParts, before: DealPart | undefined, after: DealPart, closing: Closing): Flow[] => {
  const [wasIn, nowIn] = [isIn(before?.start, closing), isIn(after.end, closing)];
  const startMinor = before?.start?.amountMinor ?? 0n;
  const endMinor = after.end?.amountMinor ?? 0n;
  const dueAfterMs = after.end?.dueMs ?? null;
  const flow = (part: DealPart, from: bigint, to: bigint, steps: Flow["steps"]): Flow => ({
    part,
    startMinor: from,
    endMinor: to,
    steps,
    outcome: null,
    dueAfterMs,
  });
  if (before !== undefined && wasIn && !nowIn) return [flow(before, startMinor, 0n, [["slipped", -startMinor]])];
  if (!nowIn) return [];
  if (before === undefined || !wasIn) {
    return [flow(after, 0n, endMinor, [[arrivalOf(parts, before !== undefined), endMinor]])];
  }
  if (before === after) return [flow(after, startMinor, endMinor, [])];
  return [
    flow(before, startMinor, 0n, [["transferred_out", -startMinor]]),
    flow(after, 0n, endMinor, [["transferred_in", startMinor]]),
  ];
};

/** A deal that is not open at the end: it was closed. What it was won for counts; a loss counts as it stood last. */
const closedFlows = (
  parts: DealParts,
  before: DealPart | undefined,
  close: DealClose | undefined,
  closing: Closing,
): Flow[] => {
  const leaving = lastLeft(parts);
  const left = leaving?.left;
  if (leaving === undefined || left === undefined) return [];
  // A close that was taken back since is a loss where a stage was left with one just then, else a win.
  const standing = close?.leftAtMs === undefined || close.leftAtMs === left.atMs ? close : undefined;
  const outcome = standing?.outcome ?? "won";
  const amountMinor = outcome === "won" ? (standing?.amountMinor ?? left.amountMinor) : left.amountMinor;
  const out: readonly [WaterfallStep, bigint] = [outcome === "won" ? "won" : "lost", -amountMinor];
  const rest = { endMinor: 0n, outcome, dueAfterMs: left.dueMs };
  if (before !== undefined && isIn(before.start, closing)) {
    const startMinor = before.start?.amountMinor ?? 0n;
    if (before === leaving) return [{ part: before, startMinor, steps: [out], ...rest }];
    return [
      { part: before, startMinor, steps: [["transferred_out", -startMinor]], ...rest, outcome: null },
      { part: leaving, startMinor: 0n, steps: [["transferred_in", startMinor], out], ...rest },
    ];
  }
  if (!isIn(left, closing)) return [];
  const arrival = arrivalOf(parts, before !== undefined);
  return [{ part: leaving, startMinor: 0n, steps: [[arrival, left.amountMinor], out], ...rest }];
};

const dealFlowOf = (flow: Flow, dueBeforeMs: number | null): DealFlow => {
  const { part, startMinor, endMinor, steps, outcome, dueAfterMs } = flow;
  const changed = steps.reduce((rest, [, amount]) => rest - amount, endMinor - startMinor);
  const all = changed === 0n ? steps : [...steps, ["changed", changed] as const];
  return {
    group: part.group,
    lead_id: part.leadId,
    deal_id: part.dealId,
    start_minor: Number(startMinor),
    steps: Object.fromEntries(all.map(([step, amount]) => [step, Number(amount)])),
    end_minor: Number(endMinor),
    open_at_start: steps.every(([step]) => !isArrival(step)),
    open_at_end: steps.every(([step]) => !isDeparture(step)),
    outcome,
    due_before_ms: dueBeforeMs,
    due_after_ms: dueAfterMs,
  };
};

const isArrival = (step: WaterfallStep): boolean =>
  step === "created" || step === "reopened" || step === "pulled_in" || step === "transferred_in";
const isDeparture = (step: WaterfallStep): boolean =>
  step === "transferred_out" || step === "slipped" || step === "won" || step === "lost";

/**
 * What became of each deal between two instants, by how it stood at both and how it was closed between: several changes
 * net out. A deal that came and went within the window counts on both sides. Only groups that match are told.
 */
export const dealFlows = (
  parts: ReadonlyArray<DealPart>,
  closes: ReadonlyMap<string, DealClose>,
  closing: Closing,
): ReadonlyArray<DealFlow> => {
  const deals = Map.groupBy(parts, ({ leadId, dealId }) => dealKey(leadId, dealId));
  const flows: DealFlow[] = [];
  for (const [key, ofDeal] of deals) {
    const before = ofDeal.find(({ start }) => start !== undefined);
    const after = ofDeal.find(({ end }) => end !== undefined);
    const found =
      after === undefined
        ? closedFlows(ofDeal, before, closes.get(key), closing)
        : openFlows(ofDeal, before, after, closing);
    for (const flow of found) if (flow.part.matches) flows.push(dealFlowOf(flow, before?.start?.dueMs ?? null));
  }
  return flows;
};
