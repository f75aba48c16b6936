import type { FactMaker } from "./fact-maker.ts";
import type { LeadEvent } from "./lead-event.ts";
import type { DealState, LeadState } from "./lead-state.ts";
import { type FactSink, Kind, type LiveFact } from "./live-fact.ts";

/**
 * A deal's share of the open pipeline, as a level: in with its values when it enters, out with the same values when
 * it leaves; a change of amount, owner or stage is one out and one in at the same instant.
 */
export class PipelineFold {
  private readonly make: FactMaker;

  constructor(make: FactMaker) {
    this.make = make;
  }

  /** Brings the level in step with the deal after an event. */
  move(state: LeadState, deal: DealState, event: LeadEvent, out: FactSink): void {
    if (deal.closed || !deal.opportunity) return;
    const fact = this.make.ofDeal(state, deal, Kind.dealPipeline, event.birth, event.occurredAtMs);
    fact.ordinal = 1;
    fact.amountMinor = amountOf(state, deal);
    if (deal.inPipeline) {
      if (stays(deal, fact)) return;
      this.leave(state, deal, event, out);
    }
    deal.inPipeline = true;
    deal.segmentAmountMinor = fact.amountMinor;
    deal.segmentOwner = fact.owner;
    deal.segmentTeam = fact.team;
    deal.segmentRegion = fact.region;
    deal.segmentStage = fact.stage;
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
    fact.stage = deal.segmentStage;
    fact.amountMinor = 0 - deal.segmentAmountMinor;
    fact.count = -1;
    out.assert(fact);
  }
}

const stays = (deal: DealState, fact: LiveFact): boolean =>
  deal.segmentAmountMinor === fact.amountMinor &&
  deal.segmentOwner === fact.owner &&
  deal.segmentTeam === fact.team &&
  deal.segmentRegion === fact.region &&
  deal.segmentStage === fact.stage;

/** The latest amount stated by a stage-changed, else the lead's expected value, else 0. */
const amountOf = (state: LeadState, deal: DealState): number => {
  if (!Number.isNaN(deal.amountMinor)) return deal.amountMinor;
  return Number.isNaN(state.expectedValueMinor) ? 0 : state.expectedValueMinor;
};
