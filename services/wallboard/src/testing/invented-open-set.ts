import { type Dimension, dimensions } from "@leadwire/funnel";
import type { OpenDeal, OpenSetTouched, WaitingLead } from "@leadwire/stream";

const anchor = (atMs: number) => ({ atMs, appendTimeMs: atMs, isBackfill: false });
const placed = (stated: Partial<Record<Dimension, string>>): Record<Dimension, string> =>
  ({ ...Object.fromEntries(dimensions.map((name) => [name, "(none)"])), ...stated }) as Record<Dimension, string>;

/** What waits and what is open, as a test says: told as LiveOpenSet tells it. */
export class InventedOpenSet {
  readonly leads = new Map<number, WaitingLead>();
  readonly deals = new Map<number, OpenDeal>();
  private readonly listeners = new Set<(touched: OpenSetTouched) => void>();

  setLead(slot: number, createdAtMs: number, stated: Partial<Record<Dimension, string>> = {}): void {
    const created = anchor(createdAtMs);
    const leadId = `L${slot}`;
    this.leads.set(slot, { slot, leadId, created, sinceMs: createdAtMs, dimensions: placed(stated) });
    this.tell({ leads: [slot], deals: [] });
  }

  answer(slot: number): void {
    this.leads.delete(slot);
    this.tell({ leads: [slot], deals: [] });
  }

  setDeal(slot: number, amountMinor: number, stated: Partial<Record<Dimension, string>>): void {
    const [dealId, opened] = [`D${slot}`, anchor(0)];
    const deal = { slot, dealId, leadId: dealId, opened, lastActivity: null, due: null, amountMinor };
    this.deals.set(slot, { ...deal, dimensions: placed(stated) });
    this.tell({ leads: [], deals: [slot] });
  }

  close(slot: number): void {
    this.deals.delete(slot);
    this.tell({ leads: [], deals: [slot] });
  }

  get watchers(): number {
    return this.listeners.size;
  }

  waitingLeads = (): Iterable<WaitingLead> => this.leads.values();
  waitingLead = (slot: number): WaitingLead | undefined => this.leads.get(slot);
  openDeals = (): Iterable<OpenDeal> => this.deals.values();
  openDeal = (slot: number): OpenDeal | undefined => this.deals.get(slot);
  onChange = (listener: (touched: OpenSetTouched) => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  private tell(touched: OpenSetTouched): void {
    for (const listener of this.listeners) listener(touched);
  }
}
