import type { Dimension } from "@leadwire/funnel";
import type { LiveOpenSet, WaitingLead } from "@leadwire/stream";
import { passesAll } from "./dimension-filter.ts";

/** Of an open set what tiles need. */
export type WaitingLeads = Pick<LiveOpenSet, "waitingLeads" | "waitingLead" | "onChange">;

/** More than are shown: rows that go are followed by these, without looking through all. */
const spareRows = 40;

const byYouth = (a: WaitingLead, b: WaitingLead): number =>
  b.created.atMs - a.created.atMs || (a.leadId < b.leadId ? -1 : a.leadId > b.leadId ? 1 : 0);

/**
 * Leads that wait and pass some filters: how many, and the youngest, who can still be answered in time or nearly so. A
 * change costs what it changed; all are looked through only where the youngest known have all been answered.
 */
export class WaitingList {
  private readonly openSet: WaitingLeads;
  private readonly filters: ReadonlyArray<readonly [Dimension, string]>;
  private readonly keptMax: number;
  private readonly endChanges: () => void;
  /** By the slots of all that pass: since when they wait. */
  private readonly waiting = new Map<number, number>();
  /** The youngest of them, in order: every other one is older than the last. */
  private youngest: Array<WaitingLead> = [];
  private isChanged = true;

  constructor(
    openSet: WaitingLeads,
    filters: ReadonlyArray<readonly [Dimension, string]>,
    rows: number,
    changed: () => void,
    spare = spareRows,
  ) {
    this.openSet = openSet;
    this.filters = filters;
    this.keptMax = rows + spare;
    for (const lead of openSet.waitingLeads()) if (this.passes(lead)) this.add(lead);
    this.endChanges = openSet.onChange(({ leads }) => {
      if (leads.length === 0) return;
      for (const slot of leads) this.look(slot);
      this.isChanged = true;
      changed();
    });
  }

  get total(): number {
    return this.waiting.size;
  }

  /** The youngest, the very youngest first. */
  newest(rows: number): ReadonlyArray<WaitingLead> {
    if (this.youngest.length < Math.min(rows, this.waiting.size)) this.lookThrough();
    return this.youngest.slice(0, rows);
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

  private passes({ dimensions }: WaitingLead): boolean {
    return passesAll(this.filters, dimensions);
  }

  private look(slot: number): void {
    if (this.waiting.delete(slot)) this.youngest = this.youngest.filter((lead) => lead.slot !== slot);
    const lead = this.openSet.waitingLead(slot);
    if (lead !== undefined && this.passes(lead)) this.add(lead);
  }

  private add(lead: WaitingLead): void {
    // What is not among the youngest is older than all of them: one that is older yet says nothing about the others.
    const holdsAll = this.youngest.length === this.waiting.size;
    this.waiting.set(lead.slot, lead.created.atMs);
    const at = this.youngest.findIndex((known) => byYouth(lead, known) < 0);
    if (at >= 0) this.youngest.splice(at, 0, lead);
    else if (holdsAll) this.youngest.push(lead);
    if (this.youngest.length > this.keptMax) this.youngest.pop();
  }

  private lookThrough(): void {
    const sinceMs = Float64Array.from(this.waiting.values()).sort();
    const lastMs = sinceMs.at(-this.keptMax) ?? Number.NEGATIVE_INFINITY;
    const youngest: Array<WaitingLead> = [];
    for (const [slot, createdAtMs] of this.waiting) {
      const lead = createdAtMs >= lastMs ? this.openSet.waitingLead(slot) : undefined;
      if (lead !== undefined) youngest.push(lead);
    }
    this.youngest = youngest.sort(byYouth).slice(0, this.keptMax);
  }
}
