import type { AlertRecord } from "@leadwire/events";
import { Inhibitor } from "./inhibitor.ts";
import type { Inhibition } from "./notification-config.ts";
import { Silences } from "./silences.ts";

type Labels = Readonly<Record<string, string>>;

/**
 * What every partition's records say to all planners of a process: silences, and alerts that inhibit others. Folds the
 * records that count (fencing is the book's) of each partition in their order; between partitions no order matters.
 */
export class Surroundings {
  readonly inhibitor: Inhibitor;
  readonly #silences = new Silences();
  #version = 0;

  constructor(inhibitions: ReadonlyArray<Inhibition>) {
    this.inhibitor = new Inhibitor(inhibitions);
  }

  /** Changes whenever an answer of `mutes` may, but for the passing of time. */
  get version(): number {
    return this.#version + this.inhibitor.version;
  }

  configure(inhibitions: ReadonlyArray<Inhibition>): void {
    this.inhibitor.configure(inhibitions);
  }

  apply({ name, record }: AlertRecord): void {
    if (name === "alert-changed") {
      this.inhibitor.set(record.fingerprint, record.status === "firing" ? record : undefined);
    } else if (name === "alerts-silenced") {
      this.#silences.apply(record);
      this.#version += 1;
    }
  }

  /** Whether nobody is to be told of an alert with these labels. */
  mutes(labels: Labels, nowMs: number): boolean {
    return this.#silences.silences(labels, nowMs) || this.inhibitor.inhibits(labels);
  }

  /** When time alone may change what is muted; also lets go of silences that are over. */
  nextEdgeMs(nowMs: number): number {
    this.#silences.expire(nowMs);
    return this.#silences.nextEdgeMs(nowMs);
  }
}
