import type { Book } from "./book.ts";
import { rankOf } from "./canonical-order.ts";
import { CloseFold } from "./close-fold.ts";
import { FactMaker } from "./fact-maker.ts";
import { type LeadEvent, LeadEventType } from "./lead-event.ts";
import { DealState, type LeadState } from "./lead-state.ts";
import { type FactSink, Kind, type LiveFact, OutcomeIndex } from "./live-fact.ts";
import { missing, type Name } from "./names.ts";
import { PipelineFold } from "./pipeline-fold.ts";
import { ResponseFold } from "./response-fold.ts";

/**
 * The fold of one lead, one event at a time in canonical order. `step` answers false, having changed nothing, where
 * the summary does not tell what the event takes back or refers to: then the whole history is folded (lead-history.ts).
 */
export class LeadFold {
  private readonly book: Book;
  private readonly make: FactMaker;
  private readonly closes: CloseFold;
  private readonly pipeline: PipelineFold;
  private readonly responses: ResponseFold;
  private whole = false;

  constructor(book: Book) {
    this.book = book;
    this.make = new FactMaker(book);
    this.closes = new CloseFold(this.make);
    this.pipeline = new PipelineFold(this.make);
    this.responses = new ResponseFold(book, this.make);
  }

  /** From here on (until the next call) steps are those of a whole history, and none is refused. */
  begin(whole: boolean): void {
    this.whole = whole;
    this.make.teamsStated = whole ? new Map() : undefined;
    this.closes.remember(whole);
  }

  step(state: LeadState, event: LeadEvent, out: FactSink): boolean {
    this.make.beginStep();
    switch (event.type) {
      case LeadEventType.created:
        return this.created(state, event, out);
      case LeadEventType.activity:
        if (event.humanTouch) this.responses.touched(state, event, out);
        return true;
      case LeadEventType.stageChanged:
      case LeadEventType.closed:
        return this.ofDeal(state, event, out);
      default:
        return true;
    }
  }

  /**
   * Whether an event establishes nothing wherever in the history it falls: an activity that is no human's touch, or a
   * touch after the one that answered. A lead with very many late activities costs no fold for them.
   */
  isIdle(state: LeadState, event: LeadEvent): boolean {
    if (event.type !== LeadEventType.activity) return false;
    return !event.humanTouch || event.occurredAtMs > state.answeredAtMs;
  }

  /** A lead-created fills what no earlier one stated. */
  fillAttributes(state: LeadState, event: LeadEvent): void {
    state.account ||= event.account;
    state.channel ||= event.channel;
    state.campaign ||= event.campaign;
    state.region ||= event.region;
    state.segment ||= event.segment;
    state.product ||= event.product;
    state.pipeline ||= event.pipeline;
    if (Number.isNaN(state.expectedValueMinor)) state.expectedValueMinor = event.amountMinor;
  }

  /** Where a stage-changed stands among events of its instant: that depends on the lead's pipeline. */
  rankStage(state: LeadState, event: LeadEvent): void {
    if (event.type !== LeadEventType.stageChanged) return;
    event.rank = rankOf(event.type, false, this.book.stage(state.pipeline, event.stage)?.rank ?? 0);
  }

  private created(state: LeadState, event: LeadEvent, out: FactSink): boolean {
    if (!this.whole) {
      if (state.created || state.deals.length > 0) return false;
      this.fillAttributes(state, event);
    }
    this.stateOwner(state, event.owner || state.owner, event);
    if (event.owner !== missing) state.statedOwner = event.owner;
    for (const deal of state.deals) {
      deal.owner = event.owner || deal.owner;
      this.pipeline.move(state, deal, event, out);
    }
    if (state.created) {
      this.responses.follow(state, event, out);
      return true;
    }
    state.createdAtMs = event.occurredAtMs;
    state.creation = event.birth;
    const fact = this.make.ofLead(state, Kind.leadCreated, event.birth, event.occurredAtMs);
    fact.cohortAtMs = state.createdAtMs;
    state.createdOwner = fact.owner;
    state.createdTeam = fact.team;
    state.createdRegion = fact.region;
    out.assert(fact);
    this.responses.created(state, event, out);
    this.closes.created(state, out);
    return true;
  }

  private ofDeal(state: LeadState, event: LeadEvent, out: FactSink): boolean {
    const known = state.deals.find(({ deal }) => deal === event.deal);
    const owner = event.owner || (known === undefined ? state.statedOwner : known.owner);
    if (!this.whole && (known?.closed === true || this.needsHistory(state, owner, event))) return false;
    const deal = known ?? this.newDeal(state, event.deal);
    deal.owner = owner;
    this.stateOwner(state, owner, event);
    if (deal.closed) this.closes.takeBack(state, deal, out);
    if (event.type === LeadEventType.stageChanged) this.stageChanged(state, deal, event, out);
    else this.closed(state, deal, event, out);
    this.responses.follow(state, event, out);
    return true;
  }

  private stageChanged(state: LeadState, deal: DealState, event: LeadEvent, out: FactSink): void {
    const mark = this.book.stage(state.pipeline, event.stage);
    if (mark === undefined) throw new Error("a stage-changed to an unknown stage reached the fold");
    if (!Number.isNaN(event.amountMinor)) deal.amountMinor = event.amountMinor;
    deal.closed = false;
    deal.stage = mark.index;
    if (mark.qualified) this.passQualified(state, event, out);
    if (mark.opportunity) this.passOpportunity(state, deal, event, out);
    this.pipeline.move(state, deal, event, out);
  }

  /** The pipeline is left at the first of several closes in a row; only the last of them is the outcome. */
  private closed(state: LeadState, deal: DealState, event: LeadEvent, out: FactSink): void {
    this.pipeline.leave(state, deal, event, out);
    deal.closed = true;
    if (event.outcome === OutcomeIndex.won) {
      this.passQualified(state, event, out);
      this.passOpportunity(state, deal, event, out);
    }
    this.closes.close(state, deal, event, out);
  }

  private passQualified(state: LeadState, event: LeadEvent, out: FactSink): void {
    if (state.qualified) return;
    state.qualified = true;
    out.assert(this.passing(state, Kind.leadQualified, event));
  }

  private passOpportunity(state: LeadState, deal: DealState, event: LeadEvent, out: FactSink): void {
    deal.opportunity = true;
    if (state.opportunity) return;
    state.opportunity = true;
    out.assert(this.passing(state, Kind.leadOpportunity, event));
  }

  /** The team as the event says, whoever's deal it speaks of. */
  private passing(state: LeadState, kind: number, event: LeadEvent): LiveFact {
    const fact = this.make.ofLead(state, kind, event.birth, event.occurredAtMs);
    fact.team = event.team || fact.team;
    return fact;
  }

  private newDeal(state: LeadState, name: Name): DealState {
    const deal = new DealState();
    deal.deal = name;
    state.deals.push(deal);
    return deal;
  }

  /** An owner stated before, without a team now, has the team last stated with it: only the history knows that one. */
  private needsHistory(state: LeadState, owner: Name, event: LeadEvent): boolean {
    if (owner === state.owner) return false;
    return event.owner === missing || (state.severalOwners && event.team === missing);
  }

  /** Notes the owner and the team that an event states; a team without an owner is said of the owner it concerns. */
  private stateOwner(state: LeadState, owner: Name, event: LeadEvent): void {
    if (event.team !== missing) this.make.teamsStated?.set(owner, event.team);
    if (owner === state.owner) {
      if (event.team !== missing) state.team = event.team;
      return;
    }
    if (event.owner === missing) return;
    if (state.owner !== missing) state.severalOwners = true;
    state.team = event.team || (this.make.teamsStated?.get(owner) ?? missing);
    state.owner = owner;
  }
}
