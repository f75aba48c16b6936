import { controlTopic, factsTopic, metricsTopic } from "@leadwire/events";
import { createSink, type Sink } from "@leadwire/sink";
import { StoreError } from "@leadwire/store";
import { Machine } from "./scheduler.ts";
import { isPlanted } from "./sim-log.ts";
import { simStore } from "./sim-store.ts";
import { generation, type World } from "./world.ts";

export const sinkGroup = "sink";

/** A machine that runs the real sink over the simulated ClickHouse, and starts it again whenever it died. */
export class SinkMachine {
  machine: Machine;
  private sink: Sink | undefined;
  private readonly name: string;
  private readonly world: World;

  constructor(world: World, name: string) {
    this.world = world;
    this.name = name;
    this.machine = new Machine(name);
  }

  boot(): void {
    const { world, name } = this;
    const { scheduler, scenario } = world;
    const machine = new Machine(name);
    this.machine = machine;
    const onFailure = (cause: unknown): void => {
      if (machine.isDead) return;
      if (isPlanted(cause)) this.crash(10);
      else world.fail(cause instanceof StoreError ? cause.fault : cause);
    };
    const derived = [factsTopic(generation), metricsTopic(generation)];
    const log = {
      ...world.logOf(machine, onFailure),
      topics: async () => [
        ...derived.map((topic) => ({ name: topic, partitions: scenario.partitions })),
        { name: controlTopic, partitions: 1 },
      ],
    };
    const sink = createSink({
      log,
      store: simStore(world, machine),
      generation,
      nowMs: () => scheduler.nowMs,
      group: sinkGroup,
      name,
      rowsMax: scheduler.random.pick([10, 1_000]),
      ageMs: scheduler.random.pick([1, 20]),
      pace: {
        breathe: () => scheduler.turn(machine),
        sleep: (ms, signal) => scheduler.sleep(machine, ms, signal),
      },
    });
    this.sink = sink;
    sink.finished.catch(onFailure);
    sink.start().catch(onFailure);
  }

  /** Up to where it has stored a partition, marked or not. */
  reached(topic: string, partition: number): number {
    const held = this.sink?.reached().find((place) => place.topic === topic && place.partition === partition);
    return held?.nextOffset ?? 0;
  }

  crash(restartMs: number): void {
    if (this.machine.isDead) return;
    this.machine.isDead = true;
    this.sink = undefined;
    const { broker, scheduler } = this.world;
    const { machine } = this;
    broker.forget(machine);
    scheduler.later(broker.network, scheduler.random.pick([0, 60, 120]), () => broker.evict(machine));
    scheduler.later(broker.network, restartMs, () => this.boot());
  }
}
