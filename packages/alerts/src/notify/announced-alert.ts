import type { AlertChanged, NotificationPlanned } from "@leadwire/events";

/** What one receiver has been told of an alert: that it fires, and not yet that it does not any more. */
export interface Told {
  /** Ids of the episode's transitions that were planned for the receiver. */
  readonly transitions: ReadonlyArray<string>;
  /** The end of that episode, which the receiver has not been told; null while the episode goes on. */
  readonly resolution: AlertChanged | null;
  /** Of the last notification that listed the alert. */
  readonly key: string;
  readonly plannedAtMs: number;
  readonly groupKey: string;
  readonly group: Readonly<Record<string, string>>;
}

/** An alert as the planner sees it: the fold of its transitions, of what was planned of them, and of who looks after it. */
export interface AnnouncedAlert {
  /** Its newest record. */
  readonly current: AlertChanged;
  /** The running episode's transitions that people are told of: to firing, then each step up. Empty while it does not fire. */
  readonly chain: ReadonlyArray<AlertChanged>;
  readonly acknowledged: boolean;
  readonly told: ReadonlyMap<string, Told>;
}

const nobody: ReadonlyMap<string, Told> = new Map();

const keptOnly = (alert: AnnouncedAlert): AnnouncedAlert | undefined =>
  alert.chain.length === 0 && alert.current.status !== "pending" && alert.told.size === 0 ? undefined : alert;

/** Each receiver that knows the running episode has yet to be told of its end. */
const withEnd = (told: ReadonlyMap<string, Told>, end: AlertChanged): ReadonlyMap<string, Told> =>
  new Map([...told].map(([receiver, known]) => [receiver, { ...known, resolution: known.resolution ?? end }]));

/** After one more transition; undefined where nothing of the alert is left to tell. */
export const afterTransition = (
  alert: AnnouncedAlert | undefined,
  change: AlertChanged,
): AnnouncedAlert | undefined => {
  const told = alert?.told ?? nobody;
  const fired = alert !== undefined && alert.chain.length > 0;
  if (change.status !== "firing") {
    const ended = fired ? withEnd(told, change) : told;
    const acknowledged = change.status === "pending" && alert?.current.status === "pending" && alert.acknowledged;
    return keptOnly({ current: change, chain: [], acknowledged, told: ended });
  }
  if (!fired) {
    const acknowledged = alert?.current.status === "pending" && alert.acknowledged;
    return { current: change, chain: [change], acknowledged, told };
  }
  const isStepUp = change.step > alert.current.step;
  return { ...alert, current: change, chain: isStepUp ? [...alert.chain, change] : alert.chain };
};

/** After somebody has taken to look after it. */
export const afterAcknowledgement = (alert: AnnouncedAlert): AnnouncedAlert =>
  alert.chain.length > 0 || alert.current.status === "pending" ? { ...alert, acknowledged: true } : alert;

/** After a notification that lists the alert is planned; `tells` holds the plan's transitions. */
export const afterPlan = (
  alert: AnnouncedAlert,
  plan: NotificationPlanned,
  tells: ReadonlySet<string>,
): AnnouncedAlert | undefined => {
  const known = alert.told.get(plan.receiver);
  const told = new Map(alert.told);
  const listing = { key: plan.key, plannedAtMs: plan.planned_at, groupKey: plan.group_key, group: plan.group };
  const news = alert.chain.map((change) => change.transition_id).filter((id) => tells.has(id));
  if (news.length > 0) {
    const former = known !== undefined && known.resolution === null ? known.transitions : [];
    told.set(plan.receiver, { transitions: [...former, ...news], resolution: null, ...listing });
  } else if (known?.resolution != null && tells.has(known.resolution.transition_id)) {
    told.delete(plan.receiver);
  } else if (known !== undefined && known.resolution === null) {
    told.set(plan.receiver, { ...known, ...listing });
  }
  return keptOnly({ ...alert, told });
};

/** Without what a receiver is not told any more; undefined where nothing of the alert is left to tell. */
export const withoutTold = (
  alert: AnnouncedAlert,
  isOver: (receiver: string, told: Told) => boolean,
): AnnouncedAlert | undefined => {
  const left = [...alert.told].filter(([receiver, told]) => !isOver(receiver, told));
  return left.length === alert.told.size ? alert : keptOnly({ ...alert, told: new Map(left) });
};

/** The record that a notification shows of the alert: the end that it tells of, or where the alert stands. */
export const shownAs = (alert: AnnouncedAlert, receiver: string, tells: ReadonlySet<string>): AlertChanged => {
  const end = alert.told.get(receiver)?.resolution;
  const tellsEnd = end != null && tells.has(end.transition_id);
  const tellsMore = alert.chain.some((change) => tells.has(change.transition_id));
  return tellsEnd && !tellsMore ? end : alert.current;
};
