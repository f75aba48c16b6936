import { keyed } from "../../keyed.ts";
import { type DealFlow, type WaterfallStep, waterfallSteps } from "./deal-flow.ts";

/** A waterfall of one group: minor units and deals; `adds_up` is checked, not assumed. */
export interface Waterfall {
  readonly group: Readonly<Record<string, string>>;
  readonly start_minor: number;
  readonly start_deals: number;
  readonly steps: Readonly<Record<WaterfallStep, { readonly amount_minor: number; readonly deals: number }>>;
  readonly end_minor: number;
  readonly end_deals: number;
  readonly adds_up: boolean;
}

/** A level of the open pipeline, read by itself to check the deals against. */
export interface PipelineLevel {
  readonly amountMinor: bigint;
  readonly deals: number;
}

const totalOf = (values: ReadonlyArray<number>): bigint => values.reduce((sum, value) => sum + BigInt(value), 0n);

/** Adds deals up, and holds both ends against the levels of the open pipeline at these instants. */
export const waterfallOf = (
  group: Waterfall["group"],
  flows: ReadonlyArray<DealFlow>,
  levels: { readonly start: PipelineLevel; readonly end: PipelineLevel },
): Waterfall => {
  const steps = keyed(waterfallSteps, (step) => {
    const amounts = flows.flatMap((flow) => flow.steps[step] ?? []);
    return { amount_minor: Number(totalOf(amounts)), deals: amounts.length };
  });
  const startMinor = totalOf(flows.map((flow) => flow.start_minor));
  const endMinor = totalOf(flows.map((flow) => flow.end_minor));
  const moved = totalOf(waterfallSteps.map((step) => steps[step].amount_minor));
  const startDeals = flows.filter((flow) => flow.open_at_start).length;
  const endDeals = flows.filter((flow) => flow.open_at_end).length;
  return {
    group,
    start_minor: Number(startMinor),
    start_deals: startDeals,
    steps,
    end_minor: Number(endMinor),
    end_deals: endDeals,
    adds_up:
      startMinor + moved === endMinor &&
      startMinor === levels.start.amountMinor &&
      endMinor === levels.end.amountMinor &&
      startDeals === levels.start.deals &&
      endDeals === levels.end.deals,
  };
};
