/** It is asked at least once a second: after a longer pause the process stood still. */
const pauseMs = 2_500;
/** So long it is waited at most for the word of all tasks, which comes once a second. */
const wordWithinMs = 5_000;

/**
 * A process that stood still (SIGSTOP, a machine that slept) holds for live what it knew before. What happened meanwhile,
 * such as an answer to a lead whose time is up now, it has read once all tasks were heard of anew.
 */
export class Standstill {
  private readonly isHeardSince: (atMs: number) => boolean;
  private askedAtMs = Number.POSITIVE_INFINITY;
  private wokeAtMs = Number.NEGATIVE_INFINITY;

  /** `isHeardSince`: whether the log got a word of every task from an instant on. */
  constructor(isHeardSince: (atMs: number) => boolean) {
    this.isHeardSince = isHeardSince;
  }

  /** To be asked whenever something is about to be decided, and once a second at least. */
  isOver(nowMs: number): boolean {
    if (nowMs - this.askedAtMs > pauseMs) this.wokeAtMs = nowMs;
    this.askedAtMs = nowMs;
    return nowMs - this.wokeAtMs > wordWithinMs || this.isHeardSince(this.wokeAtMs);
  }
}
