/** A statement that is being answered. */
export interface RunningAsk {
  /** The id of who asked. */
  readonly who: string;
  readonly queryId: string | undefined;
  /** Whether who asked still may. */
  readonly stands: () => boolean;
  /** Ends it, for a reason that is told where something still can be. */
  readonly end: (reason: EndReason) => void;
}

export type EndReason = "cancelled" | "revoked" | "closing";

/** The statements that are being answered: to be cancelled by who asked, and ended with the token that they were asked by. */
export class RunningAsks {
  readonly #asks = new Set<RunningAsk>();

  /** Whether one of this reader's runs under that name: names are given once at a time. */
  has(who: string, queryId: string): boolean {
    for (const ask of this.#asks) if (ask.who === who && ask.queryId === queryId) return true;
    return false;
  }

  /** Returns what takes it out again. */
  add(ask: RunningAsk): () => void {
    this.#asks.add(ask);
    return () => void this.#asks.delete(ask);
  }

  /** How many there were to cancel: 0 or 1. */
  cancel(who: string, queryId: string): number {
    let cancelled = 0;
    for (const ask of this.#asks) {
      if (ask.who !== who || ask.queryId !== queryId) continue;
      ask.end("cancelled");
      cancelled += 1;
    }
    return cancelled;
  }

  endFallen(): void {
    for (const ask of this.#asks) if (!ask.stands()) ask.end("revoked");
  }

  endAll(): void {
    for (const ask of this.#asks) ask.end("closing");
  }
}
