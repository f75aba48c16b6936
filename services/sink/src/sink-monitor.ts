import type { Partition } from "@leadwire/log";
import type { StoredPosition } from "@leadwire/store";
import { LagMeter } from "./lag-meter.ts";
import type { SinkOptions } from "./sink-options.ts";
import type { SinkStatus } from "./sink-status.ts";
import { SinkWatch } from "./sink-watch.ts";
import { StoreMeter } from "./store-meter.ts";

type Measured = Pick<
  SinkStatus,
  | "batches"
  | "rows"
  | "rowsPerSecond"
  | "insertMsLast"
  | "insertMsSum"
  | "partsByTable"
  | "lagRecords"
  | "lagSeconds"
  | "waiting"
>;

/** What a sink knows of its own doing. */
export class SinkMonitor {
  readonly meter = new StoreMeter();
  readonly #lag = new LagMeter();
  readonly #watch: SinkWatch;
  readonly #nowMs: () => number;

  constructor({ log, store, generation, nowMs, pace }: SinkOptions, partitions: () => ReadonlyArray<Partition>) {
    this.#nowMs = nowMs;
    const onEnds = (ends: Parameters<LagMeter["sample"]>[0]): void => this.#lag.sample(ends, nowMs());
    this.#watch = new SinkWatch({
      log,
      store,
      generation,
      partitions,
      onEnds,
      ...(pace === undefined ? {} : { pace }),
    });
  }

  /** Of the table with the most, as of the last look. */
  get partsMax(): number {
    return this.#watch.partsMax;
  }

  run(signal: AbortSignal): Promise<void> {
    return this.#watch.run(signal);
  }

  status(stored: ReadonlyArray<StoredPosition>): Measured {
    const nowMs = this.#nowMs();
    const { records, seconds } = this.#lag.lag(stored, nowMs);
    const { batches, rows, insertMsLast, insertMsSum, waiting } = this.meter;
    return {
      batches,
      rows,
      rowsPerSecond: this.meter.rowsPerSecond(nowMs),
      insertMsLast,
      insertMsSum,
      partsByTable: this.#watch.parts,
      lagRecords: records,
      lagSeconds: seconds,
      ...(waiting === undefined
        ? {}
        : { waiting: { fault: waiting.fault, seconds: (nowMs - waiting.sinceMs) / 1_000 } }),
    };
  }
}
