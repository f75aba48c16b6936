const firstCapacity = 1024;
/** Of the heap: four children a node, so that a million timers are ten levels deep. */
const arity = 4;
const nowhere = -1;

/**
 * Instants and what is to happen at them, a number each, in typed arrays: 28 bytes a timer, twice that at most while they
 * grow. Adding and cancelling cost the logarithm of what waits, an advance only what is due. At one instant what was added
 * first comes first.
 */
export class TimerQueue {
  /** By timer. */
  private due = new Float64Array(firstCapacity);
  private payloads = new Float64Array(firstCapacity);
  private order = new Uint32Array(firstCapacity);
  /** Its place in the heap; of a free one the next free one. */
  private place = new Int32Array(firstCapacity);
  /** Timers, the next one first. */
  private heap = new Int32Array(firstCapacity);
  private count = 0;
  private used = 0;
  private firstFree = nowhere;
  private added = 0;

  /** Timers that wait. */
  get size(): number {
    return this.count;
  }

  /** What the timers take in memory. */
  get bytes(): number {
    const { due, payloads, order, place, heap } = this;
    return [due, payloads, order, place, heap].reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** +Infinity where none waits. */
  nextDueMs(): number {
    return this.count === 0 ? Number.POSITIVE_INFINITY : (this.due[this.heap[0] as number] as number);
  }

  /** Answers the timer, for `cancel`: a number from 0, used again once the timer has fired or was cancelled. */
  add(dueMs: number, payload: number): number {
    const timer = this.take();
    this.due[timer] = dueMs;
    this.payloads[timer] = payload;
    this.order[timer] = this.nextOrder();
    this.count += 1;
    this.rise(timer, this.count - 1);
    return timer;
  }

  /** To be called once, and not after it fired. */
  cancel(timer: number): void {
    this.remove(timer, this.place[timer] as number);
  }

  /**
   * Takes out what is due at or before `nowMs`, one after the other, at most `max`: `fire` may add and cancel. Answers how
   * many those were.
   */
  advance(nowMs: number, fire: (payload: number, dueMs: number) => void, max = Number.POSITIVE_INFINITY): number {
    let fired = 0;
    while (this.count > 0 && fired < max) {
      const timer = this.heap[0] as number;
      const dueMs = this.due[timer] as number;
      if (dueMs > nowMs) break;
      const payload = this.payloads[timer] as number;
      this.remove(timer, 0);
      fired += 1;
      fire(payload, dueMs);
    }
    return fired;
  }

  private take(): number {
    const free = this.firstFree;
    if (free !== nowhere) {
      this.firstFree = this.place[free] as number;
      return free;
    }
    if (this.used === this.due.length) this.grow();
    this.used += 1;
    return this.used - 1;
  }

  private remove(timer: number, at: number): void {
    this.count -= 1;
    const last = this.heap[this.count] as number;
    this.place[timer] = this.firstFree;
    this.firstFree = timer;
    if (last === timer) return;
    if (at > 0 && this.isBefore(last, this.heap[parentOf(at)] as number)) this.rise(last, at);
    else this.sink(last, at);
  }

  private rise(timer: number, from: number): void {
    const { heap, place } = this;
    let at = from;
    while (at > 0) {
      const above = heap[parentOf(at)] as number;
      if (!this.isBefore(timer, above)) break;
      heap[at] = above;
      place[above] = at;
      at = parentOf(at);
    }
    heap[at] = timer;
    place[timer] = at;
  }

  private sink(timer: number, from: number): void {
    const { heap, place, count } = this;
    let at = from;
    for (;;) {
      const first = at * arity + 1;
      if (first >= count) break;
      let least = first;
      for (let child = first + 1; child < Math.min(first + arity, count); child += 1)
        if (this.isBefore(heap[child] as number, heap[least] as number)) least = child;
      const below = heap[least] as number;
      if (!this.isBefore(below, timer)) break;
      heap[at] = below;
      place[below] = at;
      at = least;
    }
    heap[at] = timer;
    place[timer] = at;
  }

  private isBefore(a: number, b: number): boolean {
    const [dueA, dueB] = [this.due[a] as number, this.due[b] as number];
    return dueA < dueB || (dueA === dueB && (this.order[a] as number) < (this.order[b] as number));
  }

  private nextOrder(): number {
    if (this.added === 0xffffffff) this.renumber();
    this.added += 1;
    return this.added;
  }

  /** After four thousand million timers: the order goes on from those that wait. */
  private renumber(): void {
    const waiting = this.heap.subarray(0, this.count).toSorted((a, b) => (this.order[a] ?? 0) - (this.order[b] ?? 0));
    for (const [n, timer] of waiting.entries()) this.order[timer] = n;
    this.added = waiting.length;
  }

  private grow(): void {
    const capacity = this.due.length * 2;
    this.due = grown(this.due, new Float64Array(capacity));
    this.payloads = grown(this.payloads, new Float64Array(capacity));
    this.order = grown(this.order, new Uint32Array(capacity));
    this.place = grown(this.place, new Int32Array(capacity));
    this.heap = grown(this.heap, new Int32Array(capacity));
  }
}

const parentOf = (at: number): number => Math.floor((at - 1) / arity);

const grown = <A extends Float64Array | Uint32Array | Int32Array>(from: A, into: A): A => {
  into.set(from);
  return into;
};
