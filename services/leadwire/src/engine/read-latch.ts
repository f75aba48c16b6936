/**
 * Many questions at a time, or one change alone: a change waits until those that are being answered have their answers,
 * and those that come meanwhile wait for it. So none sees a part of it. A question must not ask another one inside.
 */
export class ReadLatch {
  private readers = 0;
  private change: Promise<unknown> | undefined;
  private onIdle: (() => void) | undefined;

  /** Answers a question, once no change is under way. */
  async read<T>(ask: () => Promise<T>): Promise<T> {
    while (this.change !== undefined) await this.change;
    this.readers += 1;
    try {
      return await ask();
    } finally {
      this.readers -= 1;
      if (this.readers === 0) this.onIdle?.();
    }
  }

  /**
   * Runs a change while no question is being answered; resolves to whether it ran. Questions that take longer than
   * `patience` resolves let it be given up, so that those behind it go on. What the change rejects with is rejected.
   */
  async alone(patience: Promise<unknown>, change: () => Promise<void>): Promise<boolean> {
    while (this.change !== undefined) await this.change;
    const over = Promise.withResolvers<void>();
    this.change = over.promise;
    try {
      if (!(await this.idle(patience))) return false;
      await change();
      return true;
    } finally {
      this.change = undefined;
      over.resolve();
    }
  }

  private async idle(patience: Promise<unknown>): Promise<boolean> {
    if (this.readers === 0) return true;
    const idle = new Promise<boolean>((resolve) => {
      this.onIdle = () => resolve(true);
    });
    const found = await Promise.race([idle, patience.then(() => false)]);
    this.onIdle = undefined;
    return found;
  }
}
