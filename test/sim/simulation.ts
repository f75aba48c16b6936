import { accountLogTopic, controlTopic, eventTopics, factsTopic, metricsTopic } from "@leadwire/events";
import type { LogPosition } from "@leadwire/log";
import { randomOf } from "../oracle/random.ts";
import { BeatsHeard } from "./beats-heard.ts";
import type { Cast } from "./cast.ts";
import { Faults } from "./faults.ts";
import { findings } from "./findings.ts";
import type { Mutation } from "./mutation.ts";
import { Processor } from "./processor.ts";
import { Reader } from "./readers.ts";
import { servedFrom } from "./restate.ts";
import { type Scenario, scenarioOf, usedEventTopics } from "./scenario.ts";
import { Machine, Scheduler, settled } from "./scheduler.ts";
import { SimBroker } from "./sim-broker.ts";
import { SimClickHouse } from "./sim-clickhouse.ts";
import { noNetworkFaults, simLog } from "./sim-log.ts";
import { SimSnapshots } from "./sim-snapshots.ts";
import { SinkMachine, sinkGroup } from "./sink-machine.ts";
import { Workload } from "./workload.ts";
import { generation, type World } from "./world.ts";

const stepsMax = 60_000;
/** So long the tasks have to be at rest: what is still under way arrives. */
const restMs = 30;
/** A group that shares nothing out yet would be found empty: the first joins come before any step. */
const processorGroup = `leadwire.processor.${generation}`;

export interface Outcome {
  readonly seed: number;
  /** What differed; empty where all is well. */
  readonly findings: ReadonlyArray<string>;
  readonly steps: number;
  readonly faults: ReadonlyArray<string>;
  readonly records: number;
}

/** Everything that one seed sets in motion. */
class Simulation implements Cast {
  readonly world: World;
  readonly processors: ReadonlyArray<Processor>;
  readonly sinks: ReadonlyArray<SinkMachine>;
  /** One that followed from the start, and one that joins midway and begins from what is stored. */
  readonly early: Reader;
  readonly late: Reader;
  readonly workload: Workload;
  private readonly beats: BeatsHeard;
  private failure: unknown;
  private isHealed = false;

  constructor(scenario: Scenario, mutation: Mutation | undefined) {
    const random = randomOf(scenario.seed ^ 0x5eed);
    const scheduler = new Scheduler(random);
    const network = new Machine("network");
    const { partitions } = scenario;
    const broker = new SimBroker(scheduler, network, partitions, scenario.company.fromMs, (group) => {
      const topics = group === sinkGroup ? [factsTopic(generation), metricsTopic(generation)] : usedTopics(scenario);
      return topics.flatMap((topic) => Array.from({ length: partitions }, (_, partition) => ({ topic, partition })));
    });
    const clickHouse = new SimClickHouse();
    mutation?.clickHouse?.(clickHouse);
    const networkFaults = () => (this.isHealed ? noNetworkFaults : scenario.network);
    this.world = {
      networkFaults,
      scenario,
      scheduler,
      broker,
      clickHouse,
      snapshots: new SimSnapshots(scheduler),
      fail: (cause) => {
        this.failure ??= cause;
      },
      logOf: (machine, onFault) => simLog(broker, machine, networkFaults, onFault),
    };
    this.beats = new BeatsHeard(broker);
    const made = <A>(count: number, make: (n: number) => A): ReadonlyArray<A> =>
      Array.from({ length: count }, (_, n) => make(n + 1));
    this.processors = made(scenario.processors, (n) => new Processor(this.world, `processor-${n}`, mutation));
    this.sinks = made(scenario.sinks, (n) => new SinkMachine(this.world, `sink-${n}`));
    this.early = new Reader(this.world, "early reader", false);
    this.late = new Reader(this.world, "late reader", true);
    this.workload = new Workload(this.world);
  }

  async run(): Promise<Outcome> {
    const { scheduler, scenario } = this.world;
    const { random } = scheduler;
    const faults = new Faults(this);
    for (const machine of [...this.processors, ...this.sinks]) machine.boot();
    this.early.boot();
    const lateAt = random.whole(0, 1_500);
    let isLateUp = false;
    let ends: ReadonlyArray<LogPosition> | undefined;
    let foldedAtMs = 0;
    for (;;) {
      if (this.workload.hasMore && random.chance(0.04)) this.workload.produce();
      if (this.workload.hasMore) faults.strike();
      else if (!this.isHealed) {
        this.isHealed = true;
        faults.heal();
      }
      if (!isLateUp && (scheduler.steps > lateAt || this.isHealed)) {
        isLateUp = true;
        this.late.boot();
      }
      if (!scheduler.step()) this.world.fail(new Error("everything waits for ever"));
      await settled();
      if (this.failure !== undefined) break;
      if (this.isHealed && scheduler.steps % 16 === 0) {
        if (!this.isFolded()) [ends, foldedAtMs] = [undefined, scheduler.nowMs];
        else if (scheduler.nowMs - foldedAtMs > restMs) {
          ends ??= this.derivedEnds();
          if (this.isRead(ends)) break;
        }
      }
      if (scheduler.steps > stepsMax) this.world.fail(new Error("it never came to rest"));
    }
    const found = this.failure === undefined ? await findings(this) : [failureText(this.failure)];
    this.end();
    const records = eventTopics
      .flatMap((topic) => this.world.broker.of(topic))
      .reduce((n, place) => n + place.records, 0);
    return { seed: scenario.seed, findings: found, steps: scheduler.steps, faults: faults.struck, records };
  }

  /** Whether the owners have told all that follows from the log. */
  private isFolded(): boolean {
    if (!this.workload.isDone) return false;
    const { broker } = this.world;
    const asked = servedFrom(broker.at({ topic: controlTopic, partition: 0 }));
    const left = new Set<string>();
    const ends = new Map<string, number>();
    for (const topic of usedTopics(this.world.scenario)) {
      for (const { place, end } of broker.of(topic)) {
        left.add(`${place.topic}/${place.partition}`);
        ends.set(`${place.topic}/${place.partition}`, end);
      }
    }
    const group = broker.group(processorGroup);
    if (!group.isSteady) return false;
    for (const { runner } of this.processors) {
      if (runner === undefined || runner.tasks.length === 0) continue;
      if (!runner.hasTold(ends)) return false;
      for (const { topic, partition, requestsServed } of runner.tasks) {
        if (requestsServed < (asked.get(partition) ?? 0)) return false;
        left.delete(`${topic}/${partition}`);
      }
    }
    return left.size === 0 && this.beats.areAtEnd(usedTopics(this.world.scenario));
  }

  private derivedEnds(): ReadonlyArray<LogPosition> {
    const topics = [factsTopic(generation), metricsTopic(generation)];
    return topics.flatMap((topic) => this.world.broker.of(topic)).map(({ place, end }) => ({ ...place, offset: end }));
  }

  private isRead(ends: ReadonlyArray<LogPosition>): boolean {
    return ends.every(({ topic, partition, offset }) => {
      const name = `${topic}/${partition}`;
      const readers = [this.early, this.late].every(({ reached }) => (reached.get(name) ?? 0) >= offset);
      return readers && this.sinks.some((sink) => sink.reached(topic, partition) >= offset);
    });
  }

  /** Lets go of everything: nothing of this seed goes on. */
  private end(): void {
    for (const { machine } of [...this.processors, ...this.sinks, this.early, this.late]) machine.isDead = true;
  }
}

const failureText = (cause: unknown): string =>
  cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);

/** The topics that processors share out here: those that have events, and the account log. */
const usedTopics = (scenario: Scenario): ReadonlyArray<string> => [
  ...usedEventTopics(scenario),
  accountLogTopic(generation),
];

export const simulate = (seed: number, mutation?: Mutation): Promise<Outcome> =>
  new Simulation(scenarioOf(seed, randomOf(seed)), mutation).run();
