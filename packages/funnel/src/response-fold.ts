import type { Book } from "./book.ts";
import type { FactMaker } from "./fact-maker.ts";
import type { LeadEvent } from "./lead-event.ts";
import type { LeadState } from "./lead-state.ts";
import { type FactSink, Kind, OutcomeIndex } from "./live-fact.ts";
import { SlaFold } from "./sla-fold.ts";

const earlyTouchSpanMs = 24 * 3_600_000;

/** How long a lead waits for a human: the response, the SLAs' outcomes, and the level of unanswered leads. */
export class ResponseFold {
  private readonly book: Book;
  private readonly make: FactMaker;
  private readonly wallClock: SlaFold;
  private readonly businessTime: SlaFold;

  constructor(book: Book, make: FactMaker) {
    this.book = book;
    this.make = make;
    const { responseSlaMs, hours } = book;
    this.wallClock = new SlaFold(1, Kind.leadSla, make, (createdAtMs) => createdAtMs + responseSlaMs);
    this.businessTime = new SlaFold(2, Kind.leadSlaBusiness, make, (createdAtMs) =>
      Number.isNaN(createdAtMs) ? createdAtMs : (hours.afterMs(createdAtMs, responseSlaMs) ?? Number.NaN),
    );
  }

  /** A new lead waits, unless a human had been in touch in the 24 h before. The misses are asserted in advance. */
  created(state: LeadState, event: LeadEvent, out: FactSink): void {
    if (state.createdAtMs - state.touchAtMs <= earlyTouchSpanMs) {
      state.answeredAtMs = state.createdAtMs;
      const response = this.make.ofLead(state, Kind.leadResponded, event.birth, state.createdAtMs);
      response.outcome = OutcomeIndex.earlyTouch;
      response.cohortAtMs = state.createdAtMs;
      out.assert(response);
      this.wallClock.early(state, out);
      this.businessTime.early(state, out);
      return;
    }
    this.wallClock.created(state, out);
    this.businessTime.created(state, out);
    if (state.open) this.enter(state, event, out);
  }

  /** False, having changed nothing, where a step cannot tell what the answer replaces. */
  touched(state: LeadState, event: LeadEvent, isWhole: boolean, out: FactSink): boolean {
    const atMs = event.occurredAtMs;
    if (!state.created) {
      state.touchAtMs = atMs;
      return true;
    }
    if (state.answered) return true;
    if (!isWhole && (this.wallClock.isEdge(state, atMs) || this.businessTime.isEdge(state, atMs))) return false;
    state.answeredAtMs = atMs;
    const response = this.make.ofLead(state, Kind.leadResponded, event.birth, atMs);
    response.outcome = OutcomeIndex.firstTouch;
    response.durationMs = atMs - state.createdAtMs;
    response.businessMs = this.book.hours.elapsedMs(state.createdAtMs, atMs);
    response.cohortAtMs = state.createdAtMs;
    out.assert(response);
    this.wallClock.answered(state, atMs, out);
    this.businessTime.answered(state, atMs, out);
    this.leave(state, event, out);
    return true;
  }

  /** To be called before an event states owners and teams. */
  note(state: LeadState, event: LeadEvent): void {
    if (!state.created) return;
    this.wallClock.note(state, event);
    this.businessTime.note(state, event);
  }

  /** What follows from a change of owner, or of whether the lead is open. */
  follow(state: LeadState, event: LeadEvent, out: FactSink): void {
    if (!state.created) return;
    this.wallClock.handOver(state, out);
    this.businessTime.handOver(state, out);
    if (state.answered) return;
    const open = state.open;
    if (state.waiting) {
      if (open && this.staysWaiting(state, event)) return;
      this.leave(state, event, out);
    }
    if (open) this.enter(state, event, out);
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
}
