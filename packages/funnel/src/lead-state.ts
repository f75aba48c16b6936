import { missing, type Name } from "./names.ts";

/** What a step needs to know of one deal. Amounts are minor units of the workspace's currency. */
export class DealState {
  deal: Name = missing;
  /** Index into the book's stage marks of the stage it is in; -1 before any. */
  stage = -1;
  /** Latest stated by a stage-changed; NaN: none. */
  amountMinor = Number.NaN;
  /** The day it is expected to close on as a stage-changed stated it last, since 1970-01-01; NaN: none did. */
  dueDay = Number.NaN;
  owner: Name = missing;
  closed = false;
  /** It has entered the opportunity stage, or gone past it. */
  opportunity = false;
  /** It counts in the open pipeline, with the values of the segment below. */
  inPipeline = false;
  segmentAmountMinor = 0;
  segmentDueDay = Number.NaN;
  segmentOwner: Name = missing;
  segmentTeam: Name = missing;
  segmentRegion: Name = missing;
  /** As `stage`. */
  segmentStage = -1;
  /** Place in the lead's pipeline of the stage it is visiting; -1: none, as before the first and after a close. */
  visit = -1;
  /** Bit n: it has come into stage n of the lead's pipeline or past it, and it has gone past it. */
  reached = 0;
  passed = 0;
  /** It came back into a stage, or came back from a close: when it was where is known only to the history. */
  revisited = false;
  /** By place in the lead's pipeline: when it came into a stage it stopped in, the latest time; NaN: it never did. */
  readonly enteredAtMs: Array<number>;

  constructor(stages: number) {
    this.enteredAtMs = new Array<number>(stages).fill(Number.NaN);
  }
}

/** The team that was last stated with an owner. */
export interface StatedTeam {
  owner: Name;
  team: Name;
}

/**
 * What a step needs to know of one lead: a summary of its history. The fold of a whole history and the step for one
 * more event at its end work on the same class, so the two cannot disagree by construction.
 */
export class LeadState {
  /** NaN while no lead-created is known. */
  createdAtMs = Number.NaN;
  /** The newest human touch before the creation; NaN: none. Of a whole history only: a step refuses such a creation. */
  touchAtMs = Number.NaN;
  /** NaN: none stated. */
  expectedValueMinor = Number.NaN;
  /** The day its deals are expected to close on, since 1970-01-01; NaN: none stated. */
  dueDay = Number.NaN;
  /** When the first human touch answered it (its creation, for an early one); NaN while nobody did. */
  answeredAtMs = Number.NaN;
  /** When the first meeting was held, or some instant up to a minute later; NaN while none was. */
  metAtMs = Number.NaN;
  /** The newest statement of a team that was not known, or some instant up to a minute later; NaN: none. */
  teamsAtMs = Number.NaN;
  /** Human touches so far; means nothing once a meeting was held. */
  touches = 0;
  /** Reference to the first lead-created in the history. */
  creation = 0;
  /** By `SlaFold.bit`: which SLAs it met. */
  slasMet = 0;
  /** It counts as unanswered, with the values of the segment below. */
  waiting = false;
  qualified = false;
  opportunity = false;
  /** A win of one of its deals stands. */
  won = false;
  /** It has activities: their facts carry what a lead-created after them says. */
  active = false;
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
  waitingOwner: Name = missing;
  waitingTeam: Name = missing;
  waitingRegion: Name = missing;
  deals: Array<DealState> = [];
  /** The teams stated with others than the present owner; of the present one where it was the owner before. */
  otherTeams: Array<StatedTeam> = [];

  get created(): boolean {
    return !Number.isNaN(this.createdAtMs);
  }
  get answered(): boolean {
    return !Number.isNaN(this.answeredAtMs);
  }
  get met(): boolean {
    return !Number.isNaN(this.metAtMs);
  }
  /** A lead is open until it has a deal and every deal is closed. */
  get open(): boolean {
    if (this.deals.length === 0) return true;
    for (const deal of this.deals) if (!deal.closed) return true;
    return false;
  }

  /** The team last stated with an owner; missing where none was: the people list decides then. */
  teamOf(owner: Name): Name {
    if (owner === this.owner) return this.team;
    for (const stated of this.otherTeams) if (stated.owner === owner) return stated.team;
    return missing;
  }

  /** Notes a team stated with somebody who is not the present owner. */
  keepTeam(owner: Name, team: Name): void {
    for (const stated of this.otherTeams) {
      if (stated.owner !== owner) continue;
      stated.team = team;
      return;
    }
    this.otherTeams.push({ owner, team });
  }
}
