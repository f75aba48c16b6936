import { factsTopic, metricsTopic } from "@leadwire/events";
import type { Partition } from "@leadwire/log";
import { type RestateAsker, requestRestate } from "@leadwire/stream";

export interface ExpiredGapsOptions extends RestateAsker {
  /** Whether the log has the control topic: an engine in one process has none, and finds the gap at its start. */
  readonly hasControl: boolean;
}

/**
 * What retention took before it was stored: the tasks are asked to tell it again, once for every gap. What was told on an
 * earlier request may itself have expired in the next one.
 */
export class ExpiredGaps {
  readonly #options: ExpiredGapsOptions;
  /** Requests made. */
  requested = 0;

  constructor(options: ExpiredGapsOptions) {
    this.#options = options;
  }

  /** Resolves once the request is durable: only then may the reader go on behind the gap. */
  async ask({ topic, partition }: Partition): Promise<void> {
    const { generation, hasControl } = this.#options;
    const scopes = { [factsTopic(generation)]: "facts", [metricsTopic(generation)]: "slices" } as const;
    const scope = scopes[topic];
    if (scope === undefined || !hasControl) return;
    await requestRestate(this.#options, partition, scope);
    this.requested += 1;
  }
}
