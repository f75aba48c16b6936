import { setImmediate as nextTurn } from "node:timers/promises";
import { factsTopic, metricsTopic } from "@leadwire/events";
import type { CheckedQuestion, KpiPlan, KpiQuestion, SliceRecord } from "@leadwire/kpis";
import type { EventLog, Partition } from "@leadwire/log";
import { isLeft } from "fp-ts/lib/Either.js";
import { taskTopics } from "../core/task-inputs.ts";
import type { LiveChange } from "./live-change.ts";
import { type Freshness, staleAfterMs } from "./live-freshness.ts";
import type { LiveGaps } from "./live-gaps.ts";
import type { LiveOpenSet, LoadedOpenSet } from "./live-open-set.ts";
import type { LiveAnswer } from "./live-question.ts";
import { LiveState, type LiveStateOptions } from "./live-state.ts";
import { TopicFollower } from "./topic-follower.ts";

/** Slices read elsewhere, such as from ClickHouse. */
export interface LoadedSlices {
  /** Where to follow the metrics topic from, by partition: read before the slices were, so that nothing is missed. */
  readonly positions: ReadonlyMap<number, number>;
  readonly slices: Iterable<SliceRecord>;
  /** Whether any activity-logged is known to be in the log. */
  readonly hasActivity?: boolean;
}

export interface LiveViewOptions extends Omit<LiveStateOptions, "tasks"> {
  readonly log: EventLog;
  readonly generation: string;
  /** Of every topic. */
  readonly partitions: number;
  readonly nowMs: () => number;
  /** Without it the view knows what the metrics topic still holds. */
  readonly loadSlices?: () => Promise<LoadedSlices>;
  /**
   * The topic has forgotten what the view had not read: asks the tasks of this partition to restate their slices.
   * Resolves to what `requestsServed` of their heartbeats has to reach: until then the view is catching up.
   */
  readonly onExpired?: (partition: number) => Promise<number>;
  /** Followed beside the slices: what it knows is as new as they are. */
  readonly openSet?: LiveOpenSet;
  /** Without it the open set knows what the facts topic still holds. */
  readonly loadOpenSet?: () => Promise<LoadedOpenSet>;
  /** As onExpired, for the facts topic and the tasks' facts. */
  readonly onFactsExpired?: (partition: number) => Promise<number>;
  /** The log gave up, or holds what this engine did not write. */
  readonly onFailure: (cause: unknown) => void;
  /** As TopicFollower takes it. */
  readonly breathe?: () => Promise<unknown>;
}

/** What a view still needs before its numbers are those of all tasks. */
export interface LiveNeeds {
  /** Whether it has read to the end of the topic. */
  readonly isRead: boolean;
  /** Tasks of which no heartbeat was read. */
  readonly unheardTasks: number;
  /** Tasks that were asked to tell their slices again, and have not yet. */
  readonly untoldTasks: number;
}

/** Applied before others get a turn: about 2 ms. */
const slicesInTurn = 500;

export type LiveListener = (change: LiveChange) => void;

/**
 * The newest slices of every task, merged: answers KPIs at once and tells its listeners of every change, at most once
 * per batch. Follows the metrics topic of one generation; every record holds absolute values with a version, so reading
 * one twice, or after a newer one, does no harm.
 */
export class LiveView {
  readonly state: LiveState;
  private readonly options: LiveViewOptions;
  private readonly listeners = new Set<LiveListener>();
  private readonly follower: TopicFollower;
  private readAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: LiveViewOptions) {
    this.options = options;
    const partitions = Array.from({ length: options.partitions }, (_, partition) => partition);
    const of = (topic: string): ReadonlyArray<Partition> => partitions.map((partition) => ({ topic, partition }));
    const { openSet, generation } = options;
    const facts = factsTopic(generation);
    this.state = new LiveState({ ...options, tasks: taskTopics(options.generation).flatMap(of) });
    this.follower = new TopicFollower({
      log: options.log,
      // A task tells facts before the slices that they change: read after these, no slice is ahead of its facts.
      partitions: [...of(metricsTopic(generation)), ...(openSet === undefined ? [] : of(facts))],
      onChunk: ({ bytes }, from, { topic, partition }) => {
        this.readAtMs = options.nowMs();
        if (topic === facts) openSet?.applyBatches(bytes, from, this.state.factGaps.isOpen(partition));
        else this.state.applyBatches(bytes, from);
      },
      onRound: () => this.tell(),
      onExpired: ({ topic, partition }) => (topic === facts ? this.lostFacts(partition) : this.lost(partition)),
      onFailure: options.onFailure,
      ...(options.breathe === undefined ? {} : { breathe: options.breathe }),
    });
  }

  /** Loads what was stored, and follows from there. Resolves once the view has read what the topic held at the start. */
  async start(): Promise<void> {
    const loaded = await this.options.loadSlices?.();
    this.state.slices.advance(this.options.nowMs());
    if (loaded !== undefined) {
      await this.applyInTurns(loaded.slices);
      if (loaded.hasActivity === true) this.state.noteActivity();
    }
    const open = await this.options.loadOpenSet?.();
    if (open !== undefined) this.options.openSet?.load(open);
    const slices = metricsTopic(this.options.generation);
    // Of what was never stored everything is missing: where the topic has forgotten that, it has to be told again.
    await this.follower.start(({ topic, partition }, { start }) => {
      const positions = (topic === slices ? loaded : open)?.positions;
      return positions === undefined ? start : (positions.get(partition) ?? 0);
    });
    this.tell();
  }

  async stop(): Promise<void> {
    await this.follower.stop();
  }

  /** Calls the listener after a batch that changed anything. It must not throw. Returns what ends it. */
  onChange(listener: LiveListener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Says that the log holds some activity-logged: response metrics are null until that is known. */
  noteActivity(): void {
    this.state.noteActivity();
    this.tell();
  }

  freshness(): Freshness {
    const nowMs = this.options.nowMs();
    // A view that gets nothing to read, though there is more, is cut off: what it knows grows old.
    const isCutOff = nowMs - this.readAtMs > staleAfterMs;
    return this.state.freshness(nowMs, this.follower.isCaughtUp || isCutOff);
  }

  needs(): LiveNeeds {
    const { unheardTasks, untoldTasks } = this.state;
    return { isRead: this.follower.isCaughtUp, unheardTasks, untoldTasks };
  }

  /**
   * Answers a question from slices: company-wide or by one dimension, with edges on slices that are kept. Levels are
   * read at a slice's edge; everything else a millisecond before one, so that all facts before the edge count.
   */
  ask(question: KpiQuestion): LiveAnswer {
    const checked = this.state.check(question);
    return isLeft(checked) ? checked : this.askChecked(checked.right);
  }

  /** The same for a question that was checked before: what is asked again and again. */
  askChecked(question: CheckedQuestion): LiveAnswer {
    return this.answer(this.plan(question));
  }

  plan(question: CheckedQuestion): KpiPlan {
    return this.state.plan(question);
  }

  answer(plan: KpiPlan): LiveAnswer {
    return this.state.answer(plan, this.options.nowMs());
  }

  /** Slices are parsed as they are taken: a hundred thousand in one go would keep all else waiting for seconds. */
  private async applyInTurns(slices: Iterable<SliceRecord>): Promise<void> {
    const { breathe = () => nextTurn() } = this.options;
    let batch: Array<SliceRecord> = [];
    for (const slice of slices) {
      batch.push(slice);
      if (batch.length < slicesInTurn) continue;
      this.state.applySlices(batch);
      batch = [];
      await breathe();
    }
    this.state.applySlices(batch);
  }

  private lost(partition: number): void {
    if (this.options.onExpired === undefined) return;
    this.state.gaps.lost(partition);
    this.askAgain();
  }

  private lostFacts(partition: number): void {
    if (this.options.onFactsExpired === undefined) return;
    this.state.factGaps.lost(partition);
    this.askAgain();
  }

  private askAgain(): void {
    const { onExpired, onFactsExpired } = this.options;
    this.askFor(this.state.gaps, onExpired);
    this.askFor(this.state.factGaps, onFactsExpired);
  }

  private askFor(gaps: LiveGaps, ask: LiveViewOptions["onExpired"]): void {
    if (ask === undefined) return;
    for (const partition of gaps.takeToAsk())
      ask(partition).then((servedFrom) => gaps.asked(partition, servedFrom), this.options.onFailure);
  }

  private tell(): void {
    if (this.follower.isCaughtUp) this.state.settle();
    this.askAgain();
    this.state.slices.advance(this.options.nowMs());
    this.options.openSet?.tell();
    const change = this.state.takeChange();
    if (change === undefined) return;
    for (const listener of this.listeners) listener(change);
  }
}
