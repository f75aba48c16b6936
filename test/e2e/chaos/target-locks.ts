/** One thing is broken by one fault at a time; others wait for their turn in the order in which they came. */
export class TargetLocks {
  private readonly tails = new Map<string, Promise<void>>();

  async holding<A>(target: string, work: () => Promise<A>): Promise<A> {
    const before = this.tails.get(target) ?? Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.tails.set(target, promise);
    await before;
    try {
      return await work();
    } finally {
      resolve();
    }
  }
}
