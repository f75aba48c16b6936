import kafkajs, { type Consumer, type Kafka, type PartitionAssigner } from "kafkajs";
import type { AssignmentListener, Partition } from "../event-log.ts";
import { LogClosed } from "../log-fault.ts";
import { share } from "../share.ts";
import type { Cluster } from "./cluster.ts";
import { Interrupted, type OnInterrupted, untilDone } from "./interrupted.ts";
import { decodeCopies, encodeCopies } from "./member-copies.ts";

export interface GroupSettings {
  /** The group gives a member up that was not heard for so long. */
  readonly sessionTimeoutMs: number;
  /** How long a member may take to give its partitions back. */
  readonly rebalanceTimeoutMs: number;
  readonly heartbeatMs: number;
}

const restartMs = 500;

/**
 * One member of a consumer group. kafkajs keeps the membership and fetches nothing: every partition is paused. Its patch
 * (patches/) lets us await the listener before it joins again, with heartbeats going on meanwhile, so that a member has
 * committed what it held before anyone else can get it.
 */
export class GroupMember {
  private readonly kafka: Kafka;
  private readonly cluster: Cluster;
  private readonly groupId: string;
  private readonly topics: ReadonlyArray<string>;
  private readonly listener: AssignmentListener;
  private readonly settings: GroupSettings;
  private readonly onInterrupted: OnInterrupted;
  private readonly onListenerFault: (error: unknown) => void;
  private consumer: Consumer | undefined;
  private held: ReadonlyArray<Partition> = [];
  /** Ends the listener's taking on of partitions that are wanted back. */
  private recall = new AbortController();
  /** The listener's calls, one after another. */
  private turn: Promise<void> = Promise.resolve();
  private left: Promise<void> | undefined;
  private restartTimer: NodeJS.Timeout | undefined;
  private onFirst: { resolve: () => void; reject: (error: unknown) => void } | undefined;

  constructor(
    kafka: Kafka,
    cluster: Cluster,
    group: { readonly groupId: string; readonly topics: ReadonlyArray<string>; readonly listener: AssignmentListener },
    settings: GroupSettings,
    onInterrupted: OnInterrupted,
    onListenerFault: (error: unknown) => void,
  ) {
    this.kafka = kafka;
    this.cluster = cluster;
    this.groupId = group.groupId;
    this.topics = group.topics;
    this.listener = group.listener;
    this.settings = settings;
    this.onInterrupted = onInterrupted;
    this.onListenerFault = onListenerFault;
  }

  /** Resolves once the listener has its first partitions. Rejects UnknownTopic, or what the listener rejects with. */
  async join(): Promise<void> {
    for (const topic of this.topics) await this.count(topic);
    const first = new Promise<void>((resolve, reject) => {
      this.onFirst = { resolve, reject };
    });
    await Promise.all([first, this.start()]);
  }

  /** Gives everything back, then leaves the group. */
  leave(): Promise<void> {
    this.left ??= this.end();
    return this.left;
  }

  private async end(): Promise<void> {
    clearTimeout(this.restartTimer);
    this.onFirst?.reject(new LogClosed());
    try {
      await this.giveBack();
    } finally {
      await this.consumer?.disconnect();
    }
  }

  private async start(): Promise<void> {
    const { sessionTimeoutMs, rebalanceTimeoutMs, heartbeatMs } = this.settings;
    const consumer = this.kafka.consumer({
      groupId: this.groupId,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: rebalanceTimeoutMs,
      heartbeatInterval: heartbeatMs,
      maxWaitTimeInMs: heartbeatMs,
      allowAutoTopicCreation: false,
      partitionAssigners: [this.assigner()],
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 20, restartOnFailure: async () => false },
      beforeJoin: () => this.giveBack().catch((error: unknown) => this.told(error)),
    });
    this.consumer = consumer;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      // Before the first fetch: this member reads by other means.
      consumer.pause(this.topics.map((topic) => ({ topic })));
      this.take(payload.memberAssignment);
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => this.crashed(consumer, payload.error));
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...this.topics], fromBeginning: true });
      await consumer.run({ autoCommit: false, eachBatch: async () => undefined });
    } catch (error) {
      this.crashed(consumer, error);
    }
  }

  /** A membership that kafkajs gave up is begun anew: only leaving ends it. */
  private crashed(consumer: Consumer, error: unknown): void {
    if (this.left !== undefined || this.consumer !== consumer) return;
    this.consumer = undefined;
    this.onInterrupted(new Interrupted(`The membership of ${this.groupId} was interrupted: ${error}.`, error), 1);
    void this.giveBack().catch((fault: unknown) => this.told(fault));
    void consumer.disconnect().catch(() => undefined);
    this.restartTimer = setTimeout(() => void this.start(), restartMs);
  }

  private take(assignment: Readonly<Record<string, ReadonlyArray<number>>>): void {
    if (this.left !== undefined) return;
    const partitions = Object.entries(assignment).flatMap(([topic, numbers]) =>
      numbers.map((partition): Partition => ({ topic, partition })),
    );
    const recall = new AbortController();
    this.recall = recall;
    void this.inTurn(async () => {
      if (this.left !== undefined) return;
      this.held = partitions;
      await this.listener.onAssigned(partitions, recall.signal);
      this.onFirst?.resolve();
      this.onFirst = undefined;
    }).catch((error: unknown) => this.told(error));
  }

  /** A listener that fails its first partitions fails the join; later on it is a broken invariant. */
  private told(error: unknown): void {
    if (this.onFirst === undefined) this.onListenerFault(error);
    else this.onFirst.reject(error);
  }

  private giveBack(): Promise<void> {
    this.recall.abort();
    return this.inTurn(async () => {
      const held = this.held;
      this.held = [];
      if (held.length > 0) await this.listener.onRevoked(held);
    });
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.turn.then(work);
    this.turn = turn.catch(() => undefined);
    return turn;
  }

  private count(topic: string): Promise<number> {
    return untilDone(
      () => this.cluster.partitions(topic),
      () => this.cluster.isClosed,
      this.onInterrupted,
    );
  }

  private assigner(): PartitionAssigner {
    const { MemberMetadata, MemberAssignment } = kafkajs.AssignerProtocol;
    const name = "leadwire";
    const version = 1;
    const userData = Buffer.alloc(0);
    return () => ({
      name,
      version,
      protocol: ({ topics }) => {
        const copies = encodeCopies(this.listener.copies?.() ?? []);
        return { name, metadata: MemberMetadata.encode({ version, topics, userData: copies }) };
      },
      assign: async ({ members }) => {
        const subscribers = members.map(({ memberId, memberMetadata }) => {
          const told = MemberMetadata.decode(memberMetadata);
          return { memberId, topics: told?.topics ?? [], copies: decodeCopies(told?.userData ?? Buffer.alloc(0)) };
        });
        const counts = new Map<string, number>();
        for (const topic of new Set(subscribers.flatMap(({ topics }) => topics))) {
          counts.set(topic, await this.count(topic));
        }
        return [...share(subscribers, (topic) => counts.get(topic) ?? 0)].map(([memberId, partitions]) => {
          const assignment: Record<string, number[]> = {};
          for (const { topic, partition } of partitions) {
            const numbers = assignment[topic] ?? [];
            numbers.push(partition);
            assignment[topic] = numbers;
          }
          return { memberId, memberAssignment: MemberAssignment.encode({ version, assignment, userData }) };
        });
      },
    });
  }
}
