import { setTimeout as sleep } from "node:timers/promises";
import type { Registry } from "prom-client";
import type { Engine, EngineStatus, LedgerLine, LedgerReport } from "../engine/engine.ts";
import { type Sample, sampledCounter, sampledGauge } from "../shell/sampled.ts";

export interface LedgerMetricsOptions {
  readonly engine: Pick<Engine, "status" | "ledger">;
  readonly nowMs: () => number;
  /** The ledger reads the whole log: at most this often. */
  readonly everyMs?: number;
  /** Whoever asks while it is read waits no longer than this, and gets what was read before. */
  readonly waitMs?: number;
}

interface Read {
  readonly status: EngineStatus;
  readonly ledger: LedgerReport;
}

const columns: ReadonlyArray<readonly [keyof Omit<LedgerLine, "source">, "counter" | "gauge", string]> = [
  ["accepted", "counter", "Records in the log."],
  ["applied", "counter", "Records that count."],
  ["duplicate", "counter", "Records whose event was there already."],
  ["quarantined", "counter", "Records put aside."],
  ["forwarded", "counter", "Records in a wrong place that were sent on to theirs."],
  ["superseded", "counter", "Applied records below the revision that counts."],
  ["conflict", "counter", "Duplicates with other content."],
  ["pending", "gauge", "Records not processed yet."],
  ["missing", "gauge", "Accepted less what became of them: 0 unless something is wrong."],
];

const states: ReadonlyArray<readonly [name: string, help: string, valueIn: (read: Read) => number]> = [
  ["leadwire_events", "Records in the event topics.", ({ status }) => status.events],
  ["leadwire_pending", "Records appended and not processed.", ({ status }) => status.pending],
  ["leadwire_unstored", "Records appended and not stored in ClickHouse.", ({ status }) => status.unstored],
  [
    "leadwire_complete_through_seconds",
    "Newest event time applied, in Unix seconds.",
    ({ status }) => (status.completeThrough === null ? Number.NaN : Date.parse(status.completeThrough) / 1000),
  ],
  ["leadwire_ledger_balanced", "1 while the ledger adds up.", ({ ledger }) => (ledger.balanced ? 1 : 0)],
];

/** The last reading of the ledger; while ClickHouse is away a new one may never end, and the metrics go on. */
class Readings {
  private readonly options: LedgerMetricsOptions;
  private last: Read | undefined;
  private reading: Promise<void> | undefined;
  private readAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: LedgerMetricsOptions) {
    this.options = options;
  }

  async newest(): Promise<Read | undefined> {
    const { nowMs, everyMs = 10_000, waitMs = 1_000 } = this.options;
    if (this.reading === undefined && nowMs() - this.readAtMs >= everyMs) {
      this.readAtMs = nowMs();
      this.reading = this.read().finally(() => {
        this.reading = undefined;
      });
    }
    await Promise.race([this.reading, sleep(waitMs, undefined, { ref: false })]);
    return this.last;
  }

  private async read(): Promise<void> {
    const { engine } = this.options;
    try {
      this.last = { status: await engine.status(), ledger: await engine.ledger() };
    } catch {
      // What cannot be read now is asked for again at the next look.
      this.readAtMs = Number.NEGATIVE_INFINITY;
    }
  }
}

/** The ledger and the engine's position, where one process has all of it. */
export const ledgerMetrics = (registry: Registry, options: LedgerMetricsOptions): void => {
  const readings = new Readings(options);
  for (const [column, type, help] of columns) {
    const sample = async (): Promise<ReadonlyArray<Sample>> =>
      (await readings.newest())?.ledger.lines.map((line) => [{ source: line.source }, line[column]]) ?? [];
    const labels = ["source"];
    if (type === "counter")
      sampledCounter(registry, { name: `leadwire_${column}_records_total`, help, labels, sample });
    else sampledGauge(registry, { name: `leadwire_${column}_records`, help, labels, sample });
  }
  for (const [name, help, valueIn] of states) {
    const sample = async (): Promise<ReadonlyArray<Sample>> => {
      const read = await readings.newest();
      return read === undefined ? [] : [[{}, valueIn(read)]];
    };
    sampledGauge(registry, { name, help, sample });
  }
};
