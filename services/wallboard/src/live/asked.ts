/** What was asked last, and when. */
export interface LastAnswer<T> {
  readonly value: T;
  readonly askedAtMs: number;
}

/** ClickHouse is asked for one tile at most once in this time. */
const askEveryMs = 15_000;

/**
 * Something that takes time to answer, as a frame can use it: the last answer at once, while the next one is on its way.
 * Nothing is asked but by `at`, so nothing is asked while nobody watches. After a failure the last answer stands, as old
 * as it says.
 */
export class Asked<T> {
  private readonly ask: (nowMs: number) => Promise<T>;
  private readonly onAnswer: () => void;
  private readonly everyMs: number;
  private last: LastAnswer<T> | undefined;
  private begunAtMs = Number.NEGATIVE_INFINITY;
  private isAsking = false;
  private isEnded = false;
  private failed = false;

  constructor(ask: (nowMs: number) => Promise<T>, onAnswer: () => void, everyMs = askEveryMs) {
    this.ask = ask;
    this.onAnswer = onAnswer;
    this.everyMs = everyMs;
  }

  /** The last answer: the same object until there is another one. Undefined before the first. */
  at(nowMs: number): LastAnswer<T> | undefined {
    // A clock set back must not keep an answer for longer.
    const isDue = nowMs >= this.dueMs || nowMs < this.begunAtMs;
    if (isDue && !this.isAsking && !this.isEnded) this.begin(nowMs);
    return this.last;
  }

  /** From when on `at` asks again. */
  get dueMs(): number {
    return this.isEnded ? Number.POSITIVE_INFINITY : this.begunAtMs + this.everyMs;
  }

  /** Whether the last question found no answer. */
  get hasFailed(): boolean {
    return this.failed;
  }

  /** Whether any question has found its answer, or that there is none. */
  get hasAnswered(): boolean {
    return this.last !== undefined || this.failed;
  }

  /** Nothing is asked any more, and nobody is told of what is still on its way. */
  end(): void {
    this.isEnded = true;
  }

  private begin(nowMs: number): void {
    [this.begunAtMs, this.isAsking] = [nowMs, true];
    const settled = (last: LastAnswer<T> | undefined): void => {
      [this.isAsking, this.failed] = [false, last === undefined];
      this.last = last ?? this.last;
      if (!this.isEnded) this.onAnswer();
    };
    this.ask(nowMs).then(
      (value) => settled({ value, askedAtMs: nowMs }),
      () => settled(undefined),
    );
  }
}
