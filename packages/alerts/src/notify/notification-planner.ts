import type {
  AlertAcknowledged,
  AlertChanged,
  AlertRecord,
  AlertsClaimed,
  NotificationPlanned,
  NotificationSettled,
} from "@leadwire/events";
import type { ZoneCalendar } from "@leadwire/funnel";
import { decideGroup, lastToldOf } from "./alert-group.ts";
import {
  type AnnouncedAlert,
  afterAcknowledgement,
  afterPlan,
  afterTransition,
  shownAs,
  type Told,
  withoutTold,
} from "./announced-alert.ts";
import { GroupIndex } from "./group-index.ts";
import { membershipsOf, pathOf } from "./membership.ts";
import type { NotificationMessage } from "./message.ts";
import type { NotificationConfig } from "./notification-config.ts";
import { changedKeyOf, repeatedKeyOf, resentKeyOf } from "./notification-key.ts";
import { notificationMessage } from "./notification-message.ts";
import { Outbox } from "./outbox.ts";
import { Router } from "./router.ts";
import type { Surroundings } from "./surroundings.ts";

/** The end of an alert is no news any more when an owner begins this long after it. */
const newsMs = 24 * 3_600_000;
/** How often groups are looked at of which nobody may be told yet. */
const heldMs = 1_000;

/**
 * Decides who is told what, for one partition of `leadwire.alerts`: the fold of its records, and plans that follow from
 * it and the time alone. Each transition is in at most one plan per receiver (but for dead letters sent again), and what
 * is planned is the same after a restart.
 */
export class NotificationPlanner {
  readonly #calendar: ZoneCalendar;
  readonly #around: Surroundings;
  readonly #alerts = new Map<string, AnnouncedAlert>();
  readonly #groups = new GroupIndex();
  readonly #outbox = new Outbox();
  #config: NotificationConfig;
  #router: Router;
  #epoch = 0;
  #seenVersion = 0;
  /** While some wait until they were looked at: when all groups are asked again. Undefined while none does. */
  #heldUntilMs: number | undefined;

  /** Times of day are the workspace's, so is the calendar. `around` is shared by all planners of a process. */
  constructor(parts: {
    readonly config: NotificationConfig;
    readonly calendar: ZoneCalendar;
    readonly around: Surroundings;
  }) {
    this.#config = parts.config;
    this.#router = new Router(parts.config);
    this.#calendar = parts.calendar;
    this.#around = parts.around;
  }

  /** From here on another config holds. Who was told what stays as it is; `around` has to be configured beforehand. */
  configure(config: NotificationConfig): void {
    this.#config = config;
    this.#router = new Router(config);
    for (const [fingerprint, alert] of this.#alerts) this.#set(fingerprint, withoutTold(alert, this.#isNotTold));
    this.#groups.touchAll();
  }

  /** Takes the partition's next record that counts: one of a fenced owner must not come here. */
  apply(entry: AlertRecord): void {
    const { name, record } = entry;
    switch (name) {
      case "alerts-claimed":
        this.#applyClaim(record);
        break;
      case "alert-changed":
        this.#around.apply(entry);
        this.#applyChange(record);
        break;
      case "alert-acknowledged":
        this.#applyAcknowledgement(record);
        break;
      case "notification-planned":
        this.#applyPlan(record);
        break;
      case "notification-settled":
        this.#applySettlement(record);
        break;
      case "alerts-silenced":
        this.#around.apply(entry);
        break;
      case "resend-requested":
        this.#outbox.request(record.key);
        break;
    }
  }

  /**
   * What is to be told now: to be appended behind `fresh`, the transitions that this step found and that no record says
   * yet, in the same append, then applied like every other record, and only then sent. A question: it changes nothing.
   *
   * Until all rules were evaluated after a claim what ended while nobody looked is still held to be firing: until then
   * `mayTell` says of which alerts people may be told; the others wait. Undefined: of all.
   */
  plan(
    nowMs: number,
    fresh: ReadonlyArray<AlertChanged> = [],
    mayTell?: (alert: AlertChanged) => boolean,
  ): ReadonlyArray<NotificationPlanned> {
    const putBack = this.#pretend(fresh);
    const isOpened = mayTell === undefined ? this.#heldUntilMs !== undefined : nowMs >= (this.#heldUntilMs ?? 0);
    if (isOpened) this.#heldUntilMs = mayTell === undefined ? undefined : nowMs + heldMs;
    if (isOpened || this.#seenVersion !== this.#around.version) this.#groups.touchAll();
    this.#seenVersion = this.#around.version;
    const plans = this.#groups.takeDue(nowMs).flatMap((groupId) => this.#planOf(groupId, nowMs, mayTell) ?? []);
    putBack();
    return [...this.#resent(nowMs), ...plans];
  }

  /** The next instant at which `plan` may have something to say: 0 for at once, Infinity for not by time alone. */
  nextDueMs(): number {
    const isChanged = this.#seenVersion !== this.#around.version || this.#outbox.requested().some(this.#isReceived);
    return isChanged ? 0 : this.#groups.nextDueMs();
  }

  /** What was planned and has not come to its end, in its order: to be sent, again where an owner before did. */
  unsettled(): ReadonlyArray<NotificationPlanned> {
    return this.#outbox.unsettled();
  }

  /**
   * What the notification with this key says; undefined unless it is unsettled or dead, and where the configuration since
   * a restart tells nobody of any of it.
   */
  messageOf(key: string): NotificationMessage | undefined {
    const notification = this.#outbox.notification(key);
    return notification === undefined || notification.alerts.length === 0
      ? undefined
      : notificationMessage(notification, this.#config.externalUrl);
  }

  /** Looks at the transitions as if they stood in the log, until the function returned is called. */
  #pretend(fresh: ReadonlyArray<AlertChanged>): () => void {
    const alerts = new Map<string, AnnouncedAlert | undefined>();
    const firing = new Map<string, AlertChanged | undefined>();
    for (const change of fresh) {
      const { fingerprint } = change;
      if (!alerts.has(fingerprint)) {
        alerts.set(fingerprint, this.#alerts.get(fingerprint));
        firing.set(fingerprint, this.#around.inhibitor.firing(fingerprint));
      }
      this.#around.apply({ name: "alert-changed", record: change });
      this.#applyChange(change);
    }
    return () => {
      for (const [fingerprint, alert] of alerts) this.#set(fingerprint, alert);
      for (const [fingerprint, alert] of firing) this.#around.inhibitor.set(fingerprint, alert);
    };
  }

  #applyClaim({ epoch, claimed_at }: AlertsClaimed): void {
    this.#epoch = epoch;
    const isOld = (_: string, { resolution }: Told): boolean =>
      resolution !== null && resolution.evaluated_at < claimed_at - newsMs;
    for (const [fingerprint, alert] of this.#alerts) {
      const left = withoutTold(alert, isOld);
      if (left !== alert) this.#set(fingerprint, left);
    }
  }

  #applyChange(change: AlertChanged): void {
    const alert = afterTransition(this.#alerts.get(change.fingerprint), change);
    this.#set(change.fingerprint, alert === undefined ? undefined : withoutTold(alert, this.#isNotTold));
  }

  #applyAcknowledgement({ fingerprint }: AlertAcknowledged): void {
    const alert = this.#alerts.get(fingerprint);
    if (alert !== undefined) this.#set(fingerprint, afterAcknowledgement(alert));
  }

  #applyPlan(plan: NotificationPlanned): void {
    // What is sent again was told before: nothing becomes known by it, and no interval begins anew.
    if (plan.kind === "resent") {
      this.#outbox.revive(plan);
      return;
    }
    const tells = new Set(plan.transitions);
    const known = plan.alerts.flatMap((fingerprint) => this.#alerts.get(fingerprint) ?? []);
    this.#outbox.add(
      plan,
      known.map((alert) => shownAs(alert, plan.receiver, tells)),
    );
    for (const alert of known) this.#set(alert.current.fingerprint, afterPlan(alert, plan, tells));
  }

  #applySettlement(settled: NotificationSettled): void {
    const groupId = this.#outbox.settle(settled);
    if (groupId !== undefined) this.#groups.touch(groupId);
  }

  /** An end that no receiver is told of: none is sent on the route, or the receiver is no more. */
  readonly #isNotTold = (receiver: string, { resolution, groupKey }: Told): boolean =>
    resolution !== null && this.#router.destinationAt(pathOf(groupKey), receiver)?.sendResolved !== true;

  readonly #isReceived = ({ receiver }: NotificationPlanned): boolean =>
    this.#config.receivers.some(({ name }) => name === receiver);

  /** Dead letters under new keys: derived from the old ones, so that a request is answered once. */
  #resent(nowMs: number): ReadonlyArray<NotificationPlanned> {
    return this.#outbox
      .requested()
      .filter(this.#isReceived)
      .map((dead) => ({
        ...dead,
        key: resentKeyOf(dead.key),
        epoch: this.#epoch,
        kind: "resent",
        planned_at: nowMs,
      }));
  }

  #set(fingerprint: string, alert: AnnouncedAlert | undefined): void {
    if (alert === undefined) this.#alerts.delete(fingerprint);
    else this.#alerts.set(fingerprint, alert);
    this.#groups.place(fingerprint, alert === undefined ? [] : membershipsOf(alert, this.#router));
  }

  #planOf(
    groupId: string,
    nowMs: number,
    mayTell: ((alert: AlertChanged) => boolean) | undefined,
  ): NotificationPlanned | undefined {
    const all = this.#groups.members(groupId);
    if (all === undefined) return undefined;
    const members = mayTell === undefined ? all : new Map([...all].filter(([, { shown }]) => mayTell(shown)));
    if (this.#outbox.isWaiting(groupId)) {
      this.#groups.schedule(groupId, Number.POSITIVE_INFINITY);
      return undefined;
    }
    const decision = decideGroup(members, nowMs, this.#around, this.#calendar);
    // A plan is due until it is appended.
    this.#groups.schedule(groupId, decision._tag === "Wait" ? decision.untilMs : 0);
    if (decision._tag === "Wait") return undefined;
    const { listed, kind } = decision;
    const [first] = listed;
    if (first === undefined) return undefined;
    const { groupKey, group } = first;
    const { receiver } = first.destination;
    const transitions = listed.flatMap(({ pending }) => pending.map(({ transition_id }) => transition_id));
    const key =
      kind === "changed"
        ? changedKeyOf(receiver, groupKey, transitions)
        : repeatedKeyOf(receiver, groupKey, lastToldOf(members.values())?.key ?? "");
    return {
      key,
      epoch: this.#epoch,
      receiver,
      group_key: groupKey,
      group,
      kind,
      transitions,
      alerts: listed.map(({ shown }) => shown.fingerprint),
      planned_at: nowMs,
    };
  }
}
