import {
  type AlertRecord,
  alertCodec,
  alertsTopic,
  type NotificationPlanned,
  type SchemaRegistry,
} from "@leadwire/events";
import type { EventLog, Partition } from "@leadwire/log";
import { TopicFollower } from "@leadwire/stream";
import { AlertPartition } from "./alert-partition.ts";
import { PartitionOwner, type Settlement } from "./partition-owner.ts";
import type { OwnerDecisions, PartitionState } from "./partition-state.ts";
import { StepLoop } from "./step-loop.ts";

/** The group whose members share the partitions of leadwire.alerts: each is decided on by one of them. */
const alertsGroup = "leadwire.alerts";

export interface AlertRuntimeOptions {
  readonly log: EventLog;
  readonly registry: SchemaRegistry;
  readonly partitions: number;
  readonly generation: string;
  /** For people: who decides. */
  readonly ownerName: string;
  readonly nowMs: () => number;
  readonly openState: (partition: number) => PartitionState;
  readonly decide: (state: PartitionState, epoch: number, partition: number) => OwnerDecisions;
  /** Whether data are complete up to now: else everything holds its state. */
  readonly isLive: () => boolean;
  readonly send: (planned: NotificationPlanned, partition: number) => void;
  /** What of a partition is being sent is another process's to send. */
  readonly drop: (partition: number) => void;
  readonly onAppended: (records: ReadonlyArray<AlertRecord>) => void;
  readonly onPass: (ms: number) => void;
  readonly onNotice: (text: string) => void;
  readonly onFailure: (cause: unknown) => void;
}

/**
 * Follows every partition of leadwire.alerts and decides on those that the group gives to this process. What the rules
 * and the notifications are it does not know: `openState` and `decide` do.
 */
export class AlertRuntime {
  private readonly options: AlertRuntimeOptions;
  private readonly places: ReadonlyArray<AlertPartition>;
  private readonly owners = new Map<number, PartitionOwner>();
  private readonly codec: ReturnType<typeof alertCodec>;
  private readonly follower: TopicFollower;
  private readonly loop: StepLoop;
  private leave: (() => Promise<void>) | undefined;
  private assignedOnce = false;

  constructor(options: AlertRuntimeOptions) {
    this.options = options;
    const { log, registry, partitions, openState, onNotice, onFailure } = options;
    this.codec = alertCodec(registry);
    const onUnreadable = (partition: number, offset: number): void =>
      onNotice(
        `${alertsTopic}-${partition} holds a record at offset ${offset} that is none of alerts: it is left out.`,
      );
    this.places = Array.from(
      { length: partitions },
      (_, partition) => new AlertPartition({ log, codec: this.codec, partition, openState, onUnreadable }),
    );
    this.follower = new TopicFollower({
      log,
      partitions: this.places.map(({ partition }) => ({ topic: alertsTopic, partition })),
      onChunk: (chunk, from, { partition }) => this.places[partition]?.saw(chunk, from),
      onRound: () => this.heard(),
      onFailure,
    });
    this.loop = new StepLoop({ ...options, steppers: () => this.owners.values() });
  }

  /** Reads what the topic holds, then joins the group: resolves once the first partitions are claimed. */
  async start(): Promise<void> {
    await this.follower.start(() => 0);
    this.leave = await this.options.log.join(alertsGroup, [alertsTopic], {
      onAssigned: (partitions) => this.assigned(partitions),
      onRevoked: (partitions) => this.revoked(partitions),
    });
    this.wake();
  }

  /** Something may have changed: everybody gets a turn. */
  readonly wake = (): void => this.loop.wake();

  get isAssigned(): boolean {
    return this.assignedOnce;
  }

  /** Partitions that this process decides on. */
  get owned(): ReadonlyArray<number> {
    return [...this.owners].flatMap(([partition, { isOwner }]) => (isOwner ? [partition] : []));
  }

  /** All partitions' states, this process's and others'. */
  get states(): ReadonlyArray<PartitionState> {
    return this.places.map(({ state }) => state);
  }

  settle(partition: number, settlement: Settlement): void {
    this.owners.get(partition)?.settle(settlement);
    this.wake();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
    await this.leave?.();
    // A group that this process has fallen out of takes nothing back.
    await this.revoked([...this.owners.keys()].map((partition) => ({ topic: alertsTopic, partition })));
    await this.follower.stop();
  }

  private heard(): void {
    for (const place of this.places) if (!place.isHeld && place.isBehind) place.catchUp().catch(this.options.onFailure);
    this.wake();
  }

  private async assigned(partitions: ReadonlyArray<Partition>): Promise<void> {
    const { send, drop } = this.options;
    await Promise.all(
      partitions.map(async ({ partition }) => {
        const place = this.places[partition];
        if (place === undefined) throw new Error(`${alertsTopic} has no partition ${partition}`);
        const owner = new PartitionOwner({
          ...this.options,
          codec: this.codec,
          place,
          send: (of, planned) => {
            for (const each of planned) send(each, of);
          },
          drop,
        });
        this.owners.set(partition, owner);
        await owner.claim();
      }),
    );
    this.assignedOnce = true;
    this.wake();
  }

  private async revoked(partitions: ReadonlyArray<Partition>): Promise<void> {
    await Promise.all(
      partitions.map(async ({ partition }) => {
        const owner = this.owners.get(partition);
        if (owner === undefined) return;
        await owner.release();
        this.owners.delete(partition);
      }),
    );
  }
}
