import type { Partition } from "@leadwire/log";
import type { Heartbeat } from "../core/codec/heartbeat-codec.ts";
import { taskName } from "./task-name.ts";

/** `stale`: a task has been silent for too long. */
export type FreshnessState = "live" | "catching_up" | "stale";

/** How far a live view's numbers can be trusted. */
export interface Freshness {
  /** `stale`: some task has not been heard of for longer than its heartbeat allows. */
  readonly state: FreshnessState;
  /** The newest event time up to which nothing is missing; null before the first event. */
  readonly completeThroughMs: number | null;
  /** Records in the log that the tasks have not treated yet. */
  readonly behindRecords: number;
}

/** No heartbeat for this long means that a task is gone or stuck; they come once a second. */
export const staleAfterMs = 5_000;

/** How far the tasks are behind the log. */
export interface EngineLag {
  readonly ms: number;
  /** Some task has not been heard of yet since it is listened for: it may be more. */
  readonly isAtLeast: boolean;
}

interface Heard {
  readonly beat: Heartbeat;
  readonly atMs: number;
}

/** Keeps the newest heartbeat of every task. */
export class LiveFreshness {
  private readonly heard = new Map<string, Heard>();
  private readonly expected: ReadonlyArray<string>;

  /** `tasks` have to be heard of before anything is live. */
  constructor(tasks: ReadonlyArray<Partition>) {
    this.expected = tasks.map(taskName);
  }

  /**
   * `atMs` is when the log got the heartbeat. A position never goes back: what has been told up to the furthest one
   * stays told, when a stale owner wakes and when a new one folds again from further back. Both show that a task lives,
   * and where its input ends. Returns whether no heartbeat of the task went further.
   */
  hear(beat: Heartbeat, atMs: number): boolean {
    const key = taskName(beat);
    const held = this.heard.get(key);
    if (held !== undefined && atMs < held.atMs) return false;
    const isFurthest = held === undefined || beat.position >= held.beat.position;
    if (isFurthest) this.heard.set(key, { beat, atMs });
    else this.heard.set(key, { beat: { ...held.beat, end: Math.max(held.beat.end, beat.end) }, atMs });
    return isFurthest;
  }

  /** Tasks that have not been heard of. */
  get unheardTasks(): number {
    return this.expected.filter((key) => !this.heard.has(key)).length;
  }

  /** Whether the log got a word of every task from that instant on. */
  isHeardSince(atMs: number): boolean {
    for (const heard of this.heard.values()) if (heard.atMs < atMs) return false;
    return true;
  }

  /** The newest time of any event that a task has applied; -Infinity before the first. */
  get newestEventMs(): number {
    let newest = Number.NEGATIVE_INFINITY;
    for (const { beat } of this.heard.values()) newest = Math.max(newest, beat.newestEventMs ?? newest);
    return newest;
  }

  /**
   * By how much the tasks are behind the log: the age of what the one furthest behind read last, or of its last word
   * where it has been silent for too long. `sinceMs` is when somebody began to listen: a silence counts from then at the
   * earliest, and what a task said before, when it was another process, says nothing of it.
   */
  lag(nowMs: number, sinceMs: number): EngineLag {
    let ms = 0;
    let silentFromMs = nowMs;
    let isAtLeast = this.unheardTasks > 0 || this.heard.size === 0;
    for (const { beat, atMs } of this.heard.values()) {
      silentFromMs = Math.min(silentFromMs, atMs);
      if (atMs < sinceMs) isAtLeast = true;
      // A task that has read nothing yet says 0: what it has yet to read may be new or old.
      else if (beat.position < beat.end && beat.appendTimeMs > 0) ms = Math.max(ms, nowMs - beat.appendTimeMs);
    }
    const silentMs = nowMs - (isAtLeast ? sinceMs : silentFromMs);
    return { ms: silentMs > staleAfterMs ? Math.max(ms, silentMs) : ms, isAtLeast };
  }

  /** `followed`: whether the view has itself read all that the tasks wrote. */
  at(nowMs: number, followed: boolean): Freshness {
    let behindRecords = 0;
    let behindMs = Number.POSITIVE_INFINITY;
    let oldestMs = Number.POSITIVE_INFINITY;
    for (const { beat, atMs } of this.heard.values()) {
      oldestMs = Math.min(oldestMs, atMs);
      if (beat.position >= beat.end) continue;
      behindRecords += beat.end - beat.position;
      behindMs = Math.min(behindMs, beat.appendTimeMs);
    }
    const newest = this.newestEventMs;
    const unheard = this.unheardTasks > 0 || this.heard.size === 0;
    const stale = unheard || nowMs - oldestMs > staleAfterMs;
    const isBehind = behindRecords > 0 || !followed;
    return {
      // While the view itself reads old heartbeats, their age says nothing of the tasks.
      state: !followed ? "catching_up" : stale ? "stale" : isBehind ? "catching_up" : "live",
      // A task that has told nothing yet says 0.
      completeThroughMs: Number.isFinite(newest) && behindMs > 0 ? Math.min(newest, behindMs) : null,
      behindRecords,
    };
  }
}
