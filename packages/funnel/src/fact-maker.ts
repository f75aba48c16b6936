import type { Book } from "./book.ts";
import type { DealState, LeadState } from "./lead-state.ts";
import { LiveFact } from "./live-fact.ts";
import { missing, type Name } from "./names.ts";

/** Makes facts with the dimensions that a lead's history gives them at an instant (kpis.md, "Dimensions"). */
export class FactMaker {
  private readonly book: Book;
  private lasting = false;
  /** The facts of one step, used again by the next: most events make one or two, and nobody keeps them. */
  private readonly ofStep: Array<LiveFact> = [];
  private used = 0;

  constructor(book: Book) {
    this.book = book;
  }

  /** Whether facts last, as those of a whole history do, or only until the next step. */
  last(lasting: boolean): void {
    this.lasting = lasting;
  }

  /** From here on a new step, whose facts may take the place of the last one's. */
  beginStep(): void {
    this.used = 0;
  }

  /** A fact of the lead's own, under its owner at the instant. */
  ofLead(state: LeadState, kind: number, birth: number, atMs: number): LiveFact {
    const fact = this.attributed(state, kind, birth, atMs);
    this.place(fact, state, state.owner, state.team);
    return fact;
  }

  /** A fact of one deal, under the deal's owner at the instant. */
  ofDeal(state: LeadState, deal: DealState, kind: number, birth: number, atMs: number): LiveFact {
    const fact = this.attributed(state, kind, birth, atMs);
    fact.deal = deal.deal;
    this.place(fact, state, deal.owner, state.teamOf(deal.owner));
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

  /** Another fact of the same event and deal, under the same dimensions but the stage. */
  beside(fact: LiveFact, kind: number, ordinal: number): LiveFact {
    const other = this.blank();
    other.kind = kind;
    other.birth = fact.birth;
    other.ordinal = ordinal;
    other.atMs = fact.atMs;
    other.deal = fact.deal;
    other.owner = fact.owner;
    other.team = fact.team;
    other.region = fact.region;
    other.channel = fact.channel;
    other.campaign = fact.campaign;
    other.segment = fact.segment;
    other.product = fact.product;
    other.pipeline = fact.pipeline;
    return other;
  }

  /** Puts a fact under somebody, in the team last stated with them, else where the people list has them. */
  place(fact: LiveFact, state: LeadState, owner: Name, team: Name): void {
    fact.owner = owner;
    fact.team = team;
    fact.region = state.region;
    if (team !== missing && state.region !== missing) return;
    const placement = this.book.placement(owner, fact.atMs);
    fact.team = team || placement.team;
    fact.region = state.region || placement.region;
  }

  private blank(): LiveFact {
    if (this.lasting) return new LiveFact();
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
}
