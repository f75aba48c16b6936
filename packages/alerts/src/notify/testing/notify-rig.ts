import type { AlertChanged, AlertMatcher, AlertRecord, AlertsSilenced, NotificationPlanned } from "@leadwire/events";
import { ZoneCalendar } from "@leadwire/funnel";
import { defaultRoute } from "../default-notifications.ts";
import type { NotificationConfig, Receiver, Route } from "../notification-config.ts";
import { NotificationPlanner } from "../notification-planner.ts";
import { Surroundings } from "../surroundings.ts";

export const secondMs = 1_000;
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
/** Monday, 2026-03-02 09:00 in Berlin. */
export const mondayMs = Date.UTC(2026, 2, 2, 8);
export const berlin = new ZoneCalendar("Europe/Berlin");

const webhook = (name: string): Receiver => ({
  _tag: "Webhook",
  name,
  url: `https://${name}.example.com/`,
  secret: { _tag: "Environment", name: "SECRET" },
});

/** A matcher as people write it, of the kinds `a=b` and `a=~b`. */
export const matcher = (text: string): AlertMatcher => {
  const [, label = "", operator = "", value = ""] = /^(\w+)(=~|!~|!=|=)(.*)$/.exec(text) ?? [];
  const operators = { "=": "equals", "!=": "differs", "=~": "matches", "!~": "mismatches" } as const;
  return { label, operator: operators[operator as keyof typeof operators], value };
};

export const route = (lines: Partial<Route>): Route => ({
  ...defaultRoute,
  receivers: ["ops"],
  groupWaitMs: 0,
  ...lines,
});

export const config = (lines: Partial<NotificationConfig> = {}): NotificationConfig => ({
  receivers: ["ops", "sales", "boss"].map(webhook),
  route: route({}),
  inhibitions: [],
  allowPrivate: [],
  ...lines,
});

interface Change {
  readonly rule?: string;
  readonly team?: string;
  readonly status: AlertChanged["status"];
  readonly former?: AlertChanged["status"];
  readonly step?: number;
  readonly severity?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A log in memory, and the planner that folds it: what the service does, without the service. */
export class NotifyRig {
  readonly log: Array<AlertRecord> = [];
  around: Surroundings;
  planner: NotificationPlanner;
  config: NotificationConfig;
  epoch = 1;
  readonly #started = new Map<string, { startedMs: number; ordinal: number; status: AlertChanged["status"] }>();

  constructor(setting: NotificationConfig = config()) {
    this.config = setting;
    this.around = new Surroundings(setting.inhibitions);
    this.planner = new NotificationPlanner({ config: setting, calendar: berlin, around: this.around });
    this.append({
      name: "alerts-claimed",
      record: { epoch: 1, owner: "test", generation: "g", claimed_at: mondayMs - hourMs },
    });
  }

  append(...records: ReadonlyArray<AlertRecord>): void {
    for (const record of records) {
      this.log.push(record);
      this.planner.apply(record);
    }
  }

  /** A transition that follows from the ones before it; nothing is appended. */
  change(atMs: number, { rule = "win-rate-low", team = "north", ...change }: Change): AlertChanged {
    const fingerprint = `${rule}-${team}`;
    const before = this.#started.get(fingerprint);
    const goesOn = before !== undefined && (before.status === "firing" || before.status === "pending");
    const startedMs = goesOn ? before.startedMs : atMs;
    const ordinal = before?.startedMs === startedMs ? before.ordinal + 1 : 0;
    this.#started.set(fingerprint, { startedMs, ordinal, status: change.status });
    return {
      transition_id: `${rule}/${fingerprint}/${startedMs}/${ordinal}`,
      epoch: this.epoch,
      rule_set: "sales",
      rule,
      rule_version: "v1",
      generation: "g",
      fingerprint,
      labels: { team, ...change.labels },
      severity: change.severity ?? "warning",
      former: change.former ?? (goesOn ? before.status : "inactive"),
      status: change.status,
      step: change.step ?? 0,
      cause: "data",
      at: atMs,
      evaluated_at: atMs,
      started_at: startedMs,
      value: 0.2,
      numerator: 1,
      denominator: 5,
      threshold: 0.25,
      unit: "ratio",
      events: ["web/e1"],
      summary: `${team} wins 20 % of its deals`,
      explain: "",
    };
  }

  /** What the service does in one step: transitions and what is told of them in one append. The plans, applied. */
  step(nowMs: number, ...changes: ReadonlyArray<Change>): ReadonlyArray<NotificationPlanned> {
    const fresh = changes.map((change) => this.change(nowMs, change));
    const plans = this.planner.plan(nowMs, fresh);
    this.append(...fresh.map((record): AlertRecord => ({ name: "alert-changed", record })));
    this.append(...plans.map((record): AlertRecord => ({ name: "notification-planned", record })));
    return plans;
  }

  /** A step, and everything planned is delivered at once. */
  deliver(nowMs: number, ...changes: ReadonlyArray<Change>): ReadonlyArray<NotificationPlanned> {
    const plans = this.step(nowMs, ...changes);
    for (const { key } of plans) this.settle(key, nowMs);
    return plans;
  }

  settle(key: string, nowMs: number, outcome: "delivered" | "dead" = "delivered"): void {
    const { receiver } = this.planner.unsettled().find((plan) => plan.key === key) ?? { receiver: "" };
    this.append({
      name: "notification-settled",
      record: { key, epoch: this.epoch, receiver, outcome, attempts: 1, detail: "200", settled_at: nowMs },
    });
  }

  silence(atMs: number, lines: Partial<AlertsSilenced> & Pick<AlertsSilenced, "matchers">): void {
    const untilMs = atMs + hourMs;
    this.append({
      name: "alerts-silenced",
      record: {
        silence_id: "s1",
        author: "ana",
        comment: "moving house",
        starts_at: atMs,
        ends_at: untilMs,
        set_at: atMs,
        ...lines,
      },
    });
  }

  acknowledge(atMs: number, rule = "win-rate-low", team = "north"): void {
    const fingerprint = `${rule}-${team}`;
    this.append({
      name: "alert-acknowledged",
      record: { rule_set: "sales", rule, fingerprint, author: "ana", comment: "on it", acknowledged_at: atMs },
    });
  }

  /** The process ends and another one folds the log: with a claim, unless it only looks. */
  restart(claimedAtMs?: number, setting = this.config): void {
    this.config = setting;
    this.around = new Surroundings(setting.inhibitions);
    this.planner = new NotificationPlanner({ config: setting, calendar: berlin, around: this.around });
    for (const record of this.log) this.planner.apply(record);
    if (claimedAtMs === undefined) return;
    this.epoch += 1;
    this.append({
      name: "alerts-claimed",
      record: { epoch: this.epoch, owner: "test", generation: "g", claimed_at: claimedAtMs },
    });
  }
}

/** A plan as a line: `ops changed win-rate-low-north/0 win-rate-low-south/0: win-rate-low-north …`. */
export const planLine = ({ receiver, kind, transitions, alerts }: NotificationPlanned): string => {
  const told = transitions.map((id) => id.replace(/^[^/]*\/(.*)\/(\d+)\/(\d+)$/, "$1/$3"));
  return `${receiver} ${kind} [${told.join(" ")}] ${alerts.join(" ")}`;
};
