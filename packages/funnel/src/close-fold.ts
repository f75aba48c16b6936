import type { Book } from "./book.ts";
import type { FactMaker } from "./fact-maker.ts";
import type { LeadEvent } from "./lead-event.ts";
import type { DealState, LeadState } from "./lead-state.ts";
import { type FactSink, Kind, type LiveFact, OutcomeIndex } from "./live-fact.ts";
import { missing } from "./names.ts";
import { openAmountMinor } from "./pipeline-fold.ts";
import type { StageFold } from "./stage-fold.ts";

/** The term of a contract that states none. */
const usualTermMonths = 12;

/**
 * What a close establishes: the outcome, the sold lines, the contract, the time spent in each stage, and the lead's win.
 * Taking a close back needs the facts it made, which only the fold of a whole history remembers.
 */
export class CloseFold {
  private readonly book: Book;
  private readonly make: FactMaker;
  private readonly stages: StageFold;
  /** The facts of each deal's standing close; undefined on the fast path, where nothing is taken back. */
  private standing: Map<DealState, Array<LiveFact>> | undefined;
  /** Earliest standing win; NaN: none. */
  private wonAtMs = Number.NaN;
  /** The facts of the close in hand. */
  private readonly facts: Array<LiveFact> = [];

  constructor(book: Book, make: FactMaker, stages: StageFold) {
    this.book = book;
    this.make = make;
    this.stages = stages;
  }

  remember(whole: boolean): void {
    this.standing = whole ? new Map() : undefined;
    this.wonAtMs = Number.NaN;
  }

  close(state: LeadState, deal: DealState, event: LeadEvent, out: FactSink): void {
    const { facts } = this;
    facts.length = 0;
    const closed = this.closed(state, deal, event);
    facts.push(closed);
    if (event.outcome === OutcomeIndex.won) {
      this.sales(closed, event);
      if (event.recurringMinor > 0) facts.push(this.contract(closed, event));
      this.stages.times(state, deal, closed, facts);
    }
    for (const fact of facts) out.assert(fact);
    this.standing?.set(deal, [...facts]);
    if (event.outcome !== OutcomeIndex.won || !state.created || state.won) return;
    state.won = true;
    this.wonAtMs = closed.atMs;
    out.assert(this.leadWon(state, closed.atMs));
  }

  /** A lead that was created after a win it has already is won all the same. */
  created(state: LeadState, out: FactSink): void {
    this.wonAtMs = this.earliestWinMs();
    if (Number.isNaN(this.wonAtMs)) return;
    state.won = true;
    out.assert(this.leadWon(state, this.wonAtMs));
  }

  /** Takes back a deal's standing close, as a reopening or another close does. */
  takeBack(state: LeadState, deal: DealState, out: FactSink): void {
    if (this.standing === undefined) throw new Error("a close is taken back only while a whole history is folded");
    for (const fact of this.standing.get(deal) ?? []) out.retract(fact);
    this.standing.delete(deal);
    if (!state.won) return;
    const before = this.leadWon(state, this.wonAtMs);
    this.wonAtMs = this.earliestWinMs();
    if (Number.isNaN(this.wonAtMs)) {
      state.won = false;
      out.retract(before);
      return;
    }
    const after = this.leadWon(state, this.wonAtMs);
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

  /** A deal that was not won and states no amount lost the one it had while it was open. */
  private closed(state: LeadState, deal: DealState, event: LeadEvent): LiveFact {
    const closed = this.make.ofDeal(state, deal, Kind.dealClosed, event.birth, event.occurredAtMs);
    const won = event.outcome === OutcomeIndex.won;
    closed.outcome = won || deal.opportunity ? event.outcome : OutcomeIndex.disqualified;
    closed.amountMinor = won || event.amountMinor !== 0 ? event.amountMinor : openAmountMinor(state, deal);
    closed.account = event.account || state.account || state.lead;
    closed.cohortAtMs = state.createdAtMs;
    if (!won) return closed;
    closed.termMonths = event.termMonths;
    const cycleMs = closed.atMs - state.createdAtMs;
    if (cycleMs >= 0) {
      closed.durationMs = cycleMs;
      closed.businessMs = this.book.hours.elapsedMs(state.createdAtMs, closed.atMs);
    }
    return closed;
  }

  /** The lead's place among the won of its cohort; not before it was created. */
  private leadWon(state: LeadState, wonAtMs: number): LiveFact {
    return ofCohort(this.make, state, Kind.leadWon, wonAtMs);
  }

  private contract(closed: LiveFact, event: LeadEvent): LiveFact {
    const contract = this.make.beside(closed, Kind.contract, 0);
    const isStated = !Number.isNaN(event.termMonths);
    contract.account = closed.account;
    contract.cohortAtMs = closed.cohortAtMs;
    contract.outcome = isStated ? OutcomeIndex.stated : OutcomeIndex.noTerm;
    contract.amountMinor = event.recurringMinor;
    contract.termMonths = event.termMonths;
    contract.bin = isStated ? event.termMonths : usualTermMonths;
    return contract;
  }

  /** One fact a line, and one for what the lines leave of the amount; a deal without lines sold the lead's product. */
  private sales(closed: LiveFact, event: LeadEvent): void {
    let restMinor = closed.amountMinor;
    for (const [ordinal, line] of event.lines.entries()) {
      const sale = this.sale(closed, ordinal, line.amountMinor);
      sale.product = line.product;
      sale.units = line.quantity;
      sale.costMinor = line.costMinor;
      restMinor -= line.amountMinor;
      this.facts.push(sale);
    }
    if (event.lines.length > 0 && restMinor === 0) return;
    const rest = this.sale(closed, event.lines.length, restMinor);
    if (event.lines.length > 0) rest.product = missing;
    this.facts.push(rest);
  }

  private sale(closed: LiveFact, ordinal: number, amountMinor: number): LiveFact {
    const sale = this.make.beside(closed, Kind.sale, ordinal);
    sale.outcome = closed.outcome;
    sale.amountMinor = amountMinor;
    sale.account = closed.account;
    sale.cohortAtMs = closed.cohortAtMs;
    return sale;
  }
}

/** A fact of the cohort that a lead was created in, under the dimensions of its creation, and not before that. */
export const ofCohort = (make: FactMaker, state: LeadState, kind: number, atMs: number): LiveFact => {
  const fact = make.attributed(state, kind, state.creation, Math.max(atMs, state.createdAtMs));
  fact.owner = state.createdOwner;
  fact.team = state.createdTeam;
  fact.region = state.createdRegion;
  fact.cohortAtMs = state.createdAtMs;
  return fact;
};
