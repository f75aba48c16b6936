import { setTimeout as timer } from "node:timers/promises";
import type { EventLog, LogPosition, Partition } from "@leadwire/log";
import { readActiveParts, type Store } from "@leadwire/store";
import { isRight } from "fp-ts/lib/Either.js";
import type { Pace } from "./pace.ts";

const everyMs = 2_000;

/** Keeps no process alive that has nothing else to do. */
const untilLooked = (ms: number, signal?: AbortSignal): Promise<unknown> =>
  timer(ms, undefined, { ...(signal === undefined ? {} : { signal }), ref: false }).catch(() => undefined);

export interface SinkWatchOptions {
  readonly log: EventLog;
  readonly store: Store;
  readonly generation: string;
  readonly partitions: () => ReadonlyArray<Partition>;
  readonly pace?: Pace;
  readonly onEnds: (ends: ReadonlyArray<LogPosition>) => void;
}

/** Looks every two seconds at what a sink cannot see in passing: ends of the topics, and parts of the tables. */
export class SinkWatch {
  readonly #options: SinkWatchOptions;
  /** Active parts by table; as they were when ClickHouse last answered. */
  parts: ReadonlyMap<string, number> = new Map();

  constructor(options: SinkWatchOptions) {
    this.#options = options;
  }

  get partsMax(): number {
    return Math.max(0, ...this.parts.values());
  }

  async run(signal: AbortSignal): Promise<void> {
    const sleep = this.#options.pace?.sleep ?? untilLooked;
    while (!signal.aborted) {
      await Promise.all([this.#lookAtEnds(), this.#lookAtParts()]);
      await sleep(everyMs, signal);
    }
  }

  async #lookAtEnds(): Promise<void> {
    const { log, partitions, onEnds } = this.#options;
    try {
      const places = partitions();
      const bounds = await log.boundsOf(places);
      onEnds(places.map((place, index) => ({ ...place, offset: bounds[index]?.end ?? 0 })));
    } catch {
      // The log is away: whoever reads it says so, and the last ends go on to count.
    }
  }

  async #lookAtParts(): Promise<void> {
    const parts = await readActiveParts(this.#options.store, this.#options.generation)();
    if (isRight(parts)) this.parts = parts.right;
  }
}
