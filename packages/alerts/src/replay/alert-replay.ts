import type { AlertRecord } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import { Topology } from "@leadwire/stream";
import type { PlayedRecord } from "./played-record.ts";
import type { ReplayStage } from "./replay-stage.ts";

/** A record of alerts and the played instant at which it would have been written. */
export interface PlayedAlertRecord {
  readonly atMs: number;
  readonly record: AlertRecord;
  /** What had just arrived; none where time alone brought it about. */
  readonly by: PlayedRecord | undefined;
}

export interface AlertReplayOptions {
  readonly workspace: Workspace;
  readonly generation: string;
  readonly stage: ReplayStage;
}

/** So many steps at one instant are no work that was spread over calls any more. */
const stepsMaxAtOnce = 100_000;
/** While nobody decides, what tasks tell each other may wait for so many records. */
const quietRecords = 500;

/**
 * Alerts over events that are played: the tasks, what watches them and what decides are those of the engine, the clock is
 * this one's. Time goes from one arrival or due instant to the next, so that a month passes as fast as it can be
 * computed, and the same events give the same records.
 */
export class AlertReplay {
  private readonly topology: Topology;
  private readonly stage: ReplayStage;
  private readonly written: Array<PlayedAlertRecord> = [];
  private clockMs = Number.NEGATIVE_INFINITY;
  private unheard = 0;
  /** The last record of this instant, while nobody has looked at it. */
  private arrived: PlayedRecord | undefined;

  constructor({ workspace, generation, stage }: AlertReplayOptions) {
    this.stage = stage;
    // One partition: the same numbers as any other count gives, and nothing is ever in a wrong place.
    this.topology = new Topology(workspace, stage.measures, { generation }, (told) => stage.tell(told));
  }

  get nowMs(): number {
    return this.clockMs;
  }

  /** History before the first evaluation: it is known, and raises nothing. */
  load({ topic, record, atMs }: PlayedRecord): void {
    this.topology.append(topic, 0, record, atMs);
    this.unheard += 1;
    if (this.unheard < quietRecords) return;
    this.unheard = 0;
    this.topology.tellFacts();
  }

  /** From here on alerts are evaluated: what is so already is raised at once. */
  begin(atMs: number): void {
    this.clockMs = atMs;
    this.tell();
    this.step();
  }

  /**
   * Lets time pass up to a record's arrival, and has it counted. Records come in the order of their times; those of one
   * instant are looked at together, as the live service looks at one batch.
   */
  arrive(played: PlayedRecord): void {
    const { topic, record, atMs } = played;
    if (atMs < this.clockMs) throw new Error(`a record of ${atMs} arrives at ${this.clockMs}`);
    if (atMs > this.clockMs) {
      this.look();
      // At one instant the record comes first: an answer at the very deadline is in time.
      this.pass(atMs, false);
      this.clockMs = atMs;
    }
    this.topology.append(topic, 0, record, atMs);
    this.arrived = played;
  }

  /** Lets time pass, that instant included. */
  advance(toMs: number): void {
    this.look();
    this.pass(toMs, true);
    this.clockMs = Math.max(this.clockMs, toMs);
  }

  /** What was written since the last call, in its order. */
  take(): ReadonlyArray<PlayedAlertRecord> {
    return this.written.splice(0);
  }

  /** Looks at what has arrived at this instant. */
  private look(): void {
    const { arrived } = this;
    if (arrived === undefined) return;
    this.arrived = undefined;
    this.tell();
    this.step(arrived);
  }

  private pass(toMs: number, inclusive: boolean): void {
    let steps = 0;
    for (;;) {
      const dueMs = this.stage.nextDueMs();
      if (dueMs > toMs || (dueMs === toMs && !inclusive)) return;
      if (dueMs > this.clockMs) {
        this.clockMs = dueMs;
        steps = 0;
      }
      steps += 1;
      if (steps > stepsMaxAtOnce) throw new Error(`alerts are never done at ${this.clockMs}`);
      this.step();
    }
  }

  private tell(): void {
    this.topology.tellSlices();
    this.topology.beat(this.clockMs);
  }

  private step(by?: PlayedRecord): void {
    for (const record of this.stage.step(this.clockMs)) this.written.push({ atMs: this.clockMs, record, by });
  }
}
