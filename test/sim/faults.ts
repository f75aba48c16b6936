import { factsTopic, metricsTopic } from "@leadwire/events";
import type { Cast } from "./cast.ts";
import type { Processor } from "./processor.ts";
import { type Machine, moments } from "./scheduler.ts";
import { sessionMs } from "./sim-group.ts";
import { generation } from "./world.ts";

/** What can go wrong, drawn by the seed; at most as often as the scenario says. */
export class Faults {
  readonly struck: Array<string> = [];
  private readonly cast: Cast;
  private left: number;

  constructor(cast: Cast) {
    this.cast = cast;
    this.left = cast.world.scenario.faults;
  }

  /** Perhaps one fault. */
  strike(): void {
    const { random } = this.cast.world.scheduler;
    if (this.left === 0 || !random.chance(0.03)) return;
    this.left -= 1;
    const { processors, sinks, late } = this.cast;
    const processor = random.pick(processors);
    const sink = random.pick(sinks);
    const { temper } = this.cast.world.scenario;
    if (temper === "forgetful" && random.chance(0.5)) {
      this.expire();
      return;
    }
    if (temper === "stale" && random.chance(0.7)) {
      const { machine } = random.chance(0.5) ? processor : sink;
      if (random.chance(0.5)) this.pause(machine);
      else this.throwOut(machine);
      return;
    }
    if (temper === "crashing" && random.chance(0.7)) {
      this.crashAt(processor);
      return;
    }
    random.pick([
      () => this.crash(processor),
      () => this.crash(processor),
      () => this.crashAt(processor),
      () => this.crashAt(processor),
      () => this.crashAt(processor),
      () => this.pause(processor.machine),
      () => this.pause(processor.machine),
      () => this.throwOut(processor.machine),
      () => this.throwOut(processor.machine),
      () => this.rebalance(),
      () => this.loseState(processor),
      () => this.snapshot(processor),
      () => this.adopt(processor),
      () => {
        this.note(`${sink.machine.name} crashes`);
        sink.crash(random.whole(0, 100));
      },
      () => this.pause(sink.machine),
      () => this.throwOut(sink.machine),
      () => {
        this.note("the late reader begins anew");
        late.crash(random.whole(0, 50));
      },
      () => this.expire(),
      () => this.setClock(),
      () => this.storeDown(),
    ])();
  }

  /** No more faults: whoever is paused wakes. */
  heal(): void {
    const { world, processors, sinks } = this.cast;
    world.clickHouse.isDown = false;
    for (const { machine } of [...processors, ...sinks]) machine.isPaused = false;
    if (world.scenario.faults > 0 && world.scheduler.random.chance(0.1)) {
      this.note("the log's clock is set back by an hour");
      world.broker.wallMs -= 3_600_000;
    }
    world.scheduler.hurry();
    this.left = 0;
  }

  private note(text: string): void {
    this.struck.push(`${this.cast.world.scheduler.steps}: ${text}`);
  }

  private crash(processor: Processor): void {
    this.note(`${processor.name} crashes`);
    processor.crash(this.cast.world.scheduler.random.pick([0, 20, 200]));
  }

  private crashAt(processor: Processor): void {
    const { random } = this.cast.world.scheduler;
    const moment = random.pick(moments);
    processor.machine.arm(moment, () => {
      this.note(`${processor.name} crashes, its state or output ${moment}`);
      processor.crash(random.pick([0, 20, 200]));
    });
  }

  /** Stopped, with or without losing its session, and woken. */
  private pause(machine: Machine): void {
    const { scheduler, broker } = this.cast.world;
    const forMs = scheduler.random.whole(10, 3 * sessionMs);
    this.note(`${machine.name} stands still for ${forMs} ms`);
    machine.isPaused = true;
    if (forMs > sessionMs) scheduler.later(broker.network, sessionMs, () => broker.evict(machine));
    scheduler.later(broker.network, forMs, () => {
      machine.isPaused = false;
    });
  }

  /** Its heartbeats do not arrive: others get its partitions while it goes on. */
  private throwOut(machine: Machine): void {
    this.note(`${machine.name} is thrown out of its group`);
    this.cast.world.broker.evict(machine);
  }

  private rebalance(): void {
    this.note("rebalance");
    this.cast.world.broker.rebalance();
  }

  private loseState(processor: Processor): void {
    this.note(`${processor.name} loses its state`);
    processor.crash(this.cast.world.scheduler.random.pick([0, 50]));
    processor.disk.wipe();
  }

  private snapshot(processor: Processor): void {
    this.note(`snapshot of ${processor.name}`);
    this.cast.world.snapshots.take(processor.disk);
  }

  /** A machine starts with somebody's snapshot beside its own state. */
  private adopt(processor: Processor): void {
    const { snapshots, scheduler } = this.cast.world;
    const { random } = scheduler;
    const snapshot = snapshots.any();
    if (snapshot === undefined) return;
    this.note(`${processor.name} restarts with a snapshot`);
    processor.crash(0);
    if (random.chance(0.5)) processor.disk.wipe();
    processor.disk.adopt(snapshot);
  }

  /** Retention takes what all have read or stored; at times what only ClickHouse lacks, or anything. */
  private expire(): void {
    const { world, early, late } = this.cast;
    const { random } = world.scheduler;
    const spared = random.pick(["everyone", "everyone", "readers", "readers", "nobody"] as const);
    this.note(`the derived topics expire, sparing ${spared}`);
    for (const topic of [factsTopic(generation), metricsTopic(generation)]) {
      for (const place of world.broker.of(topic)) {
        const name = `${topic}/${place.place.partition}`;
        const stored = world.clickHouse.positions.get(name)?.nextOffset ?? 0;
        const read = Math.min(early.reached.get(name) ?? 0, late.reached.get(name) ?? place.end);
        const before = { everyone: Math.min(read, stored), readers: read, nobody: place.end }[spared];
        place.expire(random.whole(0, before));
      }
    }
  }

  private setClock(): void {
    const { scheduler, broker } = this.cast.world;
    const byMs = scheduler.random.pick([-3_600_000, -50, 50, 600_000, 50 * 3_600_000]);
    this.note(`the log's clock is set by ${byMs} ms`);
    broker.wallMs += byMs;
  }

  private storeDown(): void {
    const { scheduler, broker, clickHouse } = this.cast.world;
    const forMs = scheduler.random.whole(10, 400);
    this.note(`ClickHouse is away for ${forMs} ms`);
    clickHouse.isDown = true;
    scheduler.later(broker.network, forMs, () => {
      clickHouse.isDown = false;
    });
  }
}
