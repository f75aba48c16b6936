import { DealState, dueDayOf, type LeadState, openAmountMinor } from "@leadwire/funnel";
import { PagedRows } from "../state/paged-rows.ts";
import { dayOfWord, wordOfDay } from "./narrow-time.ts";

/** Columns of a deal's row; behind the 64-bit ones here, when it came into each stage it stopped in. */
const Wide = { amountMinor: 0, enteredAtMs: 1 } as const;
const Narrow = {
  next: 0,
  deal: 1,
  stage: 2,
  flags: 3,
  owner: 4,
  segmentTeam: 5,
  segmentRegion: 6,
  reached: 7,
  passed: 8,
  dueDay: 9,
} as const;
const Flag = { closed: 1, opportunity: 2, inPipeline: 4, revisited: 8 } as const;
/** Above the flags: the place of the stage it is visiting, plus one. */
const visitShift = 8;

/** The deals of a task's leads, one flat row each, linked from their lead's row in the order of its state's deals. */
export class DealTable {
  readonly rows: PagedRows;
  private readonly stages: number;
  /** The rows of the loaded lead's deals. */
  private readonly loaded: Array<number> = [];
  private count = 0;
  /** What `load` fills, again and again: deals, and the list of a lead with some. An emptied array loses its memory. */
  private readonly spareDeals: Array<DealState> = [];
  private readonly someDeals: Array<DealState> = [];

  /** `stages`: how many the longest pipeline has. */
  constructor(stages: number) {
    this.stages = stages;
    this.rows = new PagedRows(Wide.enteredAtMs + stages, 10);
  }

  /** Deals hold until the next `load`. A row's number is kept plus one, so that a row of zeros has none. */
  load(first: number, state: LeadState): void {
    this.count = 0;
    if (first === 0) {
      if (state.deals === this.someDeals || state.deals.length > 0) state.deals = [];
      return;
    }
    const deals = this.someDeals;
    for (let link = first; link !== 0; ) {
      const deal = this.spareDeal(this.count);
      this.loaded[this.count] = link - 1;
      deals[this.count] = deal;
      this.count += 1;
      link = this.read(link - 1, state, deal);
    }
    if (deals.length > this.count) deals.length = this.count;
    state.deals = deals;
  }

  /** Writes the deals of the lead loaded last; answers the link to the first. */
  store(state: LeadState): number {
    const { loaded, rows } = this;
    for (; this.count < state.deals.length; this.count += 1) loaded[this.count] = rows.add();
    for (let n = 0; n < state.deals.length; n += 1) {
      const next = n + 1 < state.deals.length ? (loaded[n + 1] as number) + 1 : 0;
      this.write(loaded[n] as number, state.deals[n] as DealState, next);
    }
    return state.deals.length > 0 ? (loaded[0] as number) + 1 : 0;
  }

  /** What stands in the pipeline is what the last event of the deal left there: most of it follows from the deal. */
  private read(row: number, state: LeadState, deal: DealState): number {
    this.rows.locate(row);
    const { f64, i32, f64At: f, i32At: i } = this.rows;
    const flags = i32[i + Narrow.flags] as number;
    deal.deal = i32[i + Narrow.deal] as number;
    deal.stage = i32[i + Narrow.stage] as number;
    deal.amountMinor = f64[f + Wide.amountMinor] as number;
    deal.dueDay = dayOfWord(i32[i + Narrow.dueDay] as number);
    deal.owner = i32[i + Narrow.owner] as number;
    deal.closed = (flags & Flag.closed) !== 0;
    deal.opportunity = (flags & Flag.opportunity) !== 0;
    deal.inPipeline = (flags & Flag.inPipeline) !== 0;
    deal.revisited = (flags & Flag.revisited) !== 0;
    deal.visit = (flags >> visitShift) - 1;
    deal.reached = i32[i + Narrow.reached] as number;
    deal.passed = i32[i + Narrow.passed] as number;
    deal.segmentAmountMinor = openAmountMinor(state, deal);
    deal.segmentDueDay = dueDayOf(state, deal);
    deal.segmentOwner = deal.owner;
    deal.segmentTeam = i32[i + Narrow.segmentTeam] as number;
    deal.segmentRegion = i32[i + Narrow.segmentRegion] as number;
    deal.segmentStage = deal.stage;
    for (let n = 0; n < this.stages; n += 1) deal.enteredAtMs[n] = f64[f + Wide.enteredAtMs + n] as number;
    return i32[i + Narrow.next] as number;
  }

  private write(row: number, deal: DealState, next: number): void {
    this.rows.change(row);
    const { f64, i32, f64At: f, i32At: i } = this.rows;
    i32[i + Narrow.next] = next;
    i32[i + Narrow.deal] = deal.deal;
    i32[i + Narrow.stage] = deal.stage;
    f64[f + Wide.amountMinor] = deal.amountMinor;
    i32[i + Narrow.dueDay] = wordOfDay(deal.dueDay);
    i32[i + Narrow.owner] = deal.owner;
    i32[i + Narrow.flags] =
      (deal.closed ? Flag.closed : 0) |
      (deal.opportunity ? Flag.opportunity : 0) |
      (deal.inPipeline ? Flag.inPipeline : 0) |
      (deal.revisited ? Flag.revisited : 0) |
      ((deal.visit + 1) << visitShift);
    i32[i + Narrow.segmentTeam] = deal.segmentTeam;
    i32[i + Narrow.segmentRegion] = deal.segmentRegion;
    i32[i + Narrow.reached] = deal.reached;
    i32[i + Narrow.passed] = deal.passed;
    for (let n = 0; n < this.stages; n += 1) f64[f + Wide.enteredAtMs + n] = deal.enteredAtMs[n] as number;
  }

  private spareDeal(n: number): DealState {
    const known = this.spareDeals[n];
    if (known !== undefined) return known;
    const deal = new DealState(this.stages);
    this.spareDeals.push(deal);
    return deal;
  }
}
