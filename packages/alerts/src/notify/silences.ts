import type { AlertsSilenced } from "@leadwire/events";
import { testOfAll } from "./matcher.ts";

type Labels = Readonly<Record<string, string>>;

interface Silence {
  readonly record: AlertsSilenced;
  readonly matches: (labels: Labels) => boolean;
}

/** Who has silenced what, and until when. The newest record of an id counts: ending one early is one more record. */
export class Silences {
  readonly #byId = new Map<string, Silence>();

  apply(record: AlertsSilenced): void {
    this.#byId.delete(record.silence_id);
    // Without a matcher it would silence everything, which nobody says that way.
    if (record.matchers.length === 0 || record.ends_at <= record.starts_at) return;
    this.#byId.set(record.silence_id, { record, matches: testOfAll(record.matchers) });
  }

  /** Whether some silence that is in force at the instant matches. */
  silences(labels: Labels, atMs: number): boolean {
    for (const { record, matches } of this.#byId.values()) {
      if (record.starts_at <= atMs && atMs < record.ends_at && matches(labels)) return true;
    }
    return false;
  }

  /** The next instant after this one at which some silence begins or ends; Infinity for none. */
  nextEdgeMs(atMs: number): number {
    let nextMs = Number.POSITIVE_INFINITY;
    for (const { record } of this.#byId.values()) {
      if (record.starts_at > atMs) nextMs = Math.min(nextMs, record.starts_at);
      else if (record.ends_at > atMs) nextMs = Math.min(nextMs, record.ends_at);
    }
    return nextMs;
  }

  /** Lets go of those that are over. */
  expire(nowMs: number): void {
    for (const [id, { record }] of this.#byId) if (record.ends_at <= nowMs) this.#byId.delete(id);
  }
}
