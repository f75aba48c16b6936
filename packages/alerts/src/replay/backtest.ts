import { dayMs, decodeEvent } from "@leadwire/events";
import { textOfDay, type ZoneCalendar } from "@leadwire/funnel";
import { isRight } from "fp-ts/lib/Either.js";
import type { PlayedAlertRecord } from "./alert-replay.ts";
import { type BacktestAlert, BacktestAlerts } from "./backtest-alert.ts";

/** What a rule would have done over a stretch of time. */
export interface Backtest {
  readonly alerts: ReadonlyArray<BacktestAlert>;
  /** Of those that did not stand when it began. */
  readonly alerts_per_day: number;
  /** The local day with the most of those; null without any. */
  readonly busiest_day: { readonly day: string; readonly alerts: number } | null;
  /** Over those: how long after their cause they fired; null without any. */
  readonly time_to_fire_ms: { readonly median: number; readonly max: number } | null;
  /** Notifications by receiver, as the routes in use plan them. */
  readonly notifications: Readonly<Record<string, number>>;
}

const eventMsOf = ({ by }: PlayedAlertRecord): number | undefined => {
  if (by === undefined) return undefined;
  const event = decodeEvent(by.record.value === null ? Buffer.alloc(0) : Buffer.from(by.record.value));
  return isRight(event) ? event.right.occurred_at : undefined;
};

/** Collects what a replay writes. */
export class BacktestCollector {
  private readonly found: BacktestAlerts;
  private readonly notifications = new Map<string, number>();
  private readonly fromMs: number;

  constructor(fromMs: number) {
    this.fromMs = fromMs;
    this.found = new BacktestAlerts(fromMs);
  }

  apply(written: PlayedAlertRecord): void {
    const { name, record } = written.record;
    if (name === "alert-changed") this.found.apply(record, eventMsOf(written));
    if (name === "notification-planned")
      this.notifications.set(record.receiver, (this.notifications.get(record.receiver) ?? 0) + 1);
  }

  finish(toMs: number, calendar: ZoneCalendar): Backtest {
    const alerts = this.found.list();
    const fresh = alerts.filter((alert) => !alert.stands_at_start);
    return {
      alerts,
      alerts_per_day: fresh.length / Math.max((toMs - this.fromMs) / dayMs, Number.EPSILON),
      busiest_day: busiestDay(fresh, calendar),
      time_to_fire_ms: timeToFire(fresh),
      notifications: Object.fromEntries([...this.notifications].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }
}

const busiestDay = (alerts: ReadonlyArray<BacktestAlert>, calendar: ZoneCalendar): Backtest["busiest_day"] => {
  const byDay = Map.groupBy(alerts, (alert) => calendar.localDay(alert.fired_at_ms));
  const [busiest] = [...byDay].sort(([a, ofA], [b, ofB]) => ofB.length - ofA.length || a - b);
  return busiest === undefined ? null : { day: textOfDay(busiest[0]), alerts: busiest[1].length };
};

const timeToFire = (alerts: ReadonlyArray<BacktestAlert>): Backtest["time_to_fire_ms"] => {
  const sorted = alerts.map((alert) => alert.time_to_fire_ms).sort((a, b) => a - b);
  const [median, max] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted.at(-1)];
  return median === undefined || max === undefined ? null : { median, max };
};
