import type { AlertChanged } from "@leadwire/events";
import type { AnnouncedAlert } from "./announced-alert.ts";
import { matchLabelsOf } from "./matcher.ts";
import type { Destination, Router } from "./router.ts";

type Labels = Readonly<Record<string, string>>;

/** One alert in one receiver's group: what is to be told of it there. */
export interface Membership {
  /** Names the receiver and the group. */
  readonly groupId: string;
  readonly groupKey: string;
  readonly group: Labels;
  readonly destination: Destination;
  /** What silences and inhibitions look at. */
  readonly labels: Labels;
  readonly shown: AlertChanged;
  /** Not told yet, in their order. */
  readonly pending: ReadonlyArray<AlertChanged>;
  /** A step up waits for nothing. */
  readonly isUrgent: boolean;
  /** Fires, was told here, and is told again from time to time. */
  readonly isRepeated: boolean;
  /** The last notification that listed it; null where none did. */
  readonly plannedAtMs: number | null;
  readonly plannedKey: string;
}

/** A rule set is one partition's, so its alerts alone are told together. */
const groupOf = ({ path, groupBy }: Destination, alert: AlertChanged, labels: Labels) => {
  const names = groupBy.includes("...") ? Object.keys(labels) : groupBy.filter((name) => labels[name] !== undefined);
  const named = [...new Set(names)].sort().map((name): [string, string] => [name, labels[name] ?? ""]);
  return { group: Object.fromEntries(named), groupKey: JSON.stringify([path, alert.rule_set, named]) };
};

export const groupIdOf = (receiver: string, groupKey: string): string => `${groupKey} ${receiver}`;

interface Routed {
  readonly destination: Destination;
  readonly labels: Labels;
  readonly alert: AlertChanged;
  readonly changes: ReadonlyArray<AlertChanged>;
  readonly isNewest: boolean;
}

/** Which of the episode's transitions lead to which receiver; each by its own labels, the newest by those of today. */
const routedOf = ({ chain, current }: AnnouncedAlert, router: Router): ReadonlyMap<string, Routed> => {
  const byReceiver = new Map<string, Routed>();
  for (const [index, change] of chain.entries()) {
    const isNewest = index === chain.length - 1;
    const alert = isNewest ? current : change;
    const labels = matchLabelsOf(alert);
    for (const destination of router.destinationsOf(labels)) {
      const changes = [...(byReceiver.get(destination.receiver)?.changes ?? []), change];
      byReceiver.set(destination.receiver, { destination, labels, alert, changes, isNewest });
    }
  }
  return byReceiver;
};

/** Undefined where the receiver neither knows of the alert nor is to be told. */
const firingMembership = (alert: AnnouncedAlert, routed: Routed): Membership | undefined => {
  const { destination, labels, changes, isNewest } = routed;
  const known = alert.told.get(destination.receiver);
  const end = known?.resolution != null && destination.sendResolved ? [known.resolution] : [];
  const news = changes.filter(
    (change) =>
      // Who looks after it need not be called a second time.
      !(alert.acknowledged && change !== alert.chain[0]) && !known?.transitions.includes(change.transition_id),
  );
  const { group, groupKey } = groupOf(destination, routed.alert, labels);
  const isKnown = known !== undefined && known.resolution === null;
  if (!isKnown && news.length === 0) return undefined;
  return {
    groupId: groupIdOf(destination.receiver, groupKey),
    groupKey,
    group,
    destination,
    labels,
    shown: alert.current,
    pending: [...end, ...news],
    isUrgent: news.some((change) => change !== alert.chain[0]),
    isRepeated: isKnown && isNewest && (!alert.acknowledged || destination.repeatsAcknowledged),
    plannedAtMs: known?.plannedAtMs ?? null,
    plannedKey: known?.key ?? "",
  };
};

/** Every receiver's group that the alert is in; at most one a receiver. */
export const membershipsOf = (alert: AnnouncedAlert, router: Router): ReadonlyArray<Membership> => {
  const memberships = [...routedOf(alert, router).values()].flatMap((one) => firingMembership(alert, one) ?? []);
  const placed = new Set(memberships.map(({ destination }) => destination.receiver));
  for (const [receiver, { resolution, groupKey, group, plannedAtMs, key }] of alert.told) {
    if (resolution === null || placed.has(receiver)) continue;
    const destination = router.destinationAt(pathOf(groupKey), receiver);
    if (destination === undefined || !destination.sendResolved) continue;
    memberships.push({
      groupId: groupIdOf(receiver, groupKey),
      groupKey,
      group,
      destination,
      labels: matchLabelsOf(resolution),
      shown: resolution,
      pending: [resolution],
      isUrgent: false,
      isRepeated: false,
      plannedAtMs,
      plannedKey: key,
    });
  }
  return memberships;
};

/** The path of the route that a group was told on. */
export const pathOf = (groupKey: string): string => {
  const [path]: ReadonlyArray<unknown> = JSON.parse(groupKey);
  if (typeof path !== "string") throw new Error(`"${groupKey}" is no group's key.`);
  return path;
};
