import type { Book, StageMark } from "./book.ts";
import type { FactMaker } from "./fact-maker.ts";
import type { LeadEvent } from "./lead-event.ts";
import type { DealState, LeadState } from "./lead-state.ts";
import { type FactSink, Kind, type LiveFact, OutcomeIndex } from "./live-fact.ts";

/** Milliseconds by place in the pipeline; NaN where the deal never stopped. */
interface StageTimes {
  readonly durationMs: Array<number>;
  readonly businessMs: Array<number>;
}

/**
 * How a deal walks through the stages of its lead's pipeline: what it comes into, what it leaves and how long it stayed.
 * A stage of another pipeline has no place in that walk, so that it stands still meanwhile. What was passed stays passed,
 * whatever comes after. A fact's ordinal is the stage's place, so that an event's facts are told apart.
 */
export class StageFold {
  private readonly book: Book;
  private readonly make: FactMaker;
  /** The time each deal spent in each stage; undefined on the fast path, where no deal comes back into a stage. */
  private spent: Map<DealState, StageTimes> | undefined;

  constructor(book: Book, make: FactMaker) {
    this.book = book;
    this.make = make;
  }

  remember(whole: boolean): void {
    this.spent = whole ? new Map() : undefined;
  }

  /** A stage-changed, once the deal has its owner and before it counts as open again. */
  enter(state: LeadState, deal: DealState, mark: StageMark, event: LeadEvent, out: FactSink): void {
    const stages = this.book.stages(state.pipeline);
    const { rank } = mark;
    if (deal.closed || deal.visit > rank) deal.revisited = true;
    if (stages[rank] !== mark || deal.visit === rank) return;
    if (deal.visit > rank) this.leave(state, deal, stages, OutcomeIndex.regressed, event, out);
    this.pass(state, deal, stages, rank, event, out);
    const bit = 1 << rank;
    this.entered(state, deal, mark, (deal.reached & bit) === 0 ? OutcomeIndex.entered : OutcomeIndex.again, event, out);
    deal.reached |= bit;
    deal.visit = rank;
    deal.enteredAtMs[rank] = event.occurredAtMs;
  }

  /** A close: a win goes past every stage, anything else is where the walk ends. */
  close(state: LeadState, deal: DealState, event: LeadEvent, out: FactSink): void {
    const stages = this.book.stages(state.pipeline);
    if (event.outcome === OutcomeIndex.won) this.pass(state, deal, stages, stages.length, event, out);
    else this.leave(state, deal, stages, event.outcome, event, out);
    deal.visit = -1;
  }

  /** One fact for each stage that a won deal stopped in, with all the time it spent there. */
  times(state: LeadState, deal: DealState, closed: LiveFact, into: Array<LiveFact>): void {
    const stages = this.book.stages(state.pipeline);
    const spent = this.spent?.get(deal);
    for (let rank = 0; rank < stages.length; rank += 1) {
      const fromMs = deal.enteredAtMs[rank] as number;
      if (Number.isNaN(fromMs)) continue;
      const fact = this.make.beside(closed, Kind.wonStageTime, rank);
      fact.stage = (stages[rank] as StageMark).name;
      if (this.spent === undefined) {
        const toMs = nextStopMs(deal, rank, closed.atMs);
        fact.durationMs = toMs - fromMs;
        fact.businessMs = this.book.hours.elapsedMs(fromMs, toMs);
      } else {
        fact.durationMs = spent?.durationMs[rank] ?? 0;
        fact.businessMs = spent?.businessMs[rank] ?? 0;
      }
      into.push(fact);
    }
  }

  /** All stages below a place lie behind the deal from here on, the one it is in included. */
  private pass(
    state: LeadState,
    deal: DealState,
    stages: ReadonlyArray<StageMark>,
    below: number,
    event: LeadEvent,
    out: FactSink,
  ): void {
    for (let rank = 0; rank < below; rank += 1) {
      const bit = 1 << rank;
      const isFirst = (deal.passed & bit) === 0;
      if (rank === deal.visit) {
        this.leave(state, deal, stages, isFirst ? OutcomeIndex.advanced : OutcomeIndex.advancedAgain, event, out);
      } else if (isFirst) {
        const mark = stages[rank] as StageMark;
        if ((deal.reached & bit) === 0) this.entered(state, deal, mark, OutcomeIndex.skipped, event, out);
        out.assert(this.ofStage(state, deal, mark, Kind.stageLeft, OutcomeIndex.advanced, event));
      }
      deal.reached |= bit;
      deal.passed |= bit;
    }
  }

  /** Ends the visit, where there is one. */
  private leave(
    state: LeadState,
    deal: DealState,
    stages: ReadonlyArray<StageMark>,
    outcome: number,
    event: LeadEvent,
    out: FactSink,
  ): void {
    const rank = deal.visit;
    if (rank < 0) return;
    deal.visit = -1;
    const fromMs = deal.enteredAtMs[rank] as number;
    const fact = this.ofStage(state, deal, stages[rank] as StageMark, Kind.stageLeft, outcome, event);
    fact.durationMs = event.occurredAtMs - fromMs;
    fact.businessMs = this.book.hours.elapsedMs(fromMs, event.occurredAtMs);
    if (this.spent !== undefined) this.spend(this.spent, deal, rank, fact);
    out.assert(fact);
  }

  private spend(spent: Map<DealState, StageTimes>, deal: DealState, rank: number, visit: LiveFact): void {
    const times = spent.get(deal) ?? { durationMs: [], businessMs: [] };
    spent.set(deal, times);
    times.durationMs[rank] = (times.durationMs[rank] ?? 0) + visit.durationMs;
    times.businessMs[rank] = (times.businessMs[rank] ?? 0) + visit.businessMs;
  }

  private entered(
    state: LeadState,
    deal: DealState,
    mark: StageMark,
    outcome: number,
    event: LeadEvent,
    out: FactSink,
  ): void {
    out.assert(this.ofStage(state, deal, mark, Kind.stageEntered, outcome, event));
  }

  private ofStage(
    state: LeadState,
    deal: DealState,
    mark: StageMark,
    kind: number,
    outcome: number,
    event: LeadEvent,
  ): LiveFact {
    const fact = this.make.ofDeal(state, deal, kind, event.birth, event.occurredAtMs);
    fact.ordinal = mark.rank;
    fact.stage = mark.name;
    fact.outcome = outcome;
    return fact;
  }
}

/** When a deal that never came back left a stage: at its next stop, else at its close. */
const nextStopMs = (deal: DealState, rank: number, closedAtMs: number): number => {
  for (let next = rank + 1; next < deal.enteredAtMs.length; next += 1) {
    const atMs = deal.enteredAtMs[next] as number;
    if (!Number.isNaN(atMs)) return atMs;
  }
  return closedAtMs;
};
