import {
  type AlertsConfig,
  type Channel,
  type Decisions,
  openDecisions,
  PartitionBook,
  type RuleSet,
  Surroundings,
} from "@leadwire/alerts";
import type { NotificationPlanned, SchemaRegistry } from "@leadwire/events";
import { type Workspace, ZoneCalendar } from "@leadwire/funnel";
import { type EventLog, partitionOf } from "@leadwire/log";
import type { AlertNumbers, RuleWatch } from "./alert-numbers.ts";
import { type AlertStats, WrittenCounts } from "./alert-stats.ts";
import type { ChannelDeps } from "./channels/channel-deps.ts";
import { openChannels } from "./channels/open-channel.ts";
import { Delivery } from "./delivery/delivery.ts";
import type { DeliveryPolicy } from "./delivery/delivery-policy.ts";
import { AlertRuntime } from "./runtime/alert-runtime.ts";

export interface AlertServiceOptions {
  readonly log: EventLog;
  readonly registry: SchemaRegistry;
  /** Of every topic. */
  readonly partitions: number;
  readonly generation: string;
  /** Tells people who decides. */
  readonly processName: string;
  readonly workspace: Workspace;
  readonly config: AlertsConfig;
  readonly numbers: AlertNumbers;
  readonly channels: Omit<ChannelDeps, "nowMs" | "allowPrivate" | "firingLastsMs">;
  readonly policy: DeliveryPolicy;
  readonly nowMs: () => number;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** What a pass over all that is owned took. */
  readonly onPass?: (ms: number) => void;
  readonly onNotice: (text: string) => void;
  readonly onFailure: (cause: unknown) => void;
}

export interface AlertService {
  /** Other rules, receivers and routes hold from here on. */
  readonly reload: (config: AlertsConfig) => void;
  /** Why it cannot do its work yet, in sentences; empty when it can. */
  readonly unready: () => ReadonlyArray<string>;
  readonly stats: () => AlertStats;
  /** Says what was sent, gives its partitions up, and cuts what is on its way: whoever owns them next sends that again. */
  readonly stop: () => Promise<void>;
}

interface Decided {
  readonly decisions: Decisions;
  watch: RuleWatch;
}

const after = (delayMs: number, task: () => void): (() => void) => {
  const timer = setTimeout(task, Math.min(delayMs, 2 ** 31 - 1));
  return () => clearTimeout(timer);
};

/** Live numbers to alerts, alerts to receivers: the wiring of all parts over one topic. */
class AlertTeller {
  private readonly options: AlertServiceOptions;
  private readonly books: ReadonlyArray<PartitionBook>;
  private readonly around: Surroundings;
  private readonly decided = new Map<number, Decided>();
  /** Keys on their way, with their partitions. */
  private readonly sending = new Map<string, number>();
  private channels: ReadonlyMap<string, Channel> = new Map();
  private readonly delivery: Delivery;
  private readonly runtime: AlertRuntime;
  private readonly written = new WrittenCounts();
  private config: AlertsConfig;
  private evaluations = 0;
  private endChanges: () => void = () => undefined;

  constructor(options: AlertServiceOptions) {
    const { config, workspace, partitions, numbers, processName, onPass, onNotice } = options;
    this.options = options;
    this.config = config;
    this.around = new Surroundings(config.notifications.inhibitions);
    const calendar = new ZoneCalendar(workspace.timeZone);
    const parts = { config: config.notifications, calendar, around: this.around };
    this.books = Array.from({ length: partitions }, () => new PartitionBook(parts));
    this.openReceivers();
    this.delivery = new Delivery({
      ...options,
      after,
      channelOf: (receiver) => this.channels.get(receiver),
      onSettled: (key, outcome, attempts, detail) => this.settled(key, outcome, attempts, detail),
      onStanding: (receiver, failing) =>
        onNotice(failing === null ? `${receiver} answers again.` : `${receiver} cannot be told: ${failing}`),
    });
    this.runtime = new AlertRuntime({
      ...options,
      ownerName: processName,
      openState: (partition) => this.book(partition),
      decide: (_state, _epoch, partition) => this.decide(partition),
      isLive: numbers.isLive,
      send: (planned, partition) => this.send(planned, partition),
      drop: (partition) => this.drop(partition),
      onAppended: (records) => this.written.note(records),
      onPass: (ms) => {
        this.evaluations += 1;
        onPass?.(ms);
      },
    });
  }

  async start(): Promise<void> {
    this.endChanges = this.options.numbers.onChange(this.runtime.wake);
    await this.runtime.start();
  }

  readonly reload = (config: AlertsConfig): void => {
    this.config = config;
    this.around.configure(config.notifications.inhibitions);
    for (const { planner } of this.books) planner.configure(config.notifications);
    this.openReceivers();
    for (const [partition, decided] of this.decided) {
      const ruleSets = this.ruleSetsOf(partition);
      const watch = this.watch(ruleSets);
      decided.decisions.reload(ruleSets, watch.evaluators);
      decided.watch.end();
      decided.watch = watch;
    }
    this.runtime.wake();
  };

  readonly unready = (): ReadonlyArray<string> =>
    this.runtime.isAssigned ? [] : ["The alerts wait for the group to give them their partitions."];

  readonly stats = (): AlertStats => {
    const firing = { info: 0, warning: 0, critical: 0 };
    let pending = 0;
    const { owned } = this.runtime;
    for (const partition of owned)
      for (const { record } of this.book(partition).alerts.alive()) {
        if (record.status === "pending") pending += 1;
        else if (record.severity === "info" || record.severity === "warning") firing[record.severity] += 1;
        else firing.critical += 1;
      }
    return {
      partitions: owned.length,
      rules: owned.reduce(
        (sum, partition) => sum + this.ruleSetsOf(partition).reduce((of, { rules }) => of + rules.length, 0),
        0,
      ),
      firing,
      pending,
      evaluations: this.evaluations,
      ...this.written,
      waiting: this.sending.size,
      failingReceivers: this.delivery
        .standings()
        .flatMap(({ receiver, failingSinceMs }) => (failingSinceMs === null ? [] : [receiver])),
    };
  };

  readonly stop = async (): Promise<void> => {
    this.endChanges();
    await this.delivery.stop();
    await this.runtime.stop();
  };

  private book(partition: number): PartitionBook {
    const book = this.books[partition];
    if (book === undefined) throw new Error(`alerts have no partition ${partition}`);
    return book;
  }

  private ruleSetsOf(partition: number): ReadonlyArray<RuleSet> {
    return this.config.ruleSets.filter(
      ({ name }) => partitionOf(Buffer.from(name), this.options.partitions) === partition,
    );
  }

  private watch(ruleSets: ReadonlyArray<RuleSet>): RuleWatch {
    return this.options.numbers.watch(ruleSets.flatMap(({ rules }) => rules));
  }

  private decide(partition: number): Decisions {
    const ruleSets = this.ruleSetsOf(partition);
    const watch = this.watch(ruleSets);
    const { generation } = this.options;
    const { evaluators } = watch;
    const decisions = openDecisions({ partition: this.book(partition), ruleSets, evaluators, generation });
    const decided = { decisions, watch };
    this.decided.set(partition, decided);
    const end = (): void => {
      decisions.end();
      decided.watch.end();
      if (this.decided.get(partition) === decided) this.decided.delete(partition);
    };
    return { ...decisions, end };
  }

  private openReceivers(): void {
    const { channels, nowMs, onNotice } = this.options;
    this.channels = openChannels(this.config.notifications, { ...channels, nowMs }, onNotice);
  }

  private send({ key, receiver, group_key }: NotificationPlanned, partition: number): void {
    if (this.sending.has(key)) return;
    this.sending.set(key, partition);
    const book = this.book(partition);
    this.delivery.deliver(key, receiver, `${partition}/${group_key}`, () => {
      const message = book.messageOf(key);
      if (message === undefined) throw new Error(`nothing is known of the notification ${key}`);
      return message;
    });
  }

  private drop(partition: number): void {
    for (const [key, of] of this.sending) {
      if (of !== partition) continue;
      this.sending.delete(key);
      this.delivery.withdraw(key);
    }
  }

  private settled(key: string, outcome: "delivered" | "dead", attempts: number, detail: string): void {
    const partition = this.sending.get(key);
    if (partition === undefined) return;
    this.sending.delete(key);
    const receiver = this.book(partition).messageOf(key)?.receiver ?? "";
    if (outcome === "dead")
      this.options.onNotice(
        `The receiver ${receiver} was not told: ${detail} npx leadwire alerts deliveries --dead shows it, alerts resend ${key} sends it again.`,
      );
    const settledAtMs = this.options.nowMs();
    this.runtime.settle(partition, { key, receiver, outcome, attempts, detail, settled_at: settledAtMs });
  }
}

/** Opens the service: resolves once it has read leadwire.alerts and has its first partitions. */
export const openAlertService = async (options: AlertServiceOptions): Promise<AlertService> => {
  const teller = new AlertTeller(options);
  await teller.start();
  return teller;
};
