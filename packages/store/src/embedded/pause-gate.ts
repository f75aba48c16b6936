/** What is under way with a server: a planned pause holds what comes and waits for what runs. */
export class PauseGate {
  #running = 0;
  #opened: PromiseWithResolvers<void> | undefined;
  #idle: PromiseWithResolvers<void> | undefined;

  /** Resolves when the gate is open, with what to call once the request has ended; calling it again does nothing. */
  async enter(): Promise<() => void> {
    await this.passed();
    this.#running += 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#running -= 1;
      if (this.#running === 0) this.#idle?.resolve();
    };
  }

  /** Resolves when the gate is open. */
  async passed(): Promise<void> {
    while (this.#opened !== undefined) await this.#opened.promise;
  }

  get isClosed(): boolean {
    return this.#opened !== undefined;
  }

  close(): void {
    this.#opened ??= Promise.withResolvers();
  }

  open(): void {
    this.#opened?.resolve();
    this.#opened = undefined;
  }

  /** Resolves when nothing is under way any more, or when the bound does. Ask it of a closed gate. */
  async idle(bound: Promise<unknown>): Promise<void> {
    if (this.#running === 0) return;
    this.#idle ??= Promise.withResolvers();
    await Promise.race([this.#idle.promise, bound]);
    this.#idle = undefined;
  }
}
