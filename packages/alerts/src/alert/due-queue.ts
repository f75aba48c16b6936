interface Due {
  readonly dueMs: number;
  readonly name: string;
}

const isBefore = (a: Due, b: Due): boolean => a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.name < b.name);

/**
 * Instants at which named things are to be looked at, the next one first; ties by name. A binary heap: adding and taking
 * cost the logarithm of what waits. Nothing is taken back, and an instant behind one that the name has already is not kept:
 * whoever takes a name looks whether it is due, and adds what comes next.
 */
export class DueQueue {
  private readonly heap: Due[] = [];
  private readonly earliestMs = new Map<string, number>();

  /** +Infinity where nothing waits. */
  get nextMs(): number {
    return this.heap[0]?.dueMs ?? Number.POSITIVE_INFINITY;
  }

  add(dueMs: number, name: string): void {
    const { heap, earliestMs } = this;
    if (dueMs >= (earliestMs.get(name) ?? Number.POSITIVE_INFINITY)) return;
    earliestMs.set(name, dueMs);
    const added: Due = { dueMs, name };
    let at = heap.length;
    heap.push(added);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(added, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = added;
  }

  /** The next name due at or before that instant, taken out; undefined where none is. */
  take(nowMs: number): string | undefined {
    const first = this.heap[0];
    if (first === undefined || first.dueMs > nowMs) return undefined;
    this.earliestMs.delete(first.name);
    const last = this.heap.pop();
    if (last !== undefined && last !== first) this.sink(last);
    return first.name;
  }

  private sink(moved: Due): void {
    const { heap } = this;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      if (left === undefined) break;
      const isRight = right !== undefined && isBefore(right, left);
      const below = isRight ? right : left;
      if (!isBefore(below, moved)) break;
      heap[at] = below;
      at = 2 * at + (isRight ? 2 : 1);
    }
    heap[at] = moved;
  }
}
