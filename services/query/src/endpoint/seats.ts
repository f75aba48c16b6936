export interface SeatLimits {
  /** Statements that run at once, of everybody: what remains is for boards and whoever stores. */
  readonly inAll: number;
  /** Of one who asks. */
  readonly each: number;
  /** How many may wait for a seat, of one who asks. */
  readonly waitingEach: number;
  /** How long one waits for a seat. */
  readonly waitForMs: number;
}

export const defaultSeats: SeatLimits = { inAll: 6, each: 4, waitingEach: 16, waitForMs: 10_000 };

interface Waiting {
  readonly who: string;
  readonly sit: () => void;
}

/** How many statements run at once. The first to wait is the first to sit, unless they have all their seats already. */
export class Seats {
  readonly #limits: SeatLimits;
  readonly #taken = new Map<string, number>();
  #inAll = 0;
  #waiting: ReadonlyArray<Waiting> = [];

  constructor(limits: SeatLimits) {
    this.#limits = limits;
  }

  /** Seats that are taken now. */
  get taken(): number {
    return this.#inAll;
  }

  /** How many wait for one. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves to what gives the seat back; to undefined where none came free in time, or `signal` was aborted before. */
  async take(who: string, signal: AbortSignal): Promise<(() => void) | undefined> {
    const { waitingEach, waitForMs } = this.#limits;
    if (signal.aborted) return undefined;
    if (this.#hasSeat(who)) return this.#sit(who);
    if (this.#waiting.filter((waiting) => waiting.who === who).length >= waitingEach) return undefined;
    const seated = Promise.withResolvers<(() => void) | undefined>();
    const waiting: Waiting = { who, sit: () => seated.resolve(this.#sit(who)) };
    const leave = (): void => {
      this.#waiting = this.#waiting.filter((other) => other !== waiting);
      seated.resolve(undefined);
    };
    this.#waiting = [...this.#waiting, waiting];
    const timer = setTimeout(leave, waitForMs);
    signal.addEventListener("abort", leave);
    try {
      return await seated.promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", leave);
    }
  }

  #hasSeat(who: string): boolean {
    return this.#inAll < this.#limits.inAll && (this.#taken.get(who) ?? 0) < this.#limits.each;
  }

  #sit(who: string): () => void {
    this.#inAll += 1;
    this.#taken.set(who, (this.#taken.get(who) ?? 0) + 1);
    let isSeated = true;
    return () => {
      if (!isSeated) return;
      isSeated = false;
      this.#inAll -= 1;
      const left = (this.#taken.get(who) ?? 1) - 1;
      if (left === 0) this.#taken.delete(who);
      else this.#taken.set(who, left);
      this.#next();
    };
  }

  #next(): void {
    const next = this.#waiting.find(({ who }) => this.#hasSeat(who));
    if (next === undefined) return;
    this.#waiting = this.#waiting.filter((other) => other !== next);
    next.sit();
  }
}
