import type { Dimension } from "@leadwire/funnel";
import type { LevelFact } from "./held-facts.ts";

/** Something that a wait is counted from, and how it came to be known. */
export interface Anchor {
  readonly atMs: number;
  /** When the log got the record that tells it. */
  readonly appendTimeMs: number;
  /** That record came by an import or a replay: what was due by then had been due before anyone could have been told. */
  readonly isBackfill: boolean;
}

/** A lead that nobody has answered, while it is open. */
export interface WaitingLead {
  readonly slot: number;
  readonly leadId: string;
  readonly created: Anchor;
  /** Whose it is, since this instant. */
  readonly sinceMs: number;
  readonly dimensions: Readonly<Record<Dimension, string>>;
}

/** A deal in the open pipeline. */
export interface OpenDeal {
  readonly slot: number;
  /** The lead's id where the deal has none of its own. */
  readonly dealId: string;
  readonly leadId: string;
  readonly opened: Anchor;
  /** The last thing that a person did with its lead, where that was after it was opened. */
  readonly lastActivity: Anchor | null;
  /** `atMs` is the start of the local day that it is expected to close on; the record is that which first said so. */
  readonly due: Anchor | null;
  readonly amountMinor: number;
  readonly dimensions: Readonly<Record<Dimension, string>>;
}

const anchorOf = ({ atMs, appendTimeMs, isBackfill }: LevelFact): Anchor => ({ atMs, appendTimeMs, isBackfill });

const undoes = (fall: LevelFact, rise: LevelFact): boolean =>
  fall.atMs === rise.atMs &&
  fall.amountMinor === 0 - rise.amountMinor &&
  fall.dueAtMs === rise.dueAtMs &&
  fall.dimensions.owner === rise.dimensions.owner &&
  fall.dimensions.team === rise.dimensions.team &&
  fall.dimensions.region === rise.dimensions.region &&
  fall.dimensions.stage === rise.dimensions.stage;

const byTime = (a: LevelFact, b: LevelFact): number => a.atMs - b.atMs || a.version - b.version || a.hash - b.hash;

/**
 * The rise that an open entity's level stands on: the last one. Of several at one instant the one that no fall of that
 * instant takes back.
 */
const standingOn = (facts: ReadonlyArray<LevelFact>): LevelFact | undefined => {
  const rises = facts.filter(({ count }) => count > 0).sort(byTime);
  const newest = rises.at(-1);
  if (newest === undefined) return undefined;
  const candidates = rises.filter(({ atMs }) => atMs === newest.atMs);
  if (candidates.length === 1) return newest;
  const falls = facts.filter(({ count }) => count < 0);
  return candidates.findLast((rise) => !falls.some((fall) => undoes(fall, rise))) ?? newest;
};

/** The rise from which on the level has never been 0: what changes hands at one instant stays. */
const openedBy = (facts: ReadonlyArray<LevelFact>): LevelFact | undefined => {
  const ordered = [...facts].sort(byTime);
  let level = 0;
  let opened: LevelFact | undefined;
  for (let from = 0; from < ordered.length; ) {
    const { atMs } = ordered[from] as LevelFact;
    const to = ordered.findIndex((fact, n) => n >= from && fact.atMs !== atMs);
    const group = ordered.slice(from, to === -1 ? ordered.length : to);
    const before = level;
    for (const { count } of group) level += count;
    if (before <= 0 && level > 0) opened = group.find(({ count }) => count > 0);
    from += group.length;
  }
  return opened;
};

/** The first of the rises in a row, up to the one that stands, that say the same expected day. */
const dueSaidBy = (facts: ReadonlyArray<LevelFact>, current: LevelFact): LevelFact => {
  const rises = facts.filter(({ count, atMs }) => count > 0 && atMs < current.atMs).sort(byTime);
  const other = rises.findLastIndex(({ dueAtMs }) => dueAtMs !== current.dueAtMs);
  return rises[other + 1] ?? current;
};

/** A lead whose level is above 0. One whose creation is not known was let go and waits anew: it was due before that. */
export const waitingLeadOf = (
  slot: number,
  leadId: string,
  facts: ReadonlyArray<LevelFact>,
  created: Anchor | undefined,
): WaitingLead | undefined => {
  const current = standingOn(facts);
  if (current === undefined) return undefined;
  const { atMs, appendTimeMs, cohortAtMs, dimensions } = current;
  const unknown: Anchor = { atMs: cohortAtMs ?? atMs, appendTimeMs, isBackfill: true };
  return { slot, leadId, created: created ?? unknown, sinceMs: atMs, dimensions };
};

/** A deal whose level is above 0; `activities` of its lead, the newest first. */
export const openDealOf = (
  slot: number,
  ids: Pick<OpenDeal, "dealId" | "leadId">,
  facts: ReadonlyArray<LevelFact>,
  activities: ReadonlyArray<Anchor>,
): OpenDeal | undefined => {
  const current = standingOn(facts);
  if (current === undefined) return undefined;
  const opened = anchorOf(openedBy(facts) ?? current);
  const { amountMinor, dimensions, dueAtMs } = current;
  const lastActivity = activities.find(({ atMs }) => atMs > opened.atMs) ?? null;
  const due = dueAtMs === null ? null : { ...anchorOf(dueSaidBy(facts, current)), atMs: dueAtMs };
  return { slot, ...ids, opened, lastActivity, due, amountMinor, dimensions };
};
