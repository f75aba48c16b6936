import type { FactChange, FactRecord } from "@leadwire/funnel";
import type { LevelFact } from "./held-facts.ts";
import { HumanActivities } from "./human-activities.ts";
import { LeadCreations } from "./lead-creations.ts";
import { LevelBook } from "./level-book.ts";
import { type OpenDeal, openDealOf, type WaitingLead, waitingLeadOf } from "./open-entities.ts";

/** A change of a fact, as far as it matters to what is open. */
export type OpenSetChange = Pick<FactChange, "fact" | "present" | "version" | "appendTimeMs" | "isBackfill">;

/** Leads and deals that changed, by their slots. One that is not to be had any more waits, or is open, no longer. */
export interface OpenSetTouched {
  readonly leads: ReadonlyArray<number>;
  readonly deals: ReadonlyArray<number>;
}

/** FNV-1a over 16-bit units; never 0. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let n = 0; n < text.length; n += 1) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
  return hash === 0 ? 1 : hash;
};

const levelFactOf = ({ fact, present, version, appendTimeMs, isBackfill }: OpenSetChange): LevelFact => ({
  hash: hashOf(fact.factId),
  version,
  isPresent: present,
  count: fact.count,
  atMs: fact.atMs,
  appendTimeMs,
  isBackfill,
  amountMinor: fact.amountMinor,
  dueAtMs: fact.dueAtMs,
  cohortAtMs: fact.cohortAtMs,
  dimensions: fact.dimensions,
});

const dealKeyOf = ({ leadId, dealId }: FactRecord): string => (dealId === leadId ? leadId : `${leadId}\0${dealId}`);

/** What waits: leads without an answer and deals in the pipeline, as the facts make them. Without I/O. */
export class OpenSetState {
  private readonly leads: LevelBook;
  private readonly deals: LevelBook;
  private readonly activities = new HumanActivities();
  private readonly creations = new LeadCreations();
  private readonly dealsOfLead: Array<ReadonlyArray<number> | undefined> = [];
  private readonly leadOfDeal: Array<number> = [];

  /** `settledMax`: as LevelBook takes it. */
  constructor(settledMax?: number) {
    this.leads = new LevelBook((slot) => this.forgetLead(slot), settledMax);
    this.deals = new LevelBook((slot) => this.forgetDeal(slot), settledMax);
  }

  /** Leads and deals held, those that settled lately too. */
  get size(): number {
    return this.leads.size + this.deals.size;
  }

  /** `isWhole`: all facts of a lead or a deal are told in a row, those taken back too, as a store has them. */
  apply(change: OpenSetChange, isWhole = false): void {
    switch (change.fact.kind) {
      case "lead_created":
        this.create(change);
        break;
      case "lead_unanswered":
        this.leads.apply(change.fact.leadId, levelFactOf(change), isWhole);
        break;
      case "deal_pipeline":
        this.applyDeal(change, isWhole);
        break;
      case "activity":
        this.act(change);
        break;
      default:
    }
  }

  /** All facts of one record have been applied. */
  endGroup(): void {
    // A deal that is let go may let its lead go.
    this.deals.endGroup();
    this.leads.endGroup();
  }

  waitingLead(slot: number): WaitingLead | undefined {
    const id = this.leads.idOf(slot);
    if (id === undefined || !this.leads.isOpen(slot)) return undefined;
    return waitingLeadOf(slot, id, this.leads.factsOf(slot), this.creations.of(slot));
  }

  openDeal(slot: number): OpenDeal | undefined {
    const key = this.deals.idOf(slot);
    if (key === undefined || !this.deals.isOpen(slot)) return undefined;
    const [leadId = "", dealId = leadId] = key.split("\0");
    const activities = this.activities.of(this.leadOfDeal[slot] as number);
    return openDealOf(slot, { leadId, dealId }, this.deals.factsOf(slot), activities);
  }

  *waitingLeads(): Generator<WaitingLead> {
    for (const slot of this.leads.openSlots()) {
      const lead = this.waitingLead(slot);
      if (lead !== undefined) yield lead;
    }
  }

  *openDeals(): Generator<OpenDeal> {
    for (const slot of this.deals.openSlots()) {
      const deal = this.openDeal(slot);
      if (deal !== undefined) yield deal;
    }
  }

  takeTouched(): OpenSetTouched | undefined {
    const [leads, deals] = [this.leads.takeTouched(), this.deals.takeTouched()];
    return leads.length + deals.length === 0 ? undefined : { leads, deals };
  }

  private create({ fact, present, version, appendTimeMs, isBackfill }: OpenSetChange): void {
    const slot = this.leads.hold(fact.leadId);
    if (present) this.creations.put(slot, version, { atMs: fact.atMs, appendTimeMs, isBackfill });
    else this.creations.forget(slot);
    this.leads.touch(slot);
  }

  private applyDeal(change: OpenSetChange, isWhole: boolean): void {
    const key = dealKeyOf(change.fact);
    const wasHeld = this.deals.slotOf(key) !== undefined;
    this.deals.apply(key, levelFactOf(change), isWhole);
    const deal = this.deals.slotOf(key);
    if (wasHeld || deal === undefined) return;
    // The lead is held as long as its deal, with what was done with it.
    const lead = this.leads.hold(change.fact.leadId);
    this.leads.retain(lead);
    this.leadOfDeal[deal] = lead;
    this.dealsOfLead[lead] = [...(this.dealsOfLead[lead] ?? []), deal];
  }

  private act({ fact, present, appendTimeMs, isBackfill }: OpenSetChange): void {
    const lead = this.leads.slotOf(fact.leadId);
    if (lead === undefined || fact.outcome === "automated") return;
    const hash = hashOf(fact.factId);
    const changed = present
      ? this.activities.put(lead, { hash, atMs: fact.atMs, appendTimeMs, isBackfill })
      : this.activities.takeBack(lead, hash);
    if (changed) for (const deal of this.dealsOfLead[lead] ?? []) this.deals.touch(deal);
  }

  private forgetDeal(deal: number): void {
    const lead = this.leadOfDeal[deal] as number;
    this.dealsOfLead[lead] = this.dealsOfLead[lead]?.filter((other) => other !== deal);
    this.leads.giveUp(lead);
  }

  private forgetLead(lead: number): void {
    this.activities.forget(lead);
    this.creations.forget(lead);
    this.dealsOfLead[lead] = undefined;
  }
}
