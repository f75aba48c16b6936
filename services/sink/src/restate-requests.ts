import { controlTopic, encodeControl, factsTopic, metricsTopic } from "@leadwire/events";
import type { EventLog, Partition } from "@leadwire/log";

export interface RestateRequestsOptions {
  readonly log: EventLog;
  readonly generation: string;
  readonly requestedBy: string;
  /** Whether the log has the control topic: an engine in one process has none, and finds the gap at its start. */
  readonly hasControl: boolean;
}

/**
 * Asks the tasks to tell again what retention took before it was stored: once per partition, until that one has been
 * read to its end again.
 */
export class RestateRequests {
  readonly #options: RestateRequestsOptions;
  readonly #asked = new Set<string>();
  /** Requests made. */
  count = 0;

  constructor(options: RestateRequestsOptions) {
    this.#options = options;
  }

  /** Resolves once the request is durable: only then may the reader go on behind the gap. */
  async ask({ topic, partition }: Partition): Promise<void> {
    const { log, generation, requestedBy, hasControl } = this.#options;
    const scope = { [factsTopic(generation)]: "facts", [metricsTopic(generation)]: "slices" } as const;
    const wanted = scope[topic];
    const key = `${topic}-${partition}`;
    if (wanted === undefined || !hasControl || this.#asked.has(key)) return;
    const record = { generation, partition, scope: wanted, requested_by: requestedBy } as const;
    const value = encodeControl({ name: "restate-requested", record });
    await log.append([{ topic: controlTopic, partition: 0, key: null, value }]);
    this.#asked.add(key);
    this.count += 1;
  }

  /** It was read to its end: what expires from here on is another gap. */
  caughtUp({ topic, partition }: Partition): void {
    if (this.#asked.size > 0) this.#asked.delete(`${topic}-${partition}`);
  }
}
