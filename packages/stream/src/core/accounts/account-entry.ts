import type { SubscriptionChanged, SurveyAnswered } from "@leadwire/events";
import type { Name } from "@leadwire/funnel";
import type { Version } from "../leads/identity.ts";

/** The event that a fact is born of, as its id names it. */
export interface Birth {
  readonly source: string;
  readonly eventId: string;
  /** Of a won deal, where its fact's id names it. */
  readonly deal: string;
}

/** A won deal as the funnel tells it, or that it is none any more. */
export interface WinEntry {
  readonly _tag: "Win";
  /** What it is known by: the task that tells it, and its fact. */
  readonly key: string;
  /** The position it was told from: of several the highest counts. */
  readonly version: number;
  readonly present: boolean;
  readonly atMs: number;
  /** When the customer that it makes has ended. */
  readonly endMs: number;
  readonly birth: Birth;
  /** Owner to pipeline, in the order of `dimensions`. */
  readonly dimensions: ReadonlyArray<Name>;
}

/** An event of the account itself, as its producer wrote it. */
export interface EventEntry extends Version {
  readonly _tag: "Event";
  readonly key: string;
  readonly atMs: number;
  readonly birth: Birth;
  readonly event: SubscriptionChanged | SurveyAnswered;
}

/** One entry of an account's history. */
export type AccountEntry = WinEntry | EventEntry;

const rankOf = (entry: AccountEntry): number =>
  entry._tag === "Win" ? 0 : entry.event.type === "subscription-changed" ? 1 : 2;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The order in which an account's entries are folded: by time; ties by wins, subscriptions, surveys, then by their ids. */
export const compareEntries = (a: AccountEntry, b: AccountEntry): number =>
  a.atMs - b.atMs ||
  rankOf(a) - rankOf(b) ||
  compareText(a.birth.source, b.birth.source) ||
  compareText(a.birth.eventId, b.birth.eventId) ||
  compareText(a.key, b.key);
