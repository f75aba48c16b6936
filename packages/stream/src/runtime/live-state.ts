import { derivedRegistry, type SchemaRegistry } from "@leadwire/events";
import { dimensions as allDimensions, type Dimension, type Workspace, ZoneCalendar } from "@leadwire/funnel";
import type { Catalogue, CheckedQuestion, KpiPlan, KpiQuestion, SliceRecord, UsageFault } from "@leadwire/kpis";
import { type Partition, RecordCursor } from "@leadwire/log";
import type { Either } from "fp-ts/lib/Either.js";
import { type DerivedIds, derivedIds, idsWithoutRegistry, isLedger } from "../core/codec/derived-ids.ts";
import { decodeHeartbeat, type Heartbeat, isHeartbeat } from "../core/codec/heartbeat-codec.ts";
import { type IsStranger, strangerOf } from "../core/codec/stranger.ts";
import { LiveChange } from "./live-change.ts";
import { type EngineLag, type Freshness, LiveFreshness } from "./live-freshness.ts";
import { LiveGaps } from "./live-gaps.ts";
import { type LiveAnswer, LiveQuestions } from "./live-question.ts";
import { LiveSlices } from "./live-slices.ts";

export interface LiveStateOptions {
  readonly workspace: Workspace;
  readonly catalogue: Catalogue;
  /** Held beside the company's numbers; all where not given. What is not held is not served. */
  readonly dimensions?: ReadonlyArray<Dimension>;
  /** The tasks that have to be heard of before the numbers count as live. */
  readonly tasks: ReadonlyArray<Partition>;
  /** Whose schema ids stand on records, besides those derived from `schemas/`. */
  readonly registry?: SchemaRegistry;
}

/** Measures whose slices show that the log has activities. */
const activityMeasures = ["response_times", "sla_met"];

/** Everything a live view knows, without I/O: told records of the metrics topic, asked questions. */
export class LiveState {
  readonly slices: LiveSlices;
  readonly calendar: ZoneCalendar;
  /** What has to be told again of the slices, and of the facts where a view follows those. */
  readonly gaps: LiveGaps;
  readonly factGaps: LiveGaps;
  private readonly heard: LiveFreshness;
  private readonly questions: LiveQuestions;
  private readonly cursor = new RecordCursor();
  private readonly ids: DerivedIds;
  private readonly isStranger: IsStranger;
  private change = new LiveChange();
  private unsettled: Array<Heartbeat> = [];
  private activitySeen = false;

  constructor({ workspace, catalogue, dimensions = allDimensions, tasks, registry }: LiveStateOptions) {
    this.ids = registry === undefined ? idsWithoutRegistry : derivedIds(registry);
    this.isStranger = strangerOf(registry ?? derivedRegistry);
    this.calendar = new ZoneCalendar(workspace.timeZone);
    this.heard = new LiveFreshness(tasks);
    this.gaps = new LiveGaps(tasks);
    this.factGaps = new LiveGaps(tasks);
    const newestEventMs = (): number => this.heard.newestEventMs;
    this.slices = new LiveSlices(catalogue.measures, dimensions, this.calendar, newestEventMs, this.ids);
    this.questions = new LiveQuestions(this.slices, catalogue, workspace, this.calendar);
  }

  /** Records of the metrics topic: whole batches, from an offset on. */
  applyBatches(bytes: Buffer, fromOffset: number): void {
    const { cursor, ids } = this;
    cursor.reset(bytes, fromOffset);
    while (cursor.next()) {
      const { valueStart, valueEnd } = cursor;
      if (this.isStranger(cursor.bytes, valueStart, valueEnd)) continue;
      if (isHeartbeat(cursor.bytes, valueStart, valueEnd, ids)) {
        const beat = decodeHeartbeat(cursor.bytes, valueStart, valueEnd, ids);
        if (this.heard.hear(beat, cursor.appendTimeMs)) {
          this.gaps.hear(beat);
          if (this.factGaps.untoldTasks > 0) this.unsettled.push(beat);
        }
        this.change.beat = true;
      } else if (!isLedger(cursor.bytes, valueStart, valueEnd, ids))
        this.slices.applyRecord(cursor.bytes, valueStart, valueEnd, this.change);
    }
  }

  /** Slices read elsewhere, in any order; the highest version of each counts. */
  applySlices(slices: Iterable<SliceRecord>): void {
    for (const slice of slices) this.slices.apply(slice, this.change);
  }

  /** Whether the log is known to hold any activity-logged. */
  get hasActivity(): boolean {
    return this.activitySeen;
  }

  /** Says that the log holds some activity-logged, which slices alone do not always show. */
  noteActivity(): void {
    if (this.activitySeen) return;
    this.activitySeen = true;
    this.change.activity = true;
  }

  /** What changed since the last call; undefined where nothing did. */
  takeChange(): LiveChange | undefined {
    if (activityMeasures.some((id) => this.change.fromDayMs.has(id))) this.noteActivity();
    if (this.change.isEmpty) return undefined;
    const { change } = this;
    this.change = new LiveChange();
    return change;
  }

  /** Tasks of which no heartbeat was read. */
  get unheardTasks(): number {
    return this.heard.unheardTasks;
  }

  /**
   * All is read that was told before the heartbeats heard until now. They stand on the metrics topic: only then have the
   * facts been read, too, that they speak of.
   */
  settle(): void {
    for (const beat of this.unsettled) this.factGaps.hear(beat);
    this.unsettled = [];
  }

  /** See LiveFreshness.isHeardSince. */
  isHeardSince(atMs: number): boolean {
    return this.heard.isHeardSince(atMs);
  }

  /** See LiveFreshness.lag. */
  lag(nowMs: number, sinceMs: number): EngineLag {
    return this.heard.lag(nowMs, sinceMs);
  }

  /** Tasks that were asked to tell slices or facts again, and have not yet. */
  get untoldTasks(): number {
    return this.gaps.untoldTasks + this.factGaps.untoldTasks;
  }

  /** `followed`: whether all was read that the tasks wrote. While something has to be told again, nothing is complete. */
  freshness(nowMs: number, followed: boolean): Freshness {
    const heard = this.heard.at(nowMs, followed);
    if (this.untoldTasks === 0) return heard;
    return { ...heard, state: heard.state === "live" ? "catching_up" : heard.state, completeThroughMs: null };
  }

  check(question: KpiQuestion): Either<UsageFault, CheckedQuestion> {
    return this.questions.check(question);
  }

  plan(question: CheckedQuestion): KpiPlan {
    return this.questions.plan(question);
  }

  /** Answers at `nowMs`, which decides what slices are still kept up. */
  answer(plan: KpiPlan, nowMs: number): LiveAnswer {
    this.slices.advance(nowMs);
    const { completeThroughMs } = this.freshness(nowMs, true);
    return this.questions.answer(plan, { completeThroughMs, hasActivity: this.activitySeen });
  }
}
