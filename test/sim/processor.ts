import type { EventLog } from "@leadwire/log";
import { type PartitionTask, Runner, type TaskStore } from "@leadwire/stream";
import type { Mutation, ProcessorParts } from "./mutation.ts";
import { Machine } from "./scheduler.ts";
import { SimDisk } from "./sim-disk.ts";
import { isPlanted } from "./sim-log.ts";
import { generation, type World } from "./world.ts";

/** A machine that runs the real Runner over its own disk, and starts it again whenever it died. */
export class Processor {
  readonly name: string;
  readonly disk = new SimDisk();
  machine: Machine;
  runner: Runner | undefined;
  /** Its wall clock against the broker's. */
  private readonly skewMs: number;
  private readonly world: World;
  private readonly mutation: Mutation | undefined;

  constructor(world: World, name: string, mutation: Mutation | undefined) {
    this.world = world;
    this.mutation = mutation;
    this.name = name;
    this.machine = new Machine(name);
    this.skewMs = world.scheduler.random.pick([0, 0, -700, 90_000]);
  }

  get tasks(): ReadonlyArray<PartitionTask> {
    return this.runner?.tasks ?? [];
  }

  boot(): void {
    const { world, mutation } = this;
    const { scheduler, broker, scenario } = world;
    const { random } = scheduler;
    const machine = new Machine(this.name);
    this.machine = machine;
    const parts: ProcessorParts = { world, machine, tasks: () => this.tasks };
    const onFailure = (cause: unknown): void => this.gaveUp(machine, cause);
    let log: EventLog = world.logOf(machine, onFailure);
    let store: TaskStore = this.disk.open(scheduler, machine);
    if (mutation?.log !== undefined) log = mutation.log(log, parts);
    if (mutation?.store !== undefined) [log, store] = mutation.store(log, store, parts);
    if (mutation?.task !== undefined) log = withTasksMade(log, parts, mutation.task);
    const runner = new Runner({
      log,
      store,
      snapshots: world.snapshots.for(this.disk, machine),
      followsRequests: true,
      nowMs: () => broker.nowMs + this.skewMs,
      breathe: () => scheduler.turn(machine),
      onFailure,
      limits: {
        chunkBytes: random.pick([600, 4_000, 100_000]),
        commitEveryMs: random.pick([0, 20, 60]),
        behindCommitEveryMs: random.pick([20, 200]),
        commitEveryRecords: random.pick([3, 20, 1_000]),
        heartbeatEveryMs: random.pick([5, 20]),
      },
      workspace: scenario.workspace,
      measures: scenario.catalogue.measures,
      generation,
      partitions: scenario.partitions,
    });
    this.runner = runner;
    runner.start().catch(onFailure);
  }

  /** Dies at whatever it was waiting for, and comes back. */
  crash(restartMs: number): void {
    if (this.machine.isDead) return;
    this.machine.isDead = true;
    this.runner = undefined;
    const { broker, scheduler } = this.world;
    const { machine } = this;
    broker.forget(machine);
    scheduler.later(broker.network, scheduler.random.pick([0, 60, 120]), () => broker.evict(machine));
    scheduler.later(broker.network, restartMs, () => this.boot());
  }

  private gaveUp(machine: Machine, cause: unknown): void {
    if (machine.isDead || machine !== this.machine) return;
    if (isPlanted(cause)) this.crash(10);
    else this.world.fail(cause);
  }
}

/** Lets a mutation change every task right after it was made. */
const withTasksMade = (
  log: EventLog,
  parts: ProcessorParts,
  change: (task: PartitionTask, parts: ProcessorParts) => void,
): EventLog => {
  const known = new WeakSet<PartitionTask>();
  return {
    ...log,
    join: (group, topics, listener) =>
      log.join(group, topics, {
        ...listener,
        onAssigned: async (partitions, recalled) => {
          await listener.onAssigned(partitions, recalled);
          for (const task of parts.tasks()) {
            if (known.has(task)) continue;
            known.add(task);
            change(task, parts);
          }
        },
      }),
  };
};
