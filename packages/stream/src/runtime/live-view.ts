import { metricsTopic } from "@leadwire/events";
import type { CheckedQuestion, KpiPlan, KpiQuestion, SliceRecord } from "@leadwire/kpis";
import type { EventLog, Partition } from "@leadwire/log";
import { isLeft } from "fp-ts/lib/Either.js";
import { taskTopics } from "../core/partition-task.ts";
import type { LiveChange } from "./live-change.ts";
import { TopicFollower } from "./live-follower.ts";
import type { Freshness } from "./live-freshness.ts";
import type { LiveAnswer } from "./live-question.ts";
import { LiveState, type LiveStateOptions } from "./live-state.ts";

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
  /** The topic has forgotten what the view had not read: the task of this partition has to restate its slices. */
  readonly onExpired?: (partition: number) => void;
  /** The log gave up, or holds what this engine did not write. */
  readonly onFailure: (cause: unknown) => void;
  /** As TopicFollower takes it. */
  readonly breathe?: () => Promise<unknown>;
}

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

  constructor(options: LiveViewOptions) {
    this.options = options;
    const partitions = Array.from({ length: options.partitions }, (_, partition) => partition);
    const of = (topic: string): ReadonlyArray<Partition> => partitions.map((partition) => ({ topic, partition }));
    this.state = new LiveState({ ...options, tasks: taskTopics(options.generation).flatMap(of) });
    this.follower = new TopicFollower({
      log: options.log,
      partitions: of(metricsTopic(options.generation)),
      onChunk: ({ bytes }, from) => this.state.applyBatches(bytes, from),
      onRound: () => this.tell(),
      onExpired: ({ partition }) => options.onExpired?.(partition),
      onFailure: options.onFailure,
      ...(options.breathe === undefined ? {} : { breathe: options.breathe }),
    });
  }

  /** Loads what was stored, and follows from there. Resolves once the view has read what the topic held at the start. */
  async start(): Promise<void> {
    const loaded = await this.options.loadSlices?.();
    this.state.slices.advance(this.options.nowMs());
    if (loaded !== undefined) {
      this.state.applySlices(loaded.slices);
      if (loaded.hasActivity === true) this.state.noteActivity();
    }
    await this.follower.start(({ partition }, bounds) => loaded?.positions.get(partition) ?? bounds.start);
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
    return this.state.freshness(this.options.nowMs(), this.follower.isCaughtUp);
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

  private tell(): void {
    this.state.slices.advance(this.options.nowMs());
    const change = this.state.takeChange();
    if (change === undefined) return;
    for (const listener of this.listeners) listener(change);
  }
}
