import { type EventCodec, frameId, isOneOf, type SubscriptionChanged } from "@leadwire/events";
import { isLeft } from "fp-ts/lib/Either.js";
import type { TaskCodecs } from "../codec/derived-ids.ts";
import { decodeFactChange, type FactMessage } from "../codec/fact-codec.ts";
import { counting, type Version } from "../leads/identity.ts";

/** One entry of an account's history: a win as the funnel tells it, or a subscription event. */
export type AccountEntry =
  | { readonly _tag: "Win"; readonly win: FactMessage }
  | { readonly _tag: "Subscription"; readonly version: Version; readonly event: SubscriptionChanged };

/** Reads a record of the account log. Throws on bytes that no task of ours wrote. */
export const readEntry = (
  bytes: Buffer,
  { ids, decodeEvent }: Pick<TaskCodecs, "ids" | "decodeEvent">,
): AccountEntry => {
  if (isOneOf(ids.fact, frameId(bytes, 0, bytes.length))) {
    return { _tag: "Win", win: decodeFactChange(bytes, 0, bytes.length, ids) };
  }
  const decoded = decodeEvent(bytes);
  if (isLeft(decoded) || decoded.right.type !== "subscription-changed") {
    throw new Error("the account log holds a record that is neither a win nor a subscription");
  }
  const event = decoded.right;
  const { source_system: source, event_id: eventId, revision, voided } = event;
  return { _tag: "Subscription", event, version: { source, eventId, revision, voided, bytes } };
};

/** What an account's history comes to: when it became a customer, and its latest standing win. */
export interface CustomerStart {
  readonly atMs: number;
  readonly latestWin: FactMessage | undefined;
}

/** What an entry is known by: the won deal's fact, or the subscription event. */
export const entryKey = (entry: AccountEntry): string =>
  entry._tag === "Win" ? `w${winKey(entry.win)}` : `s${entry.version.source}\0${entry.version.eventId}`;

const winKey = (win: FactMessage): string => `${win.partition}\0${win.fact.factId}`;

/** Whether an entry tells nothing beyond what is held: its source position is not above the one held. */
export const isRepeat = (entry: AccountEntry, held: ReadonlyArray<AccountEntry>): boolean =>
  entry._tag === "Win"
    ? held.some(
        (old) => old._tag === "Win" && winKey(old.win) === winKey(entry.win) && old.win.version >= entry.win.version,
      )
    : held.some((old) => old._tag === "Subscription" && old.version.bytes.equals(entry.version.bytes));

/** The first won deal or subscription start (kpis.md, "Customers"); undefined for an account that never was one. */
export const customerStart = (
  entries: ReadonlyArray<AccountEntry>,
  decode: EventCodec["decodeEvent"],
): CustomerStart | undefined => {
  const wins = standingWins(entries);
  const subscriptions = entries.flatMap((entry) => (entry._tag === "Subscription" ? [entry] : []));
  const starts = counting(
    subscriptions.map(({ version, event }) => ({ ...version, event })),
    decode,
  )
    .filter(({ event }) => event.mrr_minor > 0)
    .map(({ event }) => event.occurred_at);
  const times = [...wins.map(({ fact }) => fact.atMs), ...starts];
  if (times.length === 0) return undefined;
  const latestWin = wins.reduce<FactMessage | undefined>(
    (latest, win) => (latest === undefined || isLater(win, latest) ? win : latest),
    undefined,
  );
  return { atMs: times.reduce((a, b) => Math.min(a, b)), latestWin };
};

const standingWins = (entries: ReadonlyArray<AccountEntry>): ReadonlyArray<FactMessage> => {
  const newest = new Map<string, FactMessage>();
  for (const entry of entries) {
    if (entry._tag !== "Win") continue;
    const held = newest.get(winKey(entry.win));
    if (held === undefined || entry.win.version >= held.version) newest.set(winKey(entry.win), entry.win);
  }
  return [...newest.values()].filter(({ present }) => present);
};

/** The order in which wins are the latest; ties by the fact's id. */
export const isLater = (a: FactMessage, b: FactMessage): boolean =>
  a.fact.atMs !== b.fact.atMs ? a.fact.atMs > b.fact.atMs : a.fact.factId > b.fact.factId;
