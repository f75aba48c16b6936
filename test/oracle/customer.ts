import type { SalesEvent, SubscriptionChanged, SurveyAnswered } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import { type Counted, noDimensions } from "./counted.ts";
import { closeDimensions, type StandingClose, standingClosesOf } from "./deal.ts";
import { attributeOf, byCodeUnits, type Lead } from "./lead.ts";
import { instantMs, localDateTime } from "./local-time.ts";
import { converted } from "./money.ts";
import type { Dimensions } from "./ownership.ts";

/** An account with its standing wins, subscriptions and answers in order, under the dimensions of its latest win. */
export interface Account {
  readonly id: string;
  readonly wins: ReadonlyArray<StandingClose>;
  readonly subscriptions: ReadonlyArray<SubscriptionChanged>;
  readonly surveys: ReadonlyArray<SurveyAnswered>;
  readonly dimensions: Dimensions;
  readonly workspace: Workspace;
}

const accountOf = ({ lead, close }: StandingClose): string =>
  close.account_id ?? attributeOf(lead, "account_id") ?? lead.id;

type Timed = Pick<SalesEvent, "occurred_at" | "source_system" | "event_id">;

const byTime = (a: Timed, b: Timed): number =>
  a.occurred_at - b.occurred_at || byCodeUnits(a.source_system, b.source_system) || byCodeUnits(a.event_id, b.event_id);

const isSubscription = (event: SalesEvent): event is SubscriptionChanged => event.type === "subscription-changed";
const isSurvey = (event: SalesEvent): event is SurveyAnswered => event.type === "survey-answered";

export const accountsOf = (
  leads: ReadonlyArray<Lead>,
  events: ReadonlyArray<SalesEvent>,
  workspace: Workspace,
): ReadonlyArray<Account> => {
  const wins = Map.groupBy(
    leads.flatMap(standingClosesOf).filter(({ close }) => close.outcome === "won"),
    accountOf,
  );
  const subscriptions = Map.groupBy(events.filter(isSubscription), (event) => event.account_id);
  const surveys = Map.groupBy(events.filter(isSurvey), (event) => event.account_id);
  return [...new Set([...wins.keys(), ...subscriptions.keys(), ...surveys.keys()])].map((id) => {
    const won = (wins.get(id) ?? []).toSorted((a, b) => byTime(a.close, b.close));
    const latest = won.at(-1);
    return {
      id,
      wins: won,
      subscriptions: (subscriptions.get(id) ?? []).toSorted(byTime),
      surveys: (surveys.get(id) ?? []).toSorted(byTime),
      dimensions: latest === undefined ? noDimensions : closeDimensions(latest),
      workspace,
    };
  });
};

/** Each account once, at its first won deal or subscription. */
export const newCustomerOf = ({ wins, subscriptions, dimensions }: Account): ReadonlyArray<Counted> => {
  const starts = subscriptions.filter((event) => event.mrr_minor > 0);
  const times = [...wins.map(({ close }) => close.occurred_at), ...starts.map((event) => event.occurred_at)];
  return times.length === 0 ? [] : [{ atMs: Math.min(...times), dimensions }];
};

/** Every change of what an account pays a month, over all its subscriptions. */
export const mrrMovesOf = (account: Account): ReadonlyArray<Counted> => {
  const paid = new Map<string, bigint>();
  const moves: Array<Counted> = [];
  let [before, hasPaid] = [0n, false];
  for (const { subscription_id, mrr_minor, currency, occurred_at } of account.subscriptions) {
    paid.set(subscription_id, converted(mrr_minor, currency, occurred_at, account.workspace));
    const after = [...paid.values()].reduce((sum, mrr) => sum + mrr, 0n);
    const grown = before === 0n ? (hasPaid ? "reactivation" : "new") : "expansion";
    const shrunk = after === 0n ? "churn" : "contraction";
    if (after !== before) {
      moves.push({
        atMs: occurred_at,
        outcome: after > before ? grown : shrunk,
        amountMinor: after - before,
        dimensions: account.dimensions,
        account: account.id,
      });
    }
    hasPaid = hasPaid || after > 0n;
    before = after;
  }
  return moves;
};

/** What an account pays a month by its events before an instant; nothing where it pays nothing. */
export const payingAt = (account: Account, beforeMs: number): ReadonlyArray<Counted> => {
  const moves = mrrMovesOf(account).filter(({ atMs }) => atMs < beforeMs);
  const amountMinor = moves.reduce((sum, move) => sum + (move.amountMinor ?? 0n), 0n);
  if (amountMinor === 0n) return [];
  return [{ atMs: beforeMs, amountMinor, dimensions: account.dimensions, account: account.id }];
};

type Stretch = readonly [fromMs: number, toMs: number];

const dayMs = 86_400_000;

const endOf = ({ lead, close }: StandingClose): number => {
  const { timeZone, customerActiveForDays } = lead.workspace;
  if (close.term_months === undefined) return close.occurred_at + customerActiveForDays * dayMs;
  return instantMs(localDateTime(close.occurred_at, timeZone).add({ months: close.term_months }), timeZone);
};

const paidStretches = (account: Account): ReadonlyArray<Stretch> => {
  const stretches: Array<Stretch> = [];
  let [paid, sinceMs] = [0n, 0];
  for (const { atMs, amountMinor = 0n } of mrrMovesOf(account)) {
    if (paid === 0n) sinceMs = atMs;
    paid += amountMinor;
    if (paid === 0n) stretches.push([sinceMs, atMs]);
  }
  return paid === 0n ? stretches : [...stretches, [sinceMs, Number.POSITIVE_INFINITY]];
};

/** When an account is a customer: from a win to the end of its term, and while it pays; what touches is one stretch. */
const activeStretches = (account: Account): ReadonlyArray<Stretch> => {
  const won = account.wins.map((win): Stretch => [win.close.occurred_at, endOf(win)]);
  const all = [...won, ...paidStretches(account)].filter(([from, to]) => to > from).toSorted(([a], [b]) => a - b);
  const merged: Array<Stretch> = [];
  for (const [from, to] of all) {
    const last = merged.at(-1);
    if (last === undefined || from > last[1]) merged.push([from, to]);
    else merged[merged.length - 1] = [last[0], Math.max(last[1], to)];
  }
  return merged;
};

/** Whether an account is a customer by what lies before an instant: it began before it and had not ended before it. */
export const activeAt = (account: Account, beforeMs: number): ReadonlyArray<Counted> =>
  activeStretches(account)
    .filter(([from, to]) => from < beforeMs && to >= beforeMs)
    .map(() => ({ atMs: beforeMs, dimensions: account.dimensions, account: account.id }));

export const surveysOf = ({ surveys, dimensions }: Account): ReadonlyArray<Counted> =>
  surveys.map(({ occurred_at, kind, score }) => ({
    atMs: occurred_at,
    outcome: kind === "csat" ? "csat" : score >= 9 ? "promoter" : score >= 7 ? "passive" : "detractor",
    unitsMilli: BigInt(Math.round(score * 1000)),
    dimensions,
  }));
