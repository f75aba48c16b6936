import { encodeEvent, keyOf, topicOf } from "@leadwire/events";
import type { LogRecord } from "@leadwire/log";
import type { OracleRecord } from "../oracle/log-input.ts";
import { usedEventTopics } from "./scenario.ts";
import { Machine } from "./scheduler.ts";
import { isPlanted } from "./sim-log.ts";
import type { World } from "./world.ts";

/** What producers do: events in about the order of their arrival, sent again until they are acknowledged. */
export class Workload {
  readonly acknowledged: Array<LogRecord> = [];
  /** Sends that have not been answered yet. */
  open = 0;
  private readonly world: World;
  private readonly doors: ReadonlyArray<Machine> = [new Machine("door-1"), new Machine("door-2")];
  private readonly left: Array<OracleRecord>;

  constructor(world: World) {
    this.world = world;
    this.left = [...world.scenario.company.events];
  }

  get isDone(): boolean {
    return this.left.length === 0 && this.open === 0;
  }

  get hasMore(): boolean {
    return this.left.length > 0;
  }

  /** Sends some of the next events; the log's clock is then at their arrival, mostly. */
  produce(): void {
    const { scheduler, broker } = this.world;
    const { random } = scheduler;
    const records: Array<LogRecord> = [];
    for (let n = random.whole(1, 6); n > 0 && this.left.length > 0; n -= 1) {
      const [next] = this.left.splice(random.whole(0, Math.min(2, this.left.length - 1)), 1);
      if (next === undefined) break;
      if (next.appendTimeMs > broker.nowMs && random.chance(0.9)) broker.wallMs += next.appendTimeMs - broker.nowMs;
      const { event } = next;
      const record = { topic: topicOf(event.type), key: Buffer.from(keyOf(event)), value: encodeEvent(event) };
      records.push(random.chance(0.06) ? this.misplaced(record) : record);
    }
    if (random.chance(0.1)) {
      records.push({ topic: "leadwire.funnel", key: Buffer.from("x"), value: Buffer.from("no event at all") });
    }
    this.send(random.pick(this.doors), records);
  }

  /** As a foreign producer writes it, with a hash of its own or on another topic. */
  private misplaced(record: LogRecord): LogRecord {
    const { scheduler, broker, scenario } = this.world;
    const { random } = scheduler;
    const partition = random.whole(0, broker.partitions - 1);
    const topic = random.chance(0.5) ? record.topic : random.pick(usedEventTopics(scenario));
    return { ...record, topic, partition };
  }

  private send(door: Machine, records: ReadonlyArray<LogRecord>): void {
    this.open += 1;
    const log = this.world.logOf(door, this.world.fail);
    log.append(records).then(
      () => {
        this.open -= 1;
        this.acknowledged.push(...records);
      },
      (cause: unknown) => {
        this.open -= 1;
        if (isPlanted(cause)) this.send(door, records);
        else this.world.fail(cause);
      },
    );
  }
}
