import type { LogPosition, Partition } from "@leadwire/log";
import type { Machine, Scheduler, Waiting } from "./scheduler.ts";
import { SimGroup } from "./sim-group.ts";
import { SimPartition } from "./sim-partition.ts";

interface Waiter {
  readonly positions: ReadonlyArray<LogPosition>;
  readonly waiting: Waiting;
}

const nameOf = ({ topic, partition }: Partition): string => `${topic}/${partition}`;

/** The log that all machines of a simulation share, with its groups and its clock. */
export class SimBroker {
  readonly scheduler: Scheduler;
  readonly network: Machine;
  readonly partitions: number;
  /** What the wall clock shows before the scheduler's own time; it may be set. */
  wallMs: number;
  private readonly places = new Map<string, SimPartition>();
  private readonly groups = new Map<string, SimGroup>();
  private readonly assigned: (group: string) => ReadonlyArray<Partition>;
  private waiters: Array<Waiter> = [];

  /** `assigned`: what a group shares out. */
  constructor(
    scheduler: Scheduler,
    network: Machine,
    partitions: number,
    wallMs: number,
    assigned: (group: string) => ReadonlyArray<Partition>,
  ) {
    this.scheduler = scheduler;
    this.network = network;
    this.partitions = partitions;
    this.wallMs = wallMs;
    this.assigned = assigned;
  }

  get nowMs(): number {
    return this.wallMs + this.scheduler.nowMs;
  }

  at(place: Partition): SimPartition {
    const name = nameOf(place);
    let known = this.places.get(name);
    if (known === undefined) {
      known = new SimPartition({ topic: place.topic, partition: place.partition });
      this.places.set(name, known);
    }
    return known;
  }

  /** Every partition of a topic. */
  of(topic: string): ReadonlyArray<SimPartition> {
    return Array.from({ length: this.partitions }, (_, partition) => this.at({ topic, partition }));
  }

  group(name: string): SimGroup {
    let known = this.groups.get(name);
    if (known === undefined) {
      known = new SimGroup(this.scheduler, this.network, this.assigned(name));
      this.groups.set(name, known);
    }
    return known;
  }

  /** A machine was not heard of for a session: every group gives its partitions to others. */
  evict(machine: Machine): void {
    for (const group of this.groups.values()) group.evict(machine);
  }

  rebalance(): void {
    for (const group of this.groups.values()) group.rebalance();
  }

  append(place: Partition, batch: Buffer, count: number): number {
    const gap = this.scheduler.random.chance(0.05) ? 1 : 0;
    const base = this.at(place).append(batch, count, this.nowMs, gap);
    for (const { positions, waiting } of this.waiters) {
      if (positions.some((position) => position.topic === place.topic && position.partition === place.partition)) {
        waiting.readyMs = Math.min(waiting.readyMs, this.scheduler.nowMs);
      }
    }
    return base;
  }

  /** Whether any partition has a record at or after its offset. */
  hasData(positions: ReadonlyArray<LogPosition>): boolean {
    return positions.some((position) => this.at(position).end > position.offset);
  }

  wait(
    machine: Machine,
    positions: ReadonlyArray<LogPosition>,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<boolean> {
    return new Promise((resolve) => {
      const isDue = this.hasData(positions) || signal?.aborted === true;
      const waiting = this.scheduler.later(machine, isDue ? 0 : timeoutMs, () => {
        this.waiters = this.waiters.filter((waiter) => waiter.waiting !== waiting);
        resolve(signal?.aborted !== true && this.hasData(positions));
      });
      this.waiters.push({ positions, waiting });
      signal?.addEventListener("abort", () => {
        waiting.readyMs = Math.min(waiting.readyMs, this.scheduler.nowMs);
      });
    });
  }

  /** Whoever waited on a machine that died waits no more. */
  forget(machine: Machine): void {
    this.waiters = this.waiters.filter(({ waiting }) => waiting.machine !== machine);
  }
}
