/** What is queued of a group: the first goes before the others. */
export interface Queued {
  readonly key: string;
  readonly groupKey: string;
  /** Not to be tried sooner. */
  readonly notBeforeMs: number;
}

/** Queues by group that take turns: whoever was handed out last stands behind all others. */
export class GroupQueues<Job extends Queued> {
  readonly #queues = new Map<string, Job[]>();
  readonly #jobs = new Map<string, Job>();

  get size(): number {
    return this.#jobs.size;
  }

  get(key: string): Job | undefined {
    return this.#jobs.get(key);
  }

  add(job: Job): void {
    this.#jobs.set(job.key, job);
    const queue = this.#queues.get(job.groupKey);
    if (queue === undefined) this.#queues.set(job.groupKey, [job]);
    else queue.push(job);
  }

  remove(job: Job): void {
    this.#jobs.delete(job.key);
    const queue = this.#queues.get(job.groupKey)?.filter((each) => each !== job) ?? [];
    if (queue.length === 0) this.#queues.delete(job.groupKey);
    else this.#queues.set(job.groupKey, queue);
  }

  /** The first due one of a group that is not busy; its group goes behind the others. It stays queued. */
  next(nowMs: number, busy: ReadonlySet<string>): Job | undefined {
    for (const [groupKey, queue] of this.#queues) {
      const job = queue[0];
      if (job === undefined || busy.has(groupKey) || job.notBeforeMs > nowMs) continue;
      this.#queues.delete(groupKey);
      this.#queues.set(groupKey, queue);
      return job;
    }
    return undefined;
  }

  /** When the next one of a group that is not busy may be tried; +Infinity for none. */
  nextDueMs(busy: ReadonlySet<string>): number {
    let due = Number.POSITIVE_INFINITY;
    for (const [groupKey, queue] of this.#queues)
      if (!busy.has(groupKey)) due = Math.min(due, queue[0]?.notBeforeMs ?? due);
    return due;
  }

  jobs(): ReadonlyArray<Job> {
    return [...this.#jobs.values()];
  }
}
