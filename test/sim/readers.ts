import { factsTopic } from "@leadwire/events";
import { dimensions } from "@leadwire/funnel";
import { type EventLog, RecordCursor } from "@leadwire/log";
import { LiveView, TopicFollower } from "@leadwire/stream";
import { readFact } from "./derived-record.ts";
import { askAgain } from "./restate.ts";
import { Machine } from "./scheduler.ts";
import { type FactRow, SimClickHouse } from "./sim-clickhouse.ts";
import { isPlanted } from "./sim-log.ts";
import { generation, type World } from "./world.ts";

type OnFailure = (cause: unknown) => void;

/**
 * Somebody who follows the derived topics: slices with the real live view, facts as "the highest version counts" says.
 * Without a store it knows what the topics hold; with one it reads the positions first, then the rows, and follows from
 * there.
 */
export class Reader {
  readonly name: string;
  machine: Machine;
  view: LiveView | undefined;
  facts = new Map<string, FactRow>();
  /** How far each partition was read, by topic/partition. */
  readonly reached = new Map<string, number>();
  private readonly world: World;
  private readonly isStored: boolean;

  constructor(world: World, name: string, isStored: boolean) {
    this.world = world;
    this.name = name;
    this.isStored = isStored;
    this.machine = new Machine(name);
  }

  boot(): void {
    const machine = new Machine(this.name);
    this.machine = machine;
    this.reached.clear();
    const log = this.noting(this.world.logOf(machine, this.world.fail));
    const onFailure = (cause: unknown): void => {
      if (machine.isDead) return;
      if (isPlanted(cause)) this.crash(10);
      else this.world.fail(cause);
    };
    void this.followSlices(machine, log, onFailure).catch(onFailure);
    void this.followFacts(machine, log, onFailure).catch(onFailure);
  }

  crash(restartMs: number): void {
    if (this.machine.isDead) return;
    this.machine.isDead = true;
    this.view = undefined;
    this.world.broker.forget(this.machine);
    this.world.scheduler.later(this.world.broker.network, restartMs, () => this.boot());
  }

  /** Remembers how far each partition was read. */
  private noting(log: EventLog): EventLog {
    return {
      ...log,
      read: async (partition, from, maxBytes) => {
        const chunk = await log.read(partition, from, maxBytes);
        this.reached.set(`${partition.topic}/${partition.partition}`, chunk.nextOffset);
        return chunk;
      },
    };
  }

  private async followSlices(machine: Machine, log: EventLog, onFailure: OnFailure): Promise<void> {
    const { scenario, scheduler, broker, clickHouse } = this.world;
    const breathe = (): Promise<unknown> => scheduler.turn(machine);
    const view = new LiveView({
      log,
      generation,
      partitions: scenario.partitions,
      nowMs: () => broker.nowMs,
      workspace: scenario.workspace,
      catalogue: scenario.catalogue,
      dimensions,
      onFailure,
      onExpired: (partition) => askAgain(log, partition, "slices", this.name),
      breathe,
      ...(this.isStored
        ? {
            loadSlices: async () => {
              const positions = clickHouse.marksOf("leadwire.metrics");
              await scheduler.turn(machine);
              return { positions, slices: [...clickHouse.slices.values()] };
            },
          }
        : {}),
    });
    this.view = view;
    await view.start();
  }

  private async followFacts(machine: Machine, log: EventLog, onFailure: OnFailure): Promise<void> {
    const { scenario, scheduler, clickHouse } = this.world;
    const rows = new SimClickHouse();
    this.facts = rows.facts;
    let marks: ReadonlyMap<number, number> = new Map();
    if (this.isStored) {
      marks = clickHouse.marksOf("leadwire.facts");
      await scheduler.turn(machine);
      for (const row of clickHouse.facts.values()) rows.putFact(row);
    }
    const topic = factsTopic(generation);
    const follower = new TopicFollower({
      log,
      partitions: Array.from({ length: scenario.partitions }, (_, partition) => ({ topic, partition })),
      onChunk: (chunk, from) => {
        const cursor = new RecordCursor();
        cursor.reset(chunk.bytes, from);
        while (cursor.next()) {
          const record = readFact(cursor);
          if (record._tag === "Fact") rows.putFact(record.row);
        }
      },
      onRound: () => undefined,
      onExpired: ({ partition }) => void askAgain(log, partition, "facts", this.name).catch(onFailure),
      onFailure,
      breathe: () => scheduler.turn(machine),
    });
    await follower.start(({ partition }, { start }) => (this.isStored ? (marks.get(partition) ?? 0) : start));
  }
}
