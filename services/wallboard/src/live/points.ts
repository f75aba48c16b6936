import type { Stretch } from "./board-time.ts";

/** The points of a course that are over, by their ends: asked once, until something in them changes. */
export class Points<T> {
  private readonly known = new Map<number, T>();

  /** Drops those that hold anything from an instant on. */
  forget(changedFromMs: number): void {
    for (const toMs of this.known.keys()) if (toMs > changedFromMs) this.known.delete(toMs);
  }

  /** Those that are not known. The one that ends at the edge is running and never is. */
  missing(stretches: ReadonlyArray<Stretch>, edgeMs: number): ReadonlyArray<Stretch> {
    return stretches.filter(({ toMs }) => toMs === edgeMs || !this.known.has(toMs));
  }

  set(toMs: number, point: T): void {
    this.known.set(toMs, point);
  }

  /** All of them; `ask` is called for what is not known, and undefined is a gap that is asked again. */
  read(
    stretches: ReadonlyArray<Stretch>,
    edgeMs: number,
    ask: (stretch: Stretch) => T | undefined,
  ): ReadonlyArray<T | undefined> {
    const oldestMs = stretches[0]?.toMs ?? edgeMs;
    for (const toMs of this.known.keys()) if (toMs < oldestMs) this.known.delete(toMs);
    return stretches.map((stretch) => {
      const isRunning = stretch.toMs === edgeMs;
      const known = isRunning ? undefined : this.known.get(stretch.toMs);
      if (known !== undefined) return known;
      const point = ask(stretch);
      if (point !== undefined && !isRunning) this.known.set(stretch.toMs, point);
      return point;
    });
  }
}
