import type { Dimension } from "@leadwire/funnel";
import type { LiveOpenSet } from "@leadwire/stream";
import { passesAll } from "./dimension-filter.ts";

/** Of an open set what tiles need. */
export type OpenDeals = Pick<LiveOpenSet, "openDeals" | "openDeal" | "onChange">;

interface HeldDeal {
  readonly stage: string;
  readonly amountMinor: number;
}

/** Open deals that pass some filters, added up by stage and kept so: a change costs what it changed. */
export class OpenDealSums {
  private readonly openSet: OpenDeals;
  private readonly filters: ReadonlyArray<readonly [Dimension, string]>;
  private readonly held = new Map<number, HeldDeal>();
  private readonly sums = new Map<string, { amountMinor: number; deals: number }>();
  private readonly endChanges: () => void;
  private isChanged = true;

  constructor(openSet: OpenDeals, filters: ReadonlyArray<readonly [Dimension, string]>, changed: () => void) {
    this.openSet = openSet;
    this.filters = filters;
    for (const deal of openSet.openDeals()) this.hold(deal.slot);
    this.endChanges = openSet.onChange(({ deals }) => {
      if (deals.length === 0) return;
      for (const slot of deals) this.hold(slot);
      this.isChanged = true;
      changed();
    });
  }

  /** In minor units, by stage. */
  amounts(): ReadonlyMap<string, number> {
    return new Map([...this.sums].map(([stage, { amountMinor }]) => [stage, amountMinor]));
  }

  deals(): ReadonlyMap<string, number> {
    return new Map([...this.sums].map(([stage, { deals }]) => [stage, deals]));
  }

  /** Whether anything has changed since the last call. */
  takeChanged(): boolean {
    const was = this.isChanged;
    this.isChanged = false;
    return was;
  }

  end(): void {
    this.endChanges();
  }

  private hold(slot: number): void {
    const former = this.held.get(slot);
    if (former !== undefined) this.add(former, -1);
    const deal = this.openSet.openDeal(slot);
    if (deal === undefined || !passesAll(this.filters, deal.dimensions)) {
      this.held.delete(slot);
      return;
    }
    const { amountMinor } = deal;
    const held = { stage: deal.dimensions.stage, amountMinor };
    this.held.set(slot, held);
    this.add(held, 1);
  }

  private add({ stage, amountMinor }: HeldDeal, sign: 1 | -1): void {
    const sum = this.sums.get(stage) ?? { amountMinor: 0, deals: 0 };
    sum.amountMinor += sign * amountMinor;
    sum.deals += sign;
    if (sum.deals === 0) this.sums.delete(stage);
    else this.sums.set(stage, sum);
  }
}
