/** Bytes of requests being worked on. What does not fit is refused at once, so that memory stays bounded. */
export class ByteBudget {
  readonly #max: number;
  #taken = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Takes bytes and answers how to give them back (once; again does nothing); undefined where they do not fit. */
  take(bytes: number): (() => void) | undefined {
    if (this.#taken + bytes > this.#max) return undefined;
    this.#taken += bytes;
    let held = true;
    return () => {
      if (held) this.#taken -= bytes;
      held = false;
    };
  }
}
