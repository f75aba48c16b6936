const keysMax = 1000;

/** Recipients that a server took while it put others off: on the next try they are left out. */
export class TakenRecipients {
  readonly #byKey = new Map<string, ReadonlySet<string>>();

  /** Of a message's key. */
  of(key: string): ReadonlySet<string> {
    return this.#byKey.get(key) ?? new Set();
  }

  keep(key: string, taken: ReadonlyArray<string>): void {
    const all = new Set([...this.of(key), ...taken]);
    this.#byKey.delete(key);
    this.#byKey.set(key, all);
    const [oldest] = this.#byKey.keys();
    if (this.#byKey.size > keysMax && oldest !== undefined) this.#byKey.delete(oldest);
  }

  forget(key: string): void {
    this.#byKey.delete(key);
  }
}
