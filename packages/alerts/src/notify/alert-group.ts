import type { ZoneCalendar } from "@leadwire/funnel";
import type { Membership } from "./membership.ts";
import { quietUntilMs } from "./quiet-hours.ts";
import type { Surroundings } from "./surroundings.ts";

/** What is to be done for one receiver's group now. */
export type GroupDecision =
  /** Nothing before that instant, unless something changes. */
  | { readonly _tag: "Wait"; readonly untilMs: number }
  | {
      readonly _tag: "Tell";
      readonly kind: "changed" | "repeated";
      /** The most urgent first. News goes before what is only listed besides: what is left out is told next. */
      readonly listed: ReadonlyArray<Membership>;
    };

const never: GroupDecision = { _tag: "Wait", untilMs: Number.POSITIVE_INFINITY };

/** The last notification of the group: by time, then key, so that it is one. Of a new group there is none. */
export const lastToldOf = (
  members: Iterable<Membership>,
): { readonly atMs: number; readonly key: string } | undefined => {
  let last: { readonly atMs: number; readonly key: string } | undefined;
  for (const { plannedAtMs, plannedKey } of members) {
    if (plannedAtMs === null) continue;
    const isLater =
      last === undefined || plannedAtMs > last.atMs || (plannedAtMs === last.atMs && plannedKey > last.key);
    if (isLater) last = { atMs: plannedAtMs, key: plannedKey };
  }
  return last;
};

/** When these members are to be told of, were nothing muted; Infinity for never. */
const dueMsOf = (members: Iterable<Membership>, toldAtMs: number | undefined): number => {
  let dueMs = Number.POSITIVE_INFINITY;
  for (const { pending, isUrgent, isRepeated, destination } of members) {
    if (isUrgent) return Number.NEGATIVE_INFINITY;
    const [first] = pending;
    if (first !== undefined) {
      // A group that was told waits its interval, a new one until its first alerts have come together.
      const { groupIntervalMs, groupWaitMs } = destination;
      const isNew = toldAtMs === undefined;
      const atMs = isNew ? first.evaluated_at + groupWaitMs : toldAtMs + groupIntervalMs;
      // What the last notification left out, being muted or too much for one, has waited already.
      dueMs = Math.min(dueMs, !isNew && first.evaluated_at <= toldAtMs ? first.evaluated_at : atMs);
    }
    if (isRepeated && toldAtMs !== undefined) dueMs = Math.min(dueMs, toldAtMs + destination.repeatIntervalMs);
  }
  return dueMs;
};

const ranks: Readonly<Record<string, number>> = { critical: 0, warning: 1, info: 2 };
const rankOf = ({ shown }: Membership): number => (shown.status === "firing" ? 0 : 10) + (ranks[shown.severity] ?? 3);

/** What fires comes first, then what is worse, then what began first. */
const byUrgency = (a: Membership, b: Membership): number => {
  if (rankOf(a) !== rankOf(b)) return rankOf(a) - rankOf(b);
  if (a.shown.started_at !== b.shown.started_at) return a.shown.started_at - b.shown.started_at;
  return a.shown.fingerprint < b.shown.fingerprint ? -1 : 1;
};

/** Decides for a group on which nothing is on its way. All its members have one receiver and one route. */
export const decideGroup = (
  members: ReadonlyMap<string, Membership>,
  nowMs: number,
  around: Surroundings,
  calendar: ZoneCalendar,
): GroupDecision => {
  const [some] = members.values();
  if (some === undefined) return never;
  const toldAtMs = lastToldOf(members.values())?.atMs;
  const soonestMs = dueMsOf(members.values(), toldAtMs);
  if (nowMs < soonestMs) return { _tag: "Wait", untilMs: soonestMs };
  const quietMs = quietUntilMs(some.destination.quietHours, calendar, nowMs);
  if (quietMs !== undefined) return { _tag: "Wait", untilMs: quietMs };

  const audible = [...members.values()].filter(({ labels }) => !around.mutes(labels, nowMs));
  const dueMs = dueMsOf(audible, toldAtMs);
  if (nowMs < dueMs) {
    // What is muted may be heard again after the next silence begins or ends; inhibitions end with a record.
    return { _tag: "Wait", untilMs: Math.min(dueMs, around.nextEdgeMs(nowMs)) };
  }
  const { listedMax } = some.destination;
  const news = audible.filter(({ pending }) => pending.length > 0).sort(byUrgency);
  if (news.length === 0) {
    const repeated = audible.filter(({ isRepeated }) => isRepeated).sort(byUrgency);
    return { _tag: "Tell", kind: "repeated", listed: repeated.slice(0, listedMax) };
  }
  const others = audible.filter(({ pending }) => pending.length === 0).sort(byUrgency);
  return { _tag: "Tell", kind: "changed", listed: [...news, ...others].slice(0, listedMax).sort(byUrgency) };
};
