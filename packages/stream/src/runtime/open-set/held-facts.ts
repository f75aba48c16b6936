import { type Dimension, dimensions } from "@leadwire/funnel";
import { PagedRows } from "../../core/state/paged-rows.ts";

/** What a level's fact says, of one version. */
export interface LevelFact {
  /** Of the fact's id: tells the facts of one entity apart. */
  readonly hash: number;
  readonly version: number;
  readonly isPresent: boolean;
  /** 1, or -1 where the level falls. */
  readonly count: number;
  readonly atMs: number;
  readonly appendTimeMs: number;
  readonly isBackfill: boolean;
  readonly amountMinor: number;
  readonly dueAtMs: number | null;
  readonly cohortAtMs: number | null;
  readonly dimensions: Readonly<Record<Dimension, string>>;
}

const Wide = { at: 0, version: 1, append: 2, amount: 3, due: 4, cohort: 5 } as const;
const Narrow = { next: 0, hash: 1, flags: 2, dimensions: 3 } as const;
const Flag = { present: 1, falls: 2, backfill: 4 } as const;

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/**
 * Facts in chains, 96 bytes each and no object: what waits may be a million leads. Rows that are given back are used
 * again. The values of dimensions are few and kept for good.
 */
export class HeldFacts {
  private readonly rows = new PagedRows(6, 12);
  private readonly free: Array<number> = [];
  private readonly names = new Map<string, number>();
  private readonly texts: Array<string> = [];

  /** Facts held. */
  get size(): number {
    return this.rows.length - this.free.length;
  }

  /** Puts a fact in front of a chain (-1: an empty one); answers the chain's new head. */
  add(next: number, fact: LevelFact): number {
    const row = this.free.pop() ?? this.rows.add();
    this.write(row, fact);
    this.rows.i32[this.rows.i32At + Narrow.next] = next;
    return row;
  }

  /** The row of a fact within a chain, else -1. */
  find(head: number, hash: number): number {
    for (let row = head; row !== -1; row = this.next(row)) {
      this.rows.locate(row);
      if (this.rows.i32[this.rows.i32At + Narrow.hash] === hash) return row;
    }
    return -1;
  }

  next(row: number): number {
    this.rows.locate(row);
    return this.rows.i32[this.rows.i32At + Narrow.next] as number;
  }

  version(row: number): number {
    this.rows.locate(row);
    return this.rows.f64[this.rows.f64At + Wide.version] as number;
  }

  /** What the present facts of a chain add up to. */
  sum(head: number): number {
    let sum = 0;
    for (let row = head; row !== -1; row = this.next(row)) {
      this.rows.locate(row);
      const flags = this.rows.i32[this.rows.i32At + Narrow.flags] as number;
      if ((flags & Flag.present) !== 0) sum += (flags & Flag.falls) === 0 ? 1 : -1;
    }
    return sum;
  }

  /** Replaces a fact, which stays where it is in its chain. */
  write(row: number, fact: LevelFact): void {
    const { rows } = this;
    rows.locate(row);
    const { f64, i32, f64At: f, i32At: i } = rows;
    f64[f + Wide.at] = fact.atMs;
    f64[f + Wide.version] = fact.version;
    f64[f + Wide.append] = fact.appendTimeMs;
    f64[f + Wide.amount] = fact.amountMinor;
    f64[f + Wide.due] = fact.dueAtMs ?? Number.NaN;
    f64[f + Wide.cohort] = fact.cohortAtMs ?? Number.NaN;
    i32[i + Narrow.hash] = fact.hash;
    i32[i + Narrow.flags] =
      (fact.isPresent ? Flag.present : 0) | (fact.count < 0 ? Flag.falls : 0) | (fact.isBackfill ? Flag.backfill : 0);
    for (const [n, dimension] of dimensions.entries())
      i32[i + Narrow.dimensions + n] = this.nameOf(fact.dimensions[dimension]);
  }

  /** The present facts of a chain, in no order. */
  read(head: number): Array<LevelFact> {
    const facts: Array<LevelFact> = [];
    for (let row = head; row !== -1; row = this.next(row)) {
      const fact = this.one(row);
      if (fact.isPresent) facts.push(fact);
    }
    return facts;
  }

  release(head: number): void {
    for (let row = head; row !== -1; ) {
      const next = this.next(row);
      this.free.push(row);
      row = next;
    }
  }

  private one(row: number): LevelFact {
    this.rows.locate(row);
    const { f64, i32, f64At: f, i32At: i } = this.rows;
    const flags = i32[i + Narrow.flags] as number;
    const texts = dimensions.map((name, n) => [name, this.texts[i32[i + Narrow.dimensions + n] as number]]);
    return {
      hash: i32[i + Narrow.hash] as number,
      version: f64[f + Wide.version] as number,
      isPresent: (flags & Flag.present) !== 0,
      count: (flags & Flag.falls) === 0 ? 1 : -1,
      atMs: f64[f + Wide.at] as number,
      appendTimeMs: f64[f + Wide.append] as number,
      isBackfill: (flags & Flag.backfill) !== 0,
      amountMinor: f64[f + Wide.amount] as number,
      dueAtMs: orNull(f64[f + Wide.due] as number),
      cohortAtMs: orNull(f64[f + Wide.cohort] as number),
      dimensions: Object.fromEntries(texts) as Record<Dimension, string>,
    };
  }

  private nameOf(text: string): number {
    const known = this.names.get(text);
    if (known !== undefined) return known;
    const name = this.texts.length;
    this.texts.push(text);
    this.names.set(text, name);
    return name;
  }
}
