import type { AlertChanged } from "@leadwire/events";
import type { AlertBook } from "./alert-book.ts";
import { type AlertState, isAlive, stateAfter } from "./alert-state.ts";

/**
 * The book, and before it what was decided and is not known to be durable yet: nothing is decided twice while an append is
 * under way, and the book never says what the log does not.
 */
export class AlertDrafts {
  private readonly book: AlertBook;
  /** By fingerprint, in the order of their decision. */
  private readonly drafts = new Map<string, AlertState[]>();

  constructor(book: AlertBook) {
    this.book = book;
  }

  /** The alert as far as it was decided; undefined where it is inactive. */
  state(fingerprint: string): AlertState | undefined {
    const last = this.drafts.get(fingerprint)?.at(-1);
    if (last === undefined) return this.book.alert(fingerprint);
    return isAlive(last.record) ? last : undefined;
  }

  *alive(): Iterable<AlertState> {
    for (const state of this.book.alive()) if (!this.drafts.has(state.record.fingerprint)) yield state;
    for (const fingerprint of this.drafts.keys()) {
      const state = this.state(fingerprint);
      if (state !== undefined) yield state;
    }
  }

  /** As the book's, with the episodes that ended meanwhile. */
  firstOrdinal(fingerprint: string, startedMs: number): number {
    const ended = (this.drafts.get(fingerprint) ?? []).filter(({ record }) => !isAlive(record));
    return this.book.firstOrdinal(fingerprint, startedMs, ended);
  }

  add(record: AlertChanged): AlertState {
    const state = stateAfter(record);
    const before = this.drafts.get(record.fingerprint);
    if (before === undefined) this.drafts.set(record.fingerprint, [state]);
    else before.push(state);
    return state;
  }

  /** A record is in the log: it goes over into the book. Whether it counts there. */
  applied(record: AlertChanged): boolean {
    const waiting = this.drafts.get(record.fingerprint);
    const rest = waiting?.filter((draft) => draft.record.transition_id !== record.transition_id);
    if (rest === undefined || rest.length === 0) this.drafts.delete(record.fingerprint);
    else this.drafts.set(record.fingerprint, rest);
    return this.book.apply({ name: "alert-changed", record });
  }
}
