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
 * Asks the tasks to tell again what retention took before it was stored: once for every gap. What was told on an earlier
 * request may itself have expired in the next one.
 */
export class RestateRequests {
  readonly #options: RestateRequestsOptions;
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
    if (wanted === undefined || !hasControl) return;
    const record = { generation, partition, scope: wanted, requested_by: requestedBy } as const;
    const value = encodeControl({ name: "restate-requested", record });
    await log.append([{ topic: controlTopic, partition: 0, key: null, value }]);
    this.count += 1;
  }
}
