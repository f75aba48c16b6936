import type { SubscriptionChanged } from "@leadwire/events";
import { type Counted, noDimensions } from "./counted.ts";
import { closeDimensions, type StandingClose, standingClosesOf } from "./deal.ts";
import { attributeOf, byCodeUnits, type Lead } from "./lead.ts";

const accountOf = ({ lead, close }: StandingClose): string =>
  close.account_id ?? attributeOf(lead, "account_id") ?? lead.id;

const byTime = (a: StandingClose, b: StandingClose): number =>
  a.close.occurred_at - b.close.occurred_at ||
  byCodeUnits(a.close.source_system, b.close.source_system) ||
  byCodeUnits(a.close.event_id, b.close.event_id);

/** Each account once, at its first won deal or subscription, with the dimensions of its latest won deal. */
export const newCustomers = (
  leads: ReadonlyArray<Lead>,
  subscriptions: ReadonlyArray<SubscriptionChanged>,
): ReadonlyArray<Counted> => {
  const wins = leads.flatMap(standingClosesOf).filter(({ close }) => close.outcome === "won");
  const starts = subscriptions.filter((event) => event.mrr_minor > 0);
  const accounts = new Set([...wins.map(accountOf), ...starts.map((event) => event.account_id)]);
  return [...accounts].map((account) => {
    const won = wins.filter((win) => accountOf(win) === account).toSorted(byTime);
    const started = starts.filter((event) => event.account_id === account);
    const latest = won.at(-1);
    return {
      atMs: Math.min(...won.map(({ close }) => close.occurred_at), ...started.map((event) => event.occurred_at)),
      dimensions: latest === undefined ? noDimensions : closeDimensions(latest),
    };
  });
};
