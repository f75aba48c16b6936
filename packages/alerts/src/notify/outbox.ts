import type { AlertChanged, NotificationPlanned, NotificationSettled } from "@leadwire/events";
import { groupIdOf } from "./membership.ts";
import { resentKeyOf } from "./notification-key.ts";

/** A notification and what it says, as of its own place in the log. */
export interface PlannedNotification {
  readonly plan: NotificationPlanned;
  /** One for each of the plan's alerts, in their order. */
  readonly alerts: ReadonlyArray<AlertChanged>;
}

/** Dead letters that are kept, to be sent again: the newest. */
const deadLettersMax = 1_000;

/** Notifications that have not come to their end, and those that were given up. Those delivered are let go. */
export class Outbox {
  readonly #unsettled = new Map<string, PlannedNotification>();
  /** By the key under which each would be sent again. */
  readonly #dead = new Map<string, PlannedNotification>();
  /** Keys of dead letters that somebody wants sent again. */
  readonly #requested = new Set<string>();
  readonly #waiting = new Map<string, number>();

  /** In the order of the log. */
  unsettled(): ReadonlyArray<NotificationPlanned> {
    return [...this.#unsettled.values()].map(({ plan }) => plan);
  }

  /** Whether something for this group is on its way: what comes after it waits, so that receivers are told in order. */
  isWaiting(groupId: string): boolean {
    return this.#waiting.has(groupId);
  }

  /** Undefined unless it is unsettled or dead. */
  notification(key: string): PlannedNotification | undefined {
    return this.#unsettled.get(key) ?? this.#dead.get(resentKeyOf(key));
  }

  /** A dead letter is to be sent again. Asks for nothing where there is none: it was sent again, or was let go. */
  request(key: string): void {
    if (this.#dead.has(resentKeyOf(key))) this.#requested.add(key);
  }

  /** The dead letters to send again. */
  requested(): ReadonlyArray<NotificationPlanned> {
    return [...this.#requested].flatMap((key) => this.#dead.get(resentKeyOf(key))?.plan ?? []);
  }

  add(plan: NotificationPlanned, alerts: ReadonlyArray<AlertChanged>): void {
    if (this.#unsettled.has(plan.key)) return;
    this.#unsettled.set(plan.key, { plan, alerts });
    const groupId = groupIdOf(plan.receiver, plan.group_key);
    this.#waiting.set(groupId, (this.#waiting.get(groupId) ?? 0) + 1);
  }

  /** A dead letter is on its way again, and is one no more. It says what it said at first. */
  revive(plan: NotificationPlanned): void {
    const dead = this.#dead.get(plan.key);
    if (dead === undefined) return;
    this.#letGo(plan.key, dead);
    this.add(plan, dead.alerts);
  }

  /** The group that may have waited for this; undefined where the notification is not known. */
  settle({ key, outcome }: NotificationSettled): string | undefined {
    const settled = this.#unsettled.get(key);
    if (settled === undefined) return undefined;
    this.#unsettled.delete(key);
    if (outcome === "dead") this.#bury(settled);
    const groupId = groupIdOf(settled.plan.receiver, settled.plan.group_key);
    const left = (this.#waiting.get(groupId) ?? 1) - 1;
    if (left === 0) this.#waiting.delete(groupId);
    else this.#waiting.set(groupId, left);
    return groupId;
  }

  #bury(notification: PlannedNotification): void {
    this.#dead.set(resentKeyOf(notification.plan.key), notification);
    if (this.#dead.size <= deadLettersMax) return;
    const oldest = this.#dead.entries().next().value;
    if (oldest !== undefined) this.#letGo(...oldest);
  }

  #letGo(resentKey: string, { plan }: PlannedNotification): void {
    this.#dead.delete(resentKey);
    this.#requested.delete(plan.key);
  }
}
