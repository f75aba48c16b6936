import { setTimeout as sleep } from "node:timers/promises";
import { eventTopics } from "@leadwire/events";
import type { EventLog, Partition } from "@leadwire/log";
import type { Registry } from "prom-client";
import { sampledGauge } from "../shell/sampled.ts";

export interface LogWatchOptions {
  readonly log: Pick<EventLog, "boundsOf">;
  /** Of every topic. */
  readonly partitions: number;
  readonly nowMs: () => number;
  /** Between an answer and the next question. */
  readonly everyMs?: number;
}

const everyMsDefault = 2_000;
/** A log that has not answered for so long cannot be worked with; less is a leader that moves. */
const toleratedMs = 5_000;

/**
 * Asks again and again where the event topics end, of every broker that leads any of their partitions. Services wait for
 * a log that is away without an error, and what they know of lags is then from before: this says so.
 */
export class LogWatch {
  private readonly options: LogWatchOptions;
  private readonly places: ReadonlyArray<Partition>;
  private readonly stopping = new AbortController();
  private askedAtMs: number | undefined;

  constructor(options: LogWatchOptions) {
    this.options = options;
    this.places = eventTopics.flatMap((topic) =>
      Array.from({ length: options.partitions }, (_, partition) => ({ topic, partition })),
    );
  }

  start(): void {
    void this.run();
  }

  stop(): void {
    this.stopping.abort();
  }

  /** For how long a question has not been answered; 0 between questions. */
  get waitingMs(): number {
    return this.askedAtMs === undefined ? 0 : Math.max(0, this.options.nowMs() - this.askedAtMs);
  }

  /** Why no service can work, in a sentence. */
  unready(): ReadonlyArray<string> {
    const { waitingMs } = this;
    return waitingMs < toleratedMs ? [] : [`Kafka has not answered for ${Math.floor(waitingMs / 1000)} s.`];
  }

  /** The log retries what passes for as long as it takes; what it rejects, whoever works with it is told too. */
  private async run(): Promise<void> {
    const { log, nowMs, everyMs = everyMsDefault } = this.options;
    const { signal } = this.stopping;
    while (!signal.aborted) {
      this.askedAtMs ??= nowMs();
      try {
        await log.boundsOf(this.places);
        this.askedAtMs = undefined;
      } catch {
        // Unanswered: the next try goes on counting.
      }
      await sleep(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}

export const logWatchMetrics = (registry: Registry, watch: () => LogWatch | undefined): void =>
  sampledGauge(registry, {
    name: "leadwire_log_waiting_seconds",
    help: "For how long the log has not answered; what is told of lags is from before that.",
    sample: () => [[{}, (watch()?.waitingMs ?? 0) / 1000]],
  });
