import { setTimeout as sleep } from "node:timers/promises";
import { faultText, type Reader, type ReaderDoor } from "@leadwire/store";
import { isLeft } from "fp-ts/lib/Either.js";
import type { AccessBook } from "./access-book.ts";
import { readerOfGrant } from "./sql-grant.ts";

export interface ReaderAdmissionTerms {
  readonly book: AccessBook;
  readonly readers: Pick<ReaderDoor, "admit">;
  readonly nowMs: () => number;
  readonly onNotice: (text: string) => void;
  /** Tokens made within this time are one pause of an embedded server (default 100). */
  readonly gatherForMs?: number;
  /** What failed is tried again after so long (default 5,000). */
  readonly againAfterMs?: number;
}

/**
 * Keeps ClickHouse's readers those of the tokens that stand. One that has only expired is refused by us and dropped with the next
 * change: an embedded server would pause for nobody's sake.
 */
export class ReaderAdmission {
  readonly #terms: ReaderAdmissionTerms;
  readonly #stopped = new AbortController();
  /** The ids and filters of those admitted last; a server may know some of before. */
  #admitted: string | undefined;
  #work: Promise<void> | undefined;

  constructor(terms: ReaderAdmissionTerms) {
    this.#terms = terms;
  }

  /** Admits those who stand now, before anybody is served. What fails is said, and tried again by itself. */
  async start(): Promise<void> {
    if (!(await this.#admit())) this.changed();
  }

  /** To be called when tokens may have changed. */
  changed(): void {
    this.#work ??= this.#follow().finally(() => {
      this.#work = undefined;
      // One that changed as the work ended.
      if (!this.#isDone()) this.changed();
    });
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#work;
  }

  async #follow(): Promise<void> {
    const { gatherForMs = 100, againAfterMs = 5_000 } = this.#terms;
    await this.#pause(gatherForMs);
    while (!this.#isDone()) if (!(await this.#admit())) await this.#pause(againAfterMs);
  }

  #isDone(): boolean {
    return this.#stopped.signal.aborted || this.#standing().key === this.#admitted;
  }

  async #pause(forMs: number): Promise<void> {
    await sleep(forMs, undefined, { signal: this.#stopped.signal, ref: false }).catch(() => undefined);
  }

  #standing(): { readonly readers: ReadonlyArray<Reader>; readonly key: string } {
    const { book, nowMs } = this.#terms;
    const now = nowMs();
    const readers = book
      .all()
      .filter(({ expires_at: expiresMs }) => expiresMs === null || now < expiresMs)
      .map(readerOfGrant)
      .filter((reader) => reader !== undefined)
      .toSorted((one, other) => (one.id < other.id ? -1 : 1));
    return { readers, key: JSON.stringify(readers) };
  }

  async #admit(): Promise<boolean> {
    const { readers, key } = this.#standing();
    if (key === this.#admitted) return true;
    const admitted = await this.#terms.readers.admit(readers)();
    if (isLeft(admitted)) {
      this.#terms.onNotice(`Tokens for SQL wait for ClickHouse: ${faultText(admitted.left)}`);
      return false;
    }
    this.#admitted = key;
    return true;
  }
}
