import type { Book } from "./book.ts";
import type { FactMaker } from "./fact-maker.ts";
import type { LeadEvent } from "./lead-event.ts";
import type { LeadState } from "./lead-state.ts";
import { type FactSink, Kind, type LiveFact, OutcomeIndex } from "./live-fact.ts";

const earlyTouchSpanMs = 24 * 3_600_000;

/** How long a lead waits for a human: the response, the SLA's outcome, and the level of unanswered leads. */
export class ResponseFold {
  private readonly book: Book;
  private readonly make: FactMaker;

  constructor(book: Book, make: FactMaker) {
    this.book = book;
    this.make = make;
  }

  /** A new lead waits, unless a human had been in touch in the 24 h before. The miss is asserted in advance. */
  created(state: LeadState, event: LeadEvent, out: FactSink): void {
    if (state.createdAtMs - state.touchAtMs <= earlyTouchSpanMs) {
      state.answeredAtMs = state.createdAtMs;
      state.slaMet = true;
      const response = this.make.ofLead(state, Kind.leadResponded, event.birth, state.createdAtMs);
      response.outcome = OutcomeIndex.earlyTouch;
      response.cohortAtMs = state.createdAtMs;
      out.assert(response);
      out.assert(this.sla(state, state.createdAtMs, OutcomeIndex.met));
      return;
    }
    const missed = this.sla(state, this.deadlineMs(state), OutcomeIndex.missed);
    keepSla(state, missed);
    out.assert(missed);
    if (state.open) this.enter(state, event, out);
  }

  touched(state: LeadState, event: LeadEvent, out: FactSink): void {
    if (!state.created) {
      state.touchAtMs = event.occurredAtMs;
      return;
    }
    if (state.answered) return;
    state.answeredAtMs = event.occurredAtMs;
    const response = this.make.ofLead(state, Kind.leadResponded, event.birth, event.occurredAtMs);
    response.outcome = OutcomeIndex.firstTouch;
    response.durationMs = event.occurredAtMs - state.createdAtMs;
    response.cohortAtMs = state.createdAtMs;
    out.assert(response);
    if (response.durationMs <= this.book.responseSlaMs) {
      state.slaMet = true;
      out.replace(this.missed(state), this.sla(state, event.occurredAtMs, OutcomeIndex.met));
    }
    this.leave(state, event, out);
  }

  /** What follows from a change of owner, or of whether the lead is open. */
  follow(state: LeadState, event: LeadEvent, out: FactSink): void {
    if (!state.created) return;
    if (!state.slaMet && event.occurredAtMs < this.deadlineMs(state)) this.handOver(state, out);
    if (state.answered) return;
    const open = state.open;
    if (state.waiting) {
      if (open && this.staysWaiting(state, event)) return;
      this.leave(state, event, out);
    }
    if (open) this.enter(state, event, out);
  }

  /** A miss is its owner's at the deadline: who takes the lead before it takes the miss too. */
  private handOver(state: LeadState, out: FactSink): void {
    const before = this.missed(state);
    const after = this.sla(state, before.atMs, OutcomeIndex.missed);
    if (after.owner === before.owner && after.team === before.team && after.region === before.region) return;
    keepSla(state, after);
    out.replace(before, after);
  }

  private staysWaiting(state: LeadState, event: LeadEvent): boolean {
    const { owner, team, region } = this.make.ofLead(state, Kind.leadUnanswered, event.birth, event.occurredAtMs);
    return owner === state.waitingOwner && team === state.waitingTeam && region === state.waitingRegion;
  }

  private enter(state: LeadState, event: LeadEvent, out: FactSink): void {
    const fact = this.make.ofLead(state, Kind.leadUnanswered, event.birth, event.occurredAtMs);
    fact.ordinal = 1;
    fact.cohortAtMs = state.createdAtMs;
    state.waiting = true;
    state.waitingOwner = fact.owner;
    state.waitingTeam = fact.team;
    state.waitingRegion = fact.region;
    out.assert(fact);
  }

  private leave(state: LeadState, event: LeadEvent, out: FactSink): void {
    if (!state.waiting) return;
    state.waiting = false;
    const fact = this.make.attributed(state, Kind.leadUnanswered, event.birth, event.occurredAtMs);
    fact.owner = state.waitingOwner;
    fact.team = state.waitingTeam;
    fact.region = state.waitingRegion;
    fact.count = -1;
    fact.cohortAtMs = state.createdAtMs;
    out.assert(fact);
  }

  private deadlineMs(state: LeadState): number {
    return state.createdAtMs + this.book.responseSlaMs;
  }

  private sla(state: LeadState, atMs: number, outcome: number): LiveFact {
    const fact = this.make.ofLead(state, Kind.leadSla, state.creation, atMs);
    fact.outcome = outcome;
    fact.cohortAtMs = state.createdAtMs;
    return fact;
  }

  /** The standing miss, rebuilt from what the summary keeps of it. */
  private missed(state: LeadState): LiveFact {
    const fact = this.make.attributed(state, Kind.leadSla, state.creation, this.deadlineMs(state));
    fact.outcome = OutcomeIndex.missed;
    fact.cohortAtMs = state.createdAtMs;
    fact.owner = state.slaOwner;
    fact.team = state.slaTeam;
    fact.region = state.slaRegion;
    return fact;
  }
}

const keepSla = (state: LeadState, sla: LiveFact): void => {
  state.slaOwner = sla.owner;
  state.slaTeam = sla.team;
  state.slaRegion = sla.region;
};
