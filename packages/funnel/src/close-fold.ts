import type { FactMaker } from "./fact-maker.ts";
import type { LeadEvent } from "./lead-event.ts";
import type { DealState, LeadState } from "./lead-state.ts";
import { type FactSink, Kind, LiveFact, OutcomeIndex } from "./live-fact.ts";
import { missing } from "./names.ts";

/**
 * What a close establishes: the outcome, the sold lines, and the lead's win. Taking a close back needs the facts it
 * made, which only the fold of a whole history remembers.
 */
export class CloseFold {
  private readonly make: FactMaker;
  /** The facts of each deal's standing close; undefined on the fast path, where nothing is taken back. */
  private standing: Map<DealState, Array<LiveFact>> | undefined;

  constructor(make: FactMaker) {
    this.make = make;
  }

  remember(whole: boolean): void {
    this.standing = whole ? new Map() : undefined;
  }

  close(state: LeadState, deal: DealState, event: LeadEvent, out: FactSink): void {
    const closed = this.make.ofDeal(state, deal, Kind.dealClosed, event.birth, event.occurredAtMs);
    const won = event.outcome === OutcomeIndex.won;
    closed.outcome = won || deal.opportunity ? event.outcome : OutcomeIndex.disqualified;
    closed.amountMinor = event.amountMinor;
    closed.account = event.account || state.account || state.lead;
    closed.cohortAtMs = state.createdAtMs;
    const cycleMs = closed.atMs - state.createdAtMs;
    if (won && cycleMs >= 0) closed.durationMs = cycleMs;
    const facts = won ? [closed, ...this.sales(closed, event)] : [closed];
    for (const fact of facts) out.assert(fact);
    this.standing?.set(deal, facts);
    if (won && state.created && Number.isNaN(state.wonAtMs)) {
      state.wonAtMs = closed.atMs;
      out.assert(this.leadWon(state));
    }
  }

  /** A lead that was created after a win it has already is won all the same. */
  created(state: LeadState, out: FactSink): void {
    const wonAtMs = this.earliestWinMs();
    if (Number.isNaN(wonAtMs)) return;
    state.wonAtMs = wonAtMs;
    out.assert(this.leadWon(state));
  }

  /** Takes back a deal's standing close, as a reopening or another close does. */
  takeBack(state: LeadState, deal: DealState, out: FactSink): void {
    if (this.standing === undefined) throw new Error("a close is taken back only while a whole history is folded");
    for (const fact of this.standing.get(deal) ?? []) out.retract(fact);
    this.standing.delete(deal);
    if (Number.isNaN(state.wonAtMs)) return;
    const before = this.leadWon(state);
    state.wonAtMs = this.earliestWinMs();
    if (Number.isNaN(state.wonAtMs)) {
      out.retract(before);
      return;
    }
    const after = this.leadWon(state);
    if (after.atMs !== before.atMs) out.replace(before, after);
  }

  private earliestWinMs(): number {
    let earliestMs = Number.NaN;
    for (const [closed] of this.standing?.values() ?? []) {
      if (closed?.outcome !== OutcomeIndex.won) continue;
      if (Number.isNaN(earliestMs) || closed.atMs < earliestMs) earliestMs = closed.atMs;
    }
    return earliestMs;
  }

  /** The lead's place among the won of its cohort, under the dimensions of its creation; not before it was created. */
  private leadWon(state: LeadState): LiveFact {
    const atMs = Math.max(state.wonAtMs, state.createdAtMs);
    const fact = this.make.attributed(state, Kind.leadWon, state.creation, atMs);
    fact.owner = state.createdOwner;
    fact.team = state.createdTeam;
    fact.region = state.createdRegion;
    fact.cohortAtMs = state.createdAtMs;
    return fact;
  }

  /** One fact a line, and one for what the lines leave of the amount; a deal without lines sold the lead's product. */
  private sales(closed: LiveFact, event: LeadEvent): Array<LiveFact> {
    const sales = event.lines.map((line, ordinal) => {
      const sale = this.sale(closed, ordinal, line.amountMinor);
      sale.product = line.product;
      sale.units = line.quantity;
      sale.costMinor = line.costMinor;
      return sale;
    });
    if (sales.length === 0) return [this.sale(closed, 0, closed.amountMinor)];
    const restMinor = sales.reduce((rest, sale) => rest - sale.amountMinor, closed.amountMinor);
    if (restMinor === 0) return sales;
    const rest = this.sale(closed, sales.length, restMinor);
    rest.product = missing;
    return [...sales, rest];
  }

  private sale(closed: LiveFact, ordinal: number, amountMinor: number): LiveFact {
    const sale = Object.assign(new LiveFact(), closed);
    sale.kind = Kind.sale;
    sale.ordinal = ordinal;
    sale.amountMinor = amountMinor;
    sale.durationMs = Number.NaN;
    return sale;
  }
}
