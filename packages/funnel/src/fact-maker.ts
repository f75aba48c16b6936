import type { Book } from "./book.ts";
import type { DealState, LeadState } from "./lead-state.ts";
import { Kind, LiveFact } from "./live-fact.ts";
import { missing, type Name } from "./names.ts";

/** Which team was last stated with an owner; known only while a whole history is folded. */
export type TeamsStated = Map<Name, Name>;

/** Makes facts with the dimensions that a lead's history gives them at an instant (kpis.md, "Dimensions"). */
export class FactMaker {
  private readonly book: Book;
  teamsStated: TeamsStated | undefined;
  /** The facts of one step, used again by the next: most events make one or two, and nobody keeps them. */
  private readonly ofStep: Array<LiveFact> = [];
  private used = 0;

  constructor(book: Book) {
    this.book = book;
  }

  /** From here on a new step, whose facts may take the place of the last one's. */
  beginStep(): void {
    this.used = 0;
  }

  /** A fact of the lead's own, under its owner at the instant. */
  ofLead(state: LeadState, kind: number, birth: number, atMs: number): LiveFact {
    const fact = this.attributed(state, kind, birth, atMs);
    this.place(fact, state, state.owner);
    return fact;
  }

  /** A fact of one deal, under the deal's owner at the instant. */
  ofDeal(state: LeadState, deal: DealState, kind: number, birth: number, atMs: number): LiveFact {
    const fact = this.attributed(state, kind, birth, atMs);
    fact.deal = deal.deal;
    this.place(fact, state, deal.owner);
    if (kind === Kind.dealPipeline) fact.stage = this.book.marks[deal.stage]?.name ?? missing;
    return fact;
  }

  /** A fact with what the lead-created says, and no owner yet. */
  attributed(state: LeadState, kind: number, birth: number, atMs: number): LiveFact {
    const fact = this.blank();
    fact.kind = kind;
    fact.birth = birth;
    fact.atMs = atMs;
    fact.channel = state.channel;
    fact.campaign = state.campaign;
    fact.segment = state.segment;
    fact.product = state.product;
    fact.pipeline = state.pipeline;
    return fact;
  }

  /** Facts of a whole history last. */
  private blank(): LiveFact {
    if (this.teamsStated !== undefined) return new LiveFact();
    const known = this.ofStep[this.used];
    this.used += 1;
    if (known !== undefined) {
      known.clear();
      return known;
    }
    const fact = new LiveFact();
    this.ofStep.push(fact);
    return fact;
  }

  /** The team last stated with an owner, else missing: the people list decides then. */
  statedTeam(state: LeadState, owner: Name): Name {
    return owner === state.owner ? state.team : (this.teamsStated?.get(owner) ?? missing);
  }

  private place(fact: LiveFact, state: LeadState, owner: Name): void {
    const team = this.statedTeam(state, owner);
    fact.owner = owner;
    fact.team = team;
    fact.region = state.region;
    if (team !== missing && state.region !== missing) return;
    const placement = this.book.placement(owner, fact.atMs);
    fact.team = team || placement.team;
    fact.region = state.region || placement.region;
  }
}
