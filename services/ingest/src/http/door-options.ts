import type { SchemaRegistry } from "@leadwire/events";
import type { LogRecord } from "@leadwire/log";
import type { PlaceOptions } from "./place-events.ts";
import type { SourceKey } from "./source-keys.ts";

export interface DoorLimits {
  /** A larger body, packed or unpacked, is refused with 413. */
  readonly bodyBytesMax: number;
  readonly eventsMax: number;
  /** Of all requests being worked on; beyond it 429. */
  readonly inFlightBytesMax: number;
  /** Of one source's requests, where there are keys: no source takes the whole door. */
  readonly sourceInFlightBytesMax: number;
  /** From the headers to the body's last byte; then 408, and the connection is closed. */
  readonly bodyMsMax: number;
  /** How long a request waits for the log; then 503. */
  readonly appendMsMax: number;
}

export const defaultDoorLimits: DoorLimits = {
  bodyBytesMax: 8 * 1_048_576,
  eventsMax: 10_000,
  inFlightBytesMax: 64 * 1_048_576,
  sourceInFlightBytesMax: 32 * 1_048_576,
  bodyMsMax: 30_000,
  appendMsMax: 30_000,
};

/** How a request ended, for counting. */
export type DoorOutcome =
  | "accepted"
  /** Some events were refused; the others are accepted. */
  | "some_refused"
  | "unauthorised"
  | "malformed"
  | "too_large"
  | "wrong_type"
  | "too_busy"
  | "too_fast"
  | "log_behind"
  | "log_failed"
  /** A fault of our own, told to onFault. */
  | "failed"
  | "timed_out"
  /** The other side went away before it was answered. */
  | "aborted";

/** A request that has ended. */
export interface DoorRequest {
  readonly outcome: DoorOutcome;
  /** The key's source: `*` for a key of any, empty without one. Never what a request claims: values are few. */
  readonly source: string;
  readonly accepted: number;
  readonly refused: number;
  readonly ms: number;
}

export interface DoorOptions extends Omit<PlaceOptions, "grant" | "encodeEvent"> {
  /** Resolves when every record is durable. */
  readonly append: (records: ReadonlyArray<LogRecord>) => Promise<void>;
  /** Awaited once per request that brings contacts, before `sealContact` is asked for any of these leads. */
  readonly prepareKeys?: (leadIds: ReadonlySet<string>) => Promise<void>;
  /** Whose schema ids stand on the records; derived ones without it. */
  readonly registry?: SchemaRegistry;
  readonly nowMs: () => number;
  /** None: whoever calls from this machine may send events of any source, and nobody else may. */
  readonly keys?: ReadonlyArray<SourceKey>;
  /** Of each key's source; without bound where not given. */
  readonly eventsPerSecondMax?: number;
  readonly limits?: Partial<DoorLimits>;
  readonly onRequest?: (request: DoorRequest) => void;
  /** Told of a fault of our own, which the sender is not shown. */
  readonly onFault?: (cause: unknown) => void;
}
