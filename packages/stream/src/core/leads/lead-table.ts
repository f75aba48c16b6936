import { LeadState, missing } from "@leadwire/funnel";
import { accountIsLead } from "../codec/fact-encoder.ts";
import { PagedRows } from "../state/paged-rows.ts";
import { TextTable } from "../state/text-table.ts";
import { DealTable } from "./deal-table.ts";
import { bloomWords } from "./known-ids.ts";
import { dayOfWord, minuteOfWord, wordOfDay, wordOfMinute } from "./narrow-time.ts";
import { TeamTable } from "./team-table.ts";

/** Columns of a lead's row: 64-bit ones, then 32-bit ones. */
const Wide = { createdAtMs: 0, expectedValueMinor: 1, lastAtMs: 2, answeredAtMs: 3 } as const;
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
  waitingTeam: 19,
  waitingRegion: 20,
  otherTeams: 21,
  teamsMinute: 22,
  /** Of the first meeting held the minute; before it the touches so far. */
  meeting: 23,
  dueDay: 24,
  bloom: 25,
} as const;
const Flag = { waiting: 1, qualified: 2, opportunity: 4, won: 8, active: 16, met: 32 } as const;
/** Above the flags: the SLAs that were met. */
const slasShift = 8;

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
  private readonly rows = new PagedRows(4, 34);
  private readonly deals: DealTable;
  private readonly teams = new TeamTable();
  private readonly blank = emptyState();
  private readonly blankCursor = new LeadCursor();

  /** `stages`: how many the longest pipeline has. */
  constructor(stages: number) {
    this.deals = new DealTable(stages);
  }

  /** In a fixed order, for the state's store; the first has a row for each lead. */
  get tables(): ReadonlyArray<PagedRows> {
    return [this.rows, this.deals.rows, this.teams.rows];
  }

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
    state.expectedValueMinor = f64[f + Wide.expectedValueMinor] as number;
    state.answeredAtMs = f64[f + Wide.answeredAtMs] as number;
    state.touchAtMs = Number.NaN;
    cursor.lastAtMs = f64[f + Wide.lastAtMs] as number;
    const flags = i32[i + Narrow.flags] as number;
    state.waiting = (flags & Flag.waiting) !== 0;
    state.qualified = (flags & Flag.qualified) !== 0;
    state.opportunity = (flags & Flag.opportunity) !== 0;
    state.won = (flags & Flag.won) !== 0;
    state.active = (flags & Flag.active) !== 0;
    state.slasMet = flags >> slasShift;
    const meeting = i32[i + Narrow.meeting] as number;
    const met = (flags & Flag.met) !== 0;
    state.metAtMs = met ? minuteOfWord(meeting) : Number.NaN;
    state.touches = met ? 0 : meeting;
    state.teamsAtMs = minuteOfWord(i32[i + Narrow.teamsMinute] as number);
    state.dueDay = dayOfWord(i32[i + Narrow.dueDay] as number);
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
    // Whoever takes a lead that waits takes its waiting too.
    state.waitingOwner = state.owner;
    state.waitingTeam = i32[i + Narrow.waitingTeam] as number;
    state.waitingRegion = i32[i + Narrow.waitingRegion] as number;
    const deals = i32[i + Narrow.deals] as number;
    this.teams.load(i32[i + Narrow.otherTeams] as number, state);
    this.deals.load(deals, state);
  }

  /** Writes back what `load` gave out, or what a whole fold made of it. */
  store(lead: number, state: LeadState, cursor: LeadCursor): void {
    this.write(lead, state, cursor);
    const deals = this.deals.store(state);
    const teams = this.teams.store(state);
    const { i32, i32At } = this.rows;
    i32[i32At + Narrow.deals] = deals;
    i32[i32At + Narrow.otherTeams] = teams;
  }

  private write(lead: number, state: LeadState, cursor: LeadCursor): void {
    this.rows.change(lead);
    const { f64, i32 } = this.rows;
    const f = this.rows.f64At;
    const i = this.rows.i32At;
    f64[f + Wide.createdAtMs] = state.createdAtMs;
    f64[f + Wide.expectedValueMinor] = state.expectedValueMinor;
    f64[f + Wide.lastAtMs] = cursor.lastAtMs;
    f64[f + Wide.answeredAtMs] = state.answeredAtMs;
    i32[i + Narrow.flags] =
      (state.waiting ? Flag.waiting : 0) |
      (state.qualified ? Flag.qualified : 0) |
      (state.opportunity ? Flag.opportunity : 0) |
      (state.won ? Flag.won : 0) |
      (state.active ? Flag.active : 0) |
      (state.met ? Flag.met : 0) |
      (state.slasMet << slasShift);
    i32[i + Narrow.meeting] = state.met ? wordOfMinute(state.metAtMs) : state.touches;
    i32[i + Narrow.teamsMinute] = wordOfMinute(state.teamsAtMs);
    i32[i + Narrow.dueDay] = wordOfDay(state.dueDay);
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
    i32[i + Narrow.waitingTeam] = state.waitingTeam;
    i32[i + Narrow.waitingRegion] = state.waitingRegion;
  }
}

const emptyState = (): LeadState => {
  const state = new LeadState();
  state.lead = missing;
  return state;
};
