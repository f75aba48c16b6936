import { missing, type Name } from "./names.ts";

/** What a step needs to know of one deal. Amounts are minor units of the workspace's currency. */
export class DealState {
  deal: Name = missing;
  /** Index into the book's stage marks of the stage it is in; -1 before any. */
  stage = -1;
  /** Latest stated by a stage-changed; NaN: none. */
  amountMinor = Number.NaN;
  owner: Name = missing;
  closed = false;
  /** It has entered the opportunity stage, or gone past it. */
  opportunity = false;
  /** It counts in the open pipeline, with the values of the segment below. */
  inPipeline = false;
  segmentAmountMinor = 0;
  segmentOwner: Name = missing;
  segmentTeam: Name = missing;
  segmentRegion: Name = missing;
  segmentStage: Name = missing;
}

/**
 * What a step needs to know of one lead: a summary of its history. The fold of a whole history and the step for one
 * more event at its end work on the same class, so the two cannot disagree by construction.
 */
export class LeadState {
  /** NaN while no lead-created is known. */
  createdAtMs = Number.NaN;
  /** The newest human touch before the creation; NaN: none. */
  touchAtMs = Number.NaN;
  /** NaN: none stated. */
  expectedValueMinor = Number.NaN;
  /** Earliest standing win; NaN: none. */
  wonAtMs = Number.NaN;
  /** When the first human touch answered it (its creation, for an early one); NaN while nobody did. */
  answeredAtMs = Number.NaN;
  /** Reference to the first lead-created in the history. */
  creation = 0;
  slaMet = false;
  /** It counts as unanswered, with the values of the segment below. */
  waiting = false;
  qualified = false;
  opportunity = false;
  /** More than one owner has been stated: which team was last stated with which is known only to the history. */
  severalOwners = false;
  /** The id itself as a name: the account of a lead that states none. */
  lead: Name = missing;
  account: Name = missing;
  channel: Name = missing;
  campaign: Name = missing;
  region: Name = missing;
  segment: Name = missing;
  product: Name = missing;
  pipeline: Name = missing;
  owner: Name = missing;
  /** The team last stated with this owner; missing where none was. */
  team: Name = missing;
  /** As the latest lead-created states it: the first owner of a new deal. */
  statedOwner: Name = missing;
  /** Dimensions of the creation, which cohort facts keep. */
  createdOwner: Name = missing;
  createdTeam: Name = missing;
  createdRegion: Name = missing;
  slaOwner: Name = missing;
  slaTeam: Name = missing;
  slaRegion: Name = missing;
  waitingOwner: Name = missing;
  waitingTeam: Name = missing;
  waitingRegion: Name = missing;
  deals: Array<DealState> = [];

  get created(): boolean {
    return !Number.isNaN(this.createdAtMs);
  }
  get answered(): boolean {
    return !Number.isNaN(this.answeredAtMs);
  }
  /** A lead is open until it has a deal and every deal is closed. */
  get open(): boolean {
    if (this.deals.length === 0) return true;
    for (const deal of this.deals) if (!deal.closed) return true;
    return false;
  }
}
