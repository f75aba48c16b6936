import { LiveFact, missing, type Name, sameFact } from "@leadwire/funnel";
import type { Birth } from "./account-entry.ts";

/** A fact of an account, and the event that its id names. */
export interface AccountFact {
  readonly birth: Birth;
  readonly fact: LiveFact;
}

/** What became of one fact: at least one of the two is there. */
export interface AccountChange {
  readonly before: AccountFact | undefined;
  readonly after: AccountFact | undefined;
}

/** What a fold says of a fact; the account's own dimensions come with it. */
export interface AccountFactParts {
  readonly kind: number;
  readonly atMs: number;
  readonly ordinal?: number;
  readonly outcome?: number;
  readonly count?: number;
  readonly amountMinor?: number;
  readonly units?: number;
}

const factKey = (kind: number, { source, eventId, deal }: Birth, ordinal: number): string =>
  `${kind}\0${ordinal}\0${source}\0${eventId}\0${deal}`;

/**
 * The facts of one account as they stand, by identity, and which of them changed since they were last told: each is told
 * once for an entry, however often it came and went on the way.
 */
export class AccountFacts {
  private standing = new Map<string, AccountFact>();
  /** As they stood when last told. */
  private touched = new Map<string, AccountFact | undefined>();
  private dimensions: ReadonlyArray<Name> = [];

  put(birth: Birth, parts: AccountFactParts): void {
    const { kind, atMs, ordinal = 0, outcome = 0, count = 1, amountMinor = 0, units = 0 } = parts;
    const fact = new LiveFact();
    fact.kind = kind;
    fact.ordinal = ordinal;
    fact.atMs = atMs;
    fact.outcome = outcome;
    fact.count = count;
    fact.amountMinor = amountMinor;
    fact.units = units;
    placeUnder(fact, this.dimensions);
    const key = factKey(kind, birth, ordinal);
    this.touch(key);
    this.standing.set(key, { birth, fact });
  }

  drop(birth: Birth, kind: number, ordinal: number): void {
    const key = factKey(kind, birth, ordinal);
    this.touch(key);
    this.standing.delete(key);
  }

  /** All facts stand under these dimensions from now on, also those that were there. */
  placeAll(dimensions: ReadonlyArray<Name>): void {
    if (this.dimensions.length === dimensions.length && this.dimensions.every((name, n) => name === dimensions[n])) {
      return;
    }
    this.dimensions = dimensions;
    for (const [key, { birth, fact }] of this.standing) {
      this.touch(key);
      const moved = Object.assign(new LiveFact(), fact);
      placeUnder(moved, dimensions);
      this.standing.set(key, { birth, fact: moved });
    }
  }

  /** Takes everything back, to be folded anew. */
  clear(): void {
    for (const key of this.standing.keys()) this.touch(key);
    this.standing = new Map();
    this.dimensions = [];
  }

  /** What changed since the last call, in the order of identities: the same entries give the same bytes. */
  takeChanges(): ReadonlyArray<AccountChange> {
    if (this.touched.size === 0) return [];
    const { touched } = this;
    this.touched = new Map();
    const changes: Array<AccountChange> = [];
    for (const key of [...touched.keys()].sort()) {
      const before = touched.get(key);
      const after = this.standing.get(key);
      if (before === undefined && after === undefined) continue;
      if (before !== undefined && after !== undefined && sameFact(before.fact, after.fact)) continue;
      changes.push({ before, after });
    }
    return changes;
  }

  private touch(key: string): void {
    if (!this.touched.has(key)) this.touched.set(key, this.standing.get(key));
  }
}

const placeUnder = (fact: LiveFact, names: ReadonlyArray<Name>): void => {
  fact.owner = names[0] ?? missing;
  fact.team = names[1] ?? missing;
  fact.region = names[2] ?? missing;
  fact.channel = names[3] ?? missing;
  fact.campaign = names[4] ?? missing;
  fact.segment = names[5] ?? missing;
  fact.product = names[6] ?? missing;
  fact.pipeline = names[7] ?? missing;
};
