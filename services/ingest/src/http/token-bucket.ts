const setBackMsMax = 5_000;

/**
 * Bounds events per second. What a request holds is known only once it is read, so a bucket may go into debt: the
 * request that does so is taken, the next ones wait until it is paid.
 */
export class TokenBucket {
  readonly perSecond: number;
  private tokens: number;
  private filledMs = Number.NEGATIVE_INFINITY;

  /** Holds one second's worth at most. */
  constructor(perSecond: number) {
    this.perSecond = perSecond;
    this.tokens = perSecond;
  }

  /** How long until something may be taken; 0: now. */
  waitMs(nowMs: number): number {
    this.fill(nowMs);
    return this.tokens > 0 ? 0 : Math.max(1, Math.ceil((-this.tokens * 1_000) / this.perSecond));
  }

  take(events: number, nowMs: number): void {
    this.fill(nowMs);
    this.tokens -= events;
  }

  private fill(nowMs: number): void {
    // A clock that was set back a little fills nothing until it has caught up; one set back far goes on from there.
    if (nowMs < this.filledMs - setBackMsMax) this.filledMs = nowMs;
    if (nowMs <= this.filledMs) return;
    const gained = ((nowMs - this.filledMs) * this.perSecond) / 1_000;
    this.tokens = Math.min(this.perSecond, this.tokens + gained);
    this.filledMs = nowMs;
  }
}
