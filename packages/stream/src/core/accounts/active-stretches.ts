import { Kind } from "@leadwire/funnel";
import { type AccountEntry, compareEntries } from "./account-entry.ts";
import type { AccountFacts } from "./account-facts.ts";

/** Where a stretch begins or ends, and the entry that has it so: of several at one instant the first in order. */
interface Edge {
  readonly atMs: number;
  readonly entry: AccountEntry;
}

interface Stretch {
  readonly begin: Edge;
  /** By what has ended or says when it will; undefined where only running subscriptions hold it. */
  readonly end: Edge | undefined;
  /** Subscriptions run: it has no end yet. */
  readonly isOpen: boolean;
}

const Ordinal = { begin: 0, end: 1 } as const;

const endMsOf = ({ end, isOpen }: Stretch): number => (isOpen || end === undefined ? Infinity : end.atMs);
const earlier = (a: Edge, b: Edge): Edge => (compareEntries(a.entry, b.entry) <= 0 ? a : b);
const later = (a: Edge | undefined, b: Edge | undefined): Edge | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  return a.atMs === b.atMs ? earlier(a, b) : a.atMs > b.atMs ? a : b;
};

/**
 * When an account is an active customer: the union of a win's term and of the time in which subscriptions cost
 * something. Its edges are the facts; an end that lies ahead is asserted by what sets it. Wins may come in any order,
 * a subscription's events only after all else that lies before them.
 */
export class ActiveStretches {
  private readonly facts: AccountFacts;
  /** In order; no two touch. */
  private readonly stretches: Array<Stretch> = [];
  /** Subscriptions that run. */
  private running = 0;

  constructor(facts: AccountFacts) {
    this.facts = facts;
  }

  /** A win's term. */
  span(entry: AccountEntry, endMs: number): void {
    if (endMs > entry.atMs)
      this.unite({ begin: { atMs: entry.atMs, entry }, end: { atMs: endMs, entry }, isOpen: false });
  }

  /** A subscription begins to cost something. */
  start(entry: AccountEntry): void {
    this.running += 1;
    if (this.running === 1) this.unite({ begin: { atMs: entry.atMs, entry }, end: undefined, isOpen: true });
  }

  /** One that ran ends. */
  stop(entry: AccountEntry): void {
    this.running -= 1;
    if (this.running > 0) return;
    const open = this.stretches.pop();
    if (open === undefined) throw new Error("a subscription ended that never ran");
    this.drop(open);
    const end = later(open.end, { atMs: entry.atMs, entry });
    // Begun and ended in one instant: no stretch at all.
    if (end === undefined || end.atMs <= open.begin.atMs) return;
    const closed = { begin: open.begin, end, isOpen: false };
    this.stretches.push(closed);
    this.put(closed);
  }

  private unite(one: Stretch): void {
    const { stretches } = this;
    const from = this.firstReaching(one.begin.atMs);
    const endMs = endMsOf(one);
    let united = one;
    let to = from;
    for (; to < stretches.length; to += 1) {
      const other = stretches[to] as Stretch;
      if (other.begin.atMs > endMs) break;
      this.drop(other);
      united = {
        begin: earlier(united.begin, other.begin),
        end: later(united.end, other.end),
        isOpen: united.isOpen || other.isOpen,
      };
    }
    stretches.splice(from, to - from, united);
    this.put(united);
  }

  /** The first stretch that ends at an instant or after it. */
  private firstReaching(atMs: number): number {
    let low = 0;
    let high = this.stretches.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (endMsOf(this.stretches[middle] as Stretch) >= atMs) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private put(stretch: Stretch): void {
    const { begin, end, isOpen } = stretch;
    const { facts } = this;
    facts.put(begin.entry.birth, { kind: Kind.customerActive, ordinal: Ordinal.begin, atMs: begin.atMs });
    if (isOpen || end === undefined) return;
    facts.put(end.entry.birth, { kind: Kind.customerActive, ordinal: Ordinal.end, count: -1, atMs: end.atMs });
  }

  private drop({ begin, end, isOpen }: Stretch): void {
    this.facts.drop(begin.entry.birth, Kind.customerActive, Ordinal.begin);
    if (!isOpen && end !== undefined) this.facts.drop(end.entry.birth, Kind.customerActive, Ordinal.end);
  }
}
