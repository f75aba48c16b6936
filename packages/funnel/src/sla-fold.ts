import type { FactMaker } from "./fact-maker.ts";
import type { LeadEvent } from "./lead-event.ts";
import type { LeadState } from "./lead-state.ts";
import { type FactSink, type LiveFact, OutcomeIndex } from "./live-fact.ts";

/**
 * One clock that a new lead is to be answered by. A miss is asserted at the creation for its deadline, goes with the
 * lead to whoever takes it before that, and is replaced by an answer in time. Whose a standing miss is follows from the
 * state, so that nothing has to be kept of it.
 */
export class SlaFold {
  readonly bit: number;
  private readonly kind: number;
  private readonly make: FactMaker;
  /** NaN: it never comes, and there is no fact. */
  private readonly deadlineAfter: (createdAtMs: number) => number;
  private createdAtMs = Number.NaN;
  private heldDeadlineMs = Number.NaN;
  /** The standing miss as it was before the event in hand; undefined where that cannot change it any more. */
  private before: LiveFact | undefined;

  constructor(bit: number, kind: number, make: FactMaker, deadlineAfter: (createdAtMs: number) => number) {
    this.bit = bit;
    this.kind = kind;
    this.make = make;
    this.deadlineAfter = deadlineAfter;
  }

  created(state: LeadState, out: FactSink): void {
    const deadlineMs = this.deadlineMs(state);
    if (!Number.isNaN(deadlineMs)) out.assert(this.fact(state, deadlineMs, OutcomeIndex.missed));
  }

  /** A human had been in touch before the creation. */
  early(state: LeadState, out: FactSink): void {
    state.slasMet |= this.bit;
    if (Number.isNaN(this.deadlineMs(state))) return;
    out.assert(this.fact(state, state.createdAtMs, OutcomeIndex.met));
  }

  /**
   * Whether the lead is answered at the very deadline: somebody may have taken it at that instant, too late to take the
   * miss too, and then only the history knows whose that was.
   */
  isEdge(state: LeadState, atMs: number): boolean {
    return atMs === this.deadlineMs(state);
  }

  answered(state: LeadState, atMs: number, out: FactSink): void {
    const deadlineMs = this.deadlineMs(state);
    if (!(atMs <= deadlineMs)) return;
    state.slasMet |= this.bit;
    const missed = this.fact(state, deadlineMs, OutcomeIndex.missed);
    out.replace(missed, this.fact(state, atMs, OutcomeIndex.met));
  }

  /** To be called before an event states owners and teams. */
  note(state: LeadState, event: LeadEvent): void {
    this.before = undefined;
    if ((state.slasMet & this.bit) !== 0) return;
    const deadlineMs = this.deadlineMs(state);
    if (event.occurredAtMs < deadlineMs) this.before = this.fact(state, deadlineMs, OutcomeIndex.missed);
  }

  /** Hands a miss over to whom the event has made the owner. */
  handOver(state: LeadState, out: FactSink): void {
    const { before } = this;
    if (before === undefined) return;
    this.before = undefined;
    const after = this.fact(state, before.atMs, OutcomeIndex.missed);
    if (after.owner === before.owner && after.team === before.team && after.region === before.region) return;
    out.replace(before, after);
  }

  private deadlineMs(state: LeadState): number {
    if (state.createdAtMs !== this.createdAtMs) {
      this.createdAtMs = state.createdAtMs;
      this.heldDeadlineMs = this.deadlineAfter(state.createdAtMs);
    }
    return this.heldDeadlineMs;
  }

  private fact(state: LeadState, atMs: number, outcome: number): LiveFact {
    const fact = this.make.ofLead(state, this.kind, state.creation, atMs);
    fact.outcome = outcome;
    fact.cohortAtMs = state.createdAtMs;
    return fact;
  }
}
