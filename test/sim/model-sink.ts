import { factsTopic, metricsTopic } from "@leadwire/events";
import { type EventLog, ExpiredOffset, type LogChunk, type Partition, RecordCursor } from "@leadwire/log";
import type { StoredPosition } from "@leadwire/store";
import { type DerivedRecord, readFact, readSlice } from "./derived-record.ts";
import { askAgain } from "./restate.ts";
import { Machine } from "./scheduler.ts";
import { isPlanted } from "./sim-log.ts";
import { generation, type World } from "./world.ts";

interface Reading extends Partition {
  nextOffset: number;
}

export const sinkGroup = "sink";

/**
 * A sink as services/sink is one: rows first, marks after them, begun again from the marks. It dies, is paused and is
 * thrown out of its group like any other, and then stores what it had in hand a second time.
 */
export class ModelSink {
  machine: Machine;
  private readonly name: string;
  private readonly world: World;
  private readings: Array<Reading> = [];
  private busy: Promise<void> = Promise.resolve();

  constructor(world: World, name: string) {
    this.world = world;
    this.name = name;
    this.machine = new Machine(name);
  }

  boot(): void {
    const machine = new Machine(this.name);
    this.machine = machine;
    this.readings = [];
    const onFailure = (cause: unknown): void => {
      if (machine.isDead) return;
      if (isPlanted(cause)) this.crash(10);
      else this.world.fail(cause);
    };
    const log = this.world.logOf(machine, onFailure);
    const topics = [factsTopic(generation), metricsTopic(generation)];
    const listener = {
      onAssigned: async (partitions: ReadonlyArray<Partition>) => this.assigned(machine, partitions),
      onRevoked: async () => {
        this.readings = [];
        await this.busy;
      },
    };
    log
      .join(sinkGroup, topics, listener)
      .then(() => this.run(machine, log))
      .catch(onFailure);
  }

  crash(restartMs: number): void {
    if (this.machine.isDead) return;
    this.machine.isDead = true;
    const { broker, scheduler } = this.world;
    const { machine } = this;
    broker.forget(machine);
    scheduler.later(broker.network, scheduler.random.pick([0, 60, 120]), () => broker.evict(machine));
    scheduler.later(broker.network, restartMs, () => this.boot());
  }

  private async assigned(machine: Machine, partitions: ReadonlyArray<Partition>): Promise<void> {
    const { scheduler, clickHouse } = this.world;
    await scheduler.turn(machine);
    const marks = clickHouse.positions;
    const readings = partitions.map(({ topic, partition }) => {
      const nextOffset = marks.get(`${topic}/${partition}`)?.nextOffset ?? 0;
      return { topic, partition, nextOffset };
    });
    await scheduler.turn(machine);
    this.readings = readings;
  }

  private async run(machine: Machine, log: EventLog): Promise<void> {
    const { scheduler } = this.world;
    for (;;) {
      await scheduler.turn(machine, scheduler.random.pick([0, 10, 30]));
      this.busy = this.round(machine, log);
      await this.busy;
      const positions = this.readings.map(({ topic, partition, nextOffset }) => ({
        topic,
        partition,
        offset: nextOffset,
      }));
      await log.waitForData(positions, 50);
    }
  }

  private async round(machine: Machine, log: EventLog): Promise<void> {
    const records: Array<DerivedRecord> = [];
    const marks: Array<StoredPosition> = [];
    for (const reading of this.readings) {
      const chunk = await this.read(log, reading);
      const from = reading.nextOffset;
      if (chunk.nextOffset === from) continue;
      const cursor = new RecordCursor();
      cursor.reset(chunk.bytes, from);
      const isFacts = reading.topic === factsTopic(generation);
      while (cursor.next()) records.push(isFacts ? readFact(cursor) : readSlice(cursor));
      reading.nextOffset = chunk.nextOffset;
      const { topic, partition, nextOffset } = reading;
      marks.push({ topic, partition, nextOffset, appendTimeMs: cursor.appendTimeMs });
    }
    const { clickHouse, scheduler } = this.world;
    // 1. The rows.
    await clickHouse.insert(scheduler, machine, () => {
      for (const record of records) {
        if (record._tag === "Fact") clickHouse.putFact(record.row);
        else if (record._tag === "Slice") clickHouse.putSlice(record.slice);
      }
    });
    // 2. The marks, which never stand for a row that is not stored.
    await clickHouse.insert(scheduler, machine, () => {
      for (const mark of marks) clickHouse.putPosition(mark);
    });
  }

  private async read(log: EventLog, reading: Reading): Promise<LogChunk> {
    try {
      return await log.read(reading, reading.nextOffset, 4_000);
    } catch (fault) {
      if (!(fault instanceof ExpiredOffset)) throw fault;
      const scope = reading.topic === factsTopic(generation) ? "facts" : "slices";
      await askAgain(log, reading.partition, scope, this.name);
      reading.nextOffset = fault.start;
      return await log.read(reading, fault.start, 4_000);
    }
  }
}
