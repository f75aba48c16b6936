import { ActivityFold } from "./activity-fold.ts";
import type { Book } from "./book.ts";
import { rankOf } from "./canonical-order.ts";
import { CloseFold, ofCohort } from "./close-fold.ts";
import { FactMaker } from "./fact-maker.ts";
import { type LeadEvent, LeadEventType } from "./lead-event.ts";
import { DealState, type LeadState } from "./lead-state.ts";
import { type FactSink, Kind, type LiveFact, OutcomeIndex } from "./live-fact.ts";
import { missing, type Name } from "./names.ts";
import { PipelineFold } from "./pipeline-fold.ts";
import { ResponseFold } from "./response-fold.ts";
import { StageFold } from "./stage-fold.ts";
import type { TeamStatement } from "./team-statement.ts";

/**
 * The fold of one lead, one event at a time in canonical order. `step` answers false, having changed nothing, where
 * the summary does not tell what the event takes back or refers to: then the whole history is folded (whole-fold.ts).
 */
export class LeadFold {
  /** What becomes of activities, for whoever folds a whole history. */
  readonly activities: ActivityFold;
  private readonly book: Book;
  private readonly make: FactMaker;
  private readonly closes: CloseFold;
  private readonly pipeline: PipelineFold;
  private readonly responses: ResponseFold;
  private readonly stages: StageFold;
  /** The teams stated so far, while a whole history is folded. */
  private teams: Array<TeamStatement> | undefined;

  constructor(book: Book) {
    this.book = book;
    this.make = new FactMaker(book);
    this.activities = new ActivityFold(this.make);
    this.stages = new StageFold(book, this.make);
    this.closes = new CloseFold(book, this.make, this.stages);
    this.pipeline = new PipelineFold(book, this.make);
    this.responses = new ResponseFold(book, this.make);
  }

  /**
   * From here on (until the next call) steps are those of a whole history: none is refused, activities make no facts of
   * their own and are not counted, and the statements of teams go into `teams`. Undefined: single steps again.
   */
  begin(teams: Array<TeamStatement> | undefined): void {
    this.teams = teams;
    const isWhole = teams !== undefined;
    this.make.last(isWhole);
    this.closes.remember(isWhole);
    this.stages.remember(isWhole);
  }

  private get isWhole(): boolean {
    return this.teams !== undefined;
  }

  step(state: LeadState, event: LeadEvent, out: FactSink): boolean {
    this.make.beginStep();
    switch (event.type) {
      case LeadEventType.created:
        return this.created(state, event, out);
      case LeadEventType.activity:
        return this.activity(state, event, out);
      case LeadEventType.stageChanged:
      case LeadEventType.closed:
        return this.ofDeal(state, event, out);
      default:
        return true;
    }
  }

  /**
   * As step, for an event that does not follow all others: false where it may establish more than a fact of its own. So
   * a lead with very many late activities costs no fold of its history for them.
   */
  stepAside(state: LeadState, event: LeadEvent, out: FactSink): boolean {
    if (!this.activities.isAside(state, event)) return false;
    this.make.beginStep();
    this.activities.count(state, event);
    out.assert(this.activities.fact(state, event, state.teamOf(event.owner)));
    return true;
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
    if (Number.isNaN(state.dueDay)) state.dueDay = event.dueDay;
  }

  /** Where a stage-changed stands among events of its instant: that depends on the lead's pipeline. */
  rankStage(state: LeadState, event: LeadEvent): void {
    if (event.type !== LeadEventType.stageChanged) return;
    event.rank = rankOf(event.type, false, this.book.stage(state.pipeline, event.stage)?.rank ?? 0);
  }

  private created(state: LeadState, event: LeadEvent, out: FactSink): boolean {
    if (!this.isWhole) {
      if (state.created || state.active || state.deals.length > 0) return false;
      this.fillAttributes(state, event);
    }
    this.responses.note(state, event);
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
    if (state.opportunity) out.assert(ofCohort(this.make, state, Kind.cohortOpportunity, event.occurredAtMs));
    return true;
  }

  private activity(state: LeadState, event: LeadEvent, out: FactSink): boolean {
    const { isWhole } = this;
    if (event.humanTouch && !this.responses.touched(state, event, isWhole, out)) return false;
    this.activities.met(state, event, out);
    if (isWhole) return true;
    this.activities.count(state, event);
    out.assert(this.activities.fact(state, event, state.teamOf(event.owner)));
    return true;
  }

  private ofDeal(state: LeadState, event: LeadEvent, out: FactSink): boolean {
    const known = state.deals.find(({ deal }) => deal === event.deal);
    if (!this.isWhole && known !== undefined && needsHistory(known, event)) return false;
    const owner = event.owner || (known === undefined ? state.statedOwner : known.owner);
    const deal = known ?? this.newDeal(state, event.deal);
    this.responses.note(state, event);
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
    if (!Number.isNaN(event.dueDay)) deal.dueDay = event.dueDay;
    this.stages.enter(state, deal, mark, event, out);
    deal.closed = false;
    deal.stage = mark.index;
    if (mark.qualified) this.passQualified(state, event, out);
    if (mark.opportunity) this.passOpportunity(state, deal, event, out);
    this.pipeline.move(state, deal, event, out);
  }

  /** The pipeline is left at the first of several closes in a row; only the last of them is the outcome. */
  private closed(state: LeadState, deal: DealState, event: LeadEvent, out: FactSink): void {
    this.pipeline.leave(state, deal, event, out);
    this.stages.close(state, deal, event, out);
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
    if (state.created) out.assert(ofCohort(this.make, state, Kind.cohortOpportunity, event.occurredAtMs));
  }

  /** The team as the event says, whoever's deal it speaks of. */
  private passing(state: LeadState, kind: number, event: LeadEvent): LiveFact {
    const fact = this.make.ofLead(state, kind, event.birth, event.occurredAtMs);
    fact.team = event.team || fact.team;
    return fact;
  }

  private newDeal(state: LeadState, name: Name): DealState {
    const deal = new DealState(this.book.stagesMax);
    deal.deal = name;
    state.deals.push(deal);
    return deal;
  }

  /** Notes the owner and the team that an event states; a team without an owner is said of the owner it concerns. */
  private stateOwner(state: LeadState, owner: Name, event: LeadEvent): void {
    const known = state.teamOf(owner);
    const team = event.team || known;
    if (team !== known) {
      state.teamsAtMs = event.occurredAtMs;
      this.teams?.push({ event, owner, team });
    }
    if (owner === state.owner) state.team = team;
    else if (event.owner === missing) {
      if (team !== known) state.keepTeam(owner, team);
    } else {
      if (state.team !== missing) state.keepTeam(state.owner, state.team);
      state.team = team;
      state.owner = owner;
    }
  }
}

/** A deal that is closed has something to take back; when one that came back was where, only the history knows. */
const needsHistory = (deal: DealState, event: LeadEvent): boolean =>
  deal.closed || (deal.revisited && event.type === LeadEventType.closed && event.outcome === OutcomeIndex.won);
