import { DealState, LeadState, missing } from "@leadwire/funnel";
import { accountIsLead } from "../codec/fact-encoder.ts";
import { PagedRows } from "../state/paged-rows.ts";
import { TextTable } from "../state/text-table.ts";
import { bloomWords } from "./known-ids.ts";

/** Columns of a lead's row: 64-bit ones, then 32-bit ones. */
const Wide = { createdAtMs: 0, touchAtMs: 1, expectedValueMinor: 2, wonAtMs: 3, lastAtMs: 4, answeredAtMs: 5 } as const;
const Narrow = {
  flags: 0,
  lastRank: 1,
  history: 2,
  events: 3,
  creation: 4,
  deals: 5,
  account: 6,
  channel: 7,
  campaign: 8,
  region: 9,
  segment: 10,
  product: 11,
  pipeline: 12,
  owner: 13,
  team: 14,
  statedOwner: 15,
  createdOwner: 16,
  createdTeam: 17,
  createdRegion: 18,
  slaOwner: 19,
  slaTeam: 20,
  slaRegion: 21,
  waitingOwner: 22,
  waitingTeam: 23,
  waitingRegion: 24,
  bloom: 25,
} as const;
const Flag = { slaMet: 1, waiting: 2, qualified: 4, opportunity: 8, severalOwners: 16 } as const;

const DealWide = { amountMinor: 0, segmentAmountMinor: 1 } as const;
const DealNarrow = {
  next: 0,
  deal: 1,
  stage: 2,
  flags: 3,
  owner: 4,
  segmentOwner: 5,
  segmentTeam: 6,
  segmentRegion: 7,
  segmentStage: 8,
} as const;
const DealFlag = { closed: 1, opportunity: 2, inPipeline: 4 } as const;

/** What the task keeps of a lead's history beside the fold's summary. */
export class LeadCursor {
  /** The newest event of the history in canonical order. */
  lastAtMs = Number.NEGATIVE_INFINITY;
  lastRank = 0;
  /** Reference to the entry added last; -1: none. */
  history = -1;
  events = 0;
  readonly bloom = new Int32Array(bloomWords);
}

/** The summaries of all leads of a task, one flat row each; a lead's number is that of its id in `ids`. */
export class LeadTable {
  readonly ids = new TextTable();
  readonly rows = new PagedRows(6, 34);
  readonly deals = new PagedRows(2, 10);
  /** The rows of the loaded lead's deals, in the order of its state's deals. */
  private readonly dealRows: Array<number> = [];
  private dealCount = 0;
  /** What `load` fills, again and again: deals, and the list of a lead with some. An emptied array loses its memory. */
  private readonly spareDeals: Array<DealState> = [];
  private readonly someDeals: Array<DealState> = [];
  private readonly blank = emptyState();
  private readonly blankCursor = new LeadCursor();

  /** The lead with this id; -1 where there is none. */
  find(view: DataView, start: number, end: number): number {
    return this.ids.findSpan(view, start, end);
  }

  /** The lead with this id; made when it is new. */
  numberOf(view: DataView, start: number, end: number): number {
    const lead = this.ids.internSpan(view, start, end);
    if (lead < this.rows.length) return lead;
    const row = this.rows.add();
    if (row !== lead) throw new Error("a lead's id and its row have parted");
    this.write(row, this.blank, this.blankCursor);
    return lead;
  }

  /** The deals in `state` hold until the next `load`. */
  load(lead: number, state: LeadState, cursor: LeadCursor): void {
    this.rows.locate(lead);
    const { f64, i32 } = this.rows;
    const f = this.rows.f64At;
    const i = this.rows.i32At;
    state.createdAtMs = f64[f + Wide.createdAtMs] as number;
    state.touchAtMs = f64[f + Wide.touchAtMs] as number;
    state.expectedValueMinor = f64[f + Wide.expectedValueMinor] as number;
    state.wonAtMs = f64[f + Wide.wonAtMs] as number;
    state.answeredAtMs = f64[f + Wide.answeredAtMs] as number;
    cursor.lastAtMs = f64[f + Wide.lastAtMs] as number;
    const flags = i32[i + Narrow.flags] as number;
    state.slaMet = (flags & Flag.slaMet) !== 0;
    state.waiting = (flags & Flag.waiting) !== 0;
    state.qualified = (flags & Flag.qualified) !== 0;
    state.opportunity = (flags & Flag.opportunity) !== 0;
    state.severalOwners = (flags & Flag.severalOwners) !== 0;
    cursor.lastRank = i32[i + Narrow.lastRank] as number;
    cursor.history = i32[i + Narrow.history] as number;
    cursor.events = i32[i + Narrow.events] as number;
    for (let n = 0; n < bloomWords; n += 1) cursor.bloom[n] = i32[i + Narrow.bloom + n] as number;
    state.creation = i32[i + Narrow.creation] as number;
    state.lead = accountIsLead;
    state.account = i32[i + Narrow.account] as number;
    state.channel = i32[i + Narrow.channel] as number;
    state.campaign = i32[i + Narrow.campaign] as number;
    state.region = i32[i + Narrow.region] as number;
    state.segment = i32[i + Narrow.segment] as number;
    state.product = i32[i + Narrow.product] as number;
    state.pipeline = i32[i + Narrow.pipeline] as number;
    state.owner = i32[i + Narrow.owner] as number;
    state.team = i32[i + Narrow.team] as number;
    state.statedOwner = i32[i + Narrow.statedOwner] as number;
    state.createdOwner = i32[i + Narrow.createdOwner] as number;
    state.createdTeam = i32[i + Narrow.createdTeam] as number;
    state.createdRegion = i32[i + Narrow.createdRegion] as number;
    state.slaOwner = i32[i + Narrow.slaOwner] as number;
    state.slaTeam = i32[i + Narrow.slaTeam] as number;
    state.slaRegion = i32[i + Narrow.slaRegion] as number;
    state.waitingOwner = i32[i + Narrow.waitingOwner] as number;
    state.waitingTeam = i32[i + Narrow.waitingTeam] as number;
    state.waitingRegion = i32[i + Narrow.waitingRegion] as number;
    this.loadDeals(i32[i + Narrow.deals] as number, state);
  }

  /** Writes back what `load` gave out, or what a whole fold made of it. */
  store(lead: number, state: LeadState, cursor: LeadCursor): void {
    this.write(lead, state, cursor);
    this.storeDeals(lead, state);
  }

  private write(lead: number, state: LeadState, cursor: LeadCursor): void {
    this.rows.change(lead);
    const { f64, i32 } = this.rows;
    const f = this.rows.f64At;
    const i = this.rows.i32At;
    f64[f + Wide.createdAtMs] = state.createdAtMs;
    f64[f + Wide.touchAtMs] = state.touchAtMs;
    f64[f + Wide.expectedValueMinor] = state.expectedValueMinor;
    f64[f + Wide.wonAtMs] = state.wonAtMs;
    f64[f + Wide.lastAtMs] = cursor.lastAtMs;
    f64[f + Wide.answeredAtMs] = state.answeredAtMs;
    i32[i + Narrow.flags] =
      (state.slaMet ? Flag.slaMet : 0) |
      (state.waiting ? Flag.waiting : 0) |
      (state.qualified ? Flag.qualified : 0) |
      (state.opportunity ? Flag.opportunity : 0) |
      (state.severalOwners ? Flag.severalOwners : 0);
    i32[i + Narrow.lastRank] = cursor.lastRank;
    i32[i + Narrow.history] = cursor.history;
    i32[i + Narrow.events] = cursor.events;
    for (let n = 0; n < bloomWords; n += 1) i32[i + Narrow.bloom + n] = cursor.bloom[n] as number;
    i32[i + Narrow.creation] = state.creation;
    i32[i + Narrow.account] = state.account;
    i32[i + Narrow.channel] = state.channel;
    i32[i + Narrow.campaign] = state.campaign;
    i32[i + Narrow.region] = state.region;
    i32[i + Narrow.segment] = state.segment;
    i32[i + Narrow.product] = state.product;
    i32[i + Narrow.pipeline] = state.pipeline;
    i32[i + Narrow.owner] = state.owner;
    i32[i + Narrow.team] = state.team;
    i32[i + Narrow.statedOwner] = state.statedOwner;
    i32[i + Narrow.createdOwner] = state.createdOwner;
    i32[i + Narrow.createdTeam] = state.createdTeam;
    i32[i + Narrow.createdRegion] = state.createdRegion;
    i32[i + Narrow.slaOwner] = state.slaOwner;
    i32[i + Narrow.slaTeam] = state.slaTeam;
    i32[i + Narrow.slaRegion] = state.slaRegion;
    i32[i + Narrow.waitingOwner] = state.waitingOwner;
    i32[i + Narrow.waitingTeam] = state.waitingTeam;
    i32[i + Narrow.waitingRegion] = state.waitingRegion;
  }

  /** A deal's row number is kept plus one, so that a row of zeros has none. */
  private loadDeals(first: number, state: LeadState): void {
    this.dealCount = 0;
    if (first === 0) {
      if (state.deals === this.someDeals || state.deals.length > 0) state.deals = [];
      return;
    }
    const deals = this.someDeals;
    for (let link = first; link !== 0; ) {
      const row = link - 1;
      this.deals.locate(row);
      const { f64, i32 } = this.deals;
      const f = this.deals.f64At;
      const i = this.deals.i32At;
      const flags = i32[i + DealNarrow.flags] as number;
      const deal = this.spareDeal(this.dealCount);
      deal.deal = i32[i + DealNarrow.deal] as number;
      deal.stage = i32[i + DealNarrow.stage] as number;
      deal.amountMinor = f64[f + DealWide.amountMinor] as number;
      deal.owner = i32[i + DealNarrow.owner] as number;
      deal.closed = (flags & DealFlag.closed) !== 0;
      deal.opportunity = (flags & DealFlag.opportunity) !== 0;
      deal.inPipeline = (flags & DealFlag.inPipeline) !== 0;
      deal.segmentAmountMinor = f64[f + DealWide.segmentAmountMinor] as number;
      deal.segmentOwner = i32[i + DealNarrow.segmentOwner] as number;
      deal.segmentTeam = i32[i + DealNarrow.segmentTeam] as number;
      deal.segmentRegion = i32[i + DealNarrow.segmentRegion] as number;
      deal.segmentStage = i32[i + DealNarrow.segmentStage] as number;
      deals[this.dealCount] = deal;
      this.dealRows[this.dealCount] = row;
      this.dealCount += 1;
      link = i32[i + DealNarrow.next] as number;
    }
    if (deals.length > this.dealCount) deals.length = this.dealCount;
    state.deals = deals;
  }

  private spareDeal(n: number): DealState {
    const known = this.spareDeals[n];
    if (known !== undefined) return known;
    const deal = new DealState();
    this.spareDeals.push(deal);
    return deal;
  }

  private storeDeals(lead: number, state: LeadState): void {
    for (; this.dealCount < state.deals.length; this.dealCount += 1) this.dealRows[this.dealCount] = this.deals.add();
    const { deals, dealRows } = this;
    for (let n = 0; n < state.deals.length; n += 1) {
      const deal = state.deals[n] as DealState;
      deals.change(dealRows[n] as number);
      const { f64, i32 } = deals;
      const f = deals.f64At;
      const i = deals.i32At;
      f64[f + DealWide.amountMinor] = deal.amountMinor;
      f64[f + DealWide.segmentAmountMinor] = deal.segmentAmountMinor;
      i32[i + DealNarrow.next] = n + 1 < state.deals.length ? (dealRows[n + 1] as number) + 1 : 0;
      i32[i + DealNarrow.deal] = deal.deal;
      i32[i + DealNarrow.stage] = deal.stage;
      i32[i + DealNarrow.flags] =
        (deal.closed ? DealFlag.closed : 0) |
        (deal.opportunity ? DealFlag.opportunity : 0) |
        (deal.inPipeline ? DealFlag.inPipeline : 0);
      i32[i + DealNarrow.owner] = deal.owner;
      i32[i + DealNarrow.segmentOwner] = deal.segmentOwner;
      i32[i + DealNarrow.segmentTeam] = deal.segmentTeam;
      i32[i + DealNarrow.segmentRegion] = deal.segmentRegion;
      i32[i + DealNarrow.segmentStage] = deal.segmentStage;
    }
    this.rows.change(lead);
    this.rows.i32[this.rows.i32At + Narrow.deals] = state.deals.length > 0 ? (dealRows[0] as number) + 1 : 0;
  }
}

const emptyState = (): LeadState => {
  const state = new LeadState();
  state.lead = missing;
  return state;
};
