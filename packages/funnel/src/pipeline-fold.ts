import type { Book } from "./book.ts";
import type { FactMaker } from "./fact-maker.ts";
import type { LeadEvent } from "./lead-event.ts";
import type { DealState, LeadState } from "./lead-state.ts";
import { type FactSink, Kind, type LiveFact } from "./live-fact.ts";
import { missing } from "./names.ts";

/**
 * A deal's share of the open pipeline, as a level: in with its values when it enters, out with the same values when
 * it leaves; a change of amount, expected close, owner or stage is one out and one in at the same instant.
 */
export class PipelineFold {
  private readonly book: Book;
  private readonly make: FactMaker;

  constructor(book: Book, make: FactMaker) {
    this.book = book;
    this.make = make;
  }

  /** Brings the level in step with the deal after an event. */
  move(state: LeadState, deal: DealState, event: LeadEvent, out: FactSink): void {
    if (deal.closed || !deal.opportunity) return;
    const fact = this.make.ofDeal(state, deal, Kind.dealPipeline, event.birth, event.occurredAtMs);
    fact.ordinal = 1;
    fact.amountMinor = openAmountMinor(state, deal);
    const dueDay = dueDayOf(state, deal);
    if (deal.inPipeline) {
      if (stays(deal, fact, dueDay)) return;
      this.leave(state, deal, event, out);
    }
    deal.inPipeline = true;
    deal.segmentAmountMinor = fact.amountMinor;
    deal.segmentDueDay = dueDay;
    deal.segmentOwner = fact.owner;
    deal.segmentTeam = fact.team;
    deal.segmentRegion = fact.region;
    deal.segmentStage = deal.stage;
    this.weigh(deal, fact);
    out.assert(fact);
  }

  leave(state: LeadState, deal: DealState, event: LeadEvent, out: FactSink): void {
    if (!deal.inPipeline) return;
    deal.inPipeline = false;
    const fact = this.make.attributed(state, Kind.dealPipeline, event.birth, event.occurredAtMs);
    fact.deal = deal.deal;
    fact.owner = deal.segmentOwner;
    fact.team = deal.segmentTeam;
    fact.region = deal.segmentRegion;
    fact.amountMinor = 0 - deal.segmentAmountMinor;
    fact.count = -1;
    this.weigh(deal, fact);
    out.assert(fact);
  }

  private weigh(deal: DealState, fact: LiveFact): void {
    const mark = this.book.marks[deal.segmentStage];
    fact.stage = mark?.name ?? missing;
    fact.bin = mark?.probability ?? Number.NaN;
    fact.dueAtMs = this.book.dayStartMs(deal.segmentDueDay);
  }
}

const stays = (deal: DealState, fact: LiveFact, dueDay: number): boolean =>
  deal.segmentStage === deal.stage &&
  deal.segmentAmountMinor === fact.amountMinor &&
  Object.is(deal.segmentDueDay, dueDay) &&
  deal.segmentOwner === fact.owner &&
  deal.segmentTeam === fact.team &&
  deal.segmentRegion === fact.region;

/** The latest amount stated by a stage-changed, else the lead's expected value, else 0. */
export const openAmountMinor = (state: LeadState, deal: DealState): number => {
  if (!Number.isNaN(deal.amountMinor)) return deal.amountMinor;
  return Number.isNaN(state.expectedValueMinor) ? 0 : state.expectedValueMinor;
};

/** The day a deal is expected to close on: the latest stated by a stage-changed, else the lead's; NaN: none. */
export const dueDayOf = (state: LeadState, deal: DealState): number =>
  Number.isNaN(deal.dueDay) ? state.dueDay : deal.dueDay;
