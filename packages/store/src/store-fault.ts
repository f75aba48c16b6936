import type { StoreUser } from "./store-user.ts";

/** Why ClickHouse did not do what it was asked. */
export type StoreFault =
  /** Nobody answers, or the answer broke off: whether it was done is unknown. Asking again later is right. */
  | { readonly _tag: "Unavailable"; readonly detail: string }
  /** It answers that it can't now (memory, parts, disk full, read-only, a replica away). Asking again later is right. */
  | { readonly _tag: "Overloaded"; readonly code: number; readonly detail: string }
  /** It refuses this statement, now and later. Code 0: we refuse the server. */
  | { readonly _tag: "Rejected"; readonly code: number; readonly name: string; readonly detail: string };

/**
 * Codes of ClickHouse that say "not now" to whoever writes. What says that the sender's bytes cannot be read (3, 32, 33)
 * is not among them: a batch that is made wrong would be sent for ever.
 */
const passingCodes: ReadonlySet<number> = new Set([
  // Memory, threads, queries and connections of the moment.
  173, // CANNOT_ALLOCATE_MEMORY
  202, // TOO_MANY_SIMULTANEOUS_QUERIES
  203, // NO_FREE_CONNECTION
  241, // MEMORY_LIMIT_EXCEEDED
  439, // CANNOT_SCHEDULE_TASK
  745, // SERVER_OVERLOADED
  749, // TCP_CONNECTION_LIMIT_REACHED
  762, // HTTP_CONNECTION_LIMIT_REACHED
  778, // MEMORY_RESERVATION_FAILED
  // Disk: full, failing, not there, or behind with merging.
  74, // CANNOT_READ_FROM_FILE_DESCRIPTOR
  75, // CANNOT_WRITE_TO_FILE_DESCRIPTOR
  76, // CANNOT_OPEN_FILE
  107, // FILE_DOESNT_EXIST
  204, // CANNOT_FSYNC
  243, // NOT_ENOUGH_SPACE
  252, // TOO_MANY_PARTS
  499, // S3_ERROR
  // Read-only for the time being: by its user's profile, or since the keeper is away.
  164, // READONLY
  242, // TABLE_IS_READ_ONLY
  // Time and the network between the servers.
  95, // CANNOT_READ_FROM_SOCKET
  96, // CANNOT_WRITE_TO_SOCKET
  159, // TIMEOUT_EXCEEDED
  209, // SOCKET_TIMEOUT
  210, // NETWORK_ERROR
  279, // ALL_CONNECTION_TRIES_FAILED
  // Stopping, or stopped by an administrator.
  236, // ABORTED
  394, // QUERY_WAS_CANCELLED
  // Keeper, replicas and shards.
  225, // NO_ZOOKEEPER
  244, // UNEXPECTED_ZOOKEEPER_ERROR
  254, // NO_ACTIVE_REPLICAS
  265, // NO_AVAILABLE_REPLICA
  285, // TOO_FEW_LIVE_REPLICAS
  286, // UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE
  289, // REPLICA_IS_NOT_IN_QUORUM
  297, // SHARD_HAS_NO_CONNECTIONS
  319, // UNKNOWN_STATUS_OF_INSERT
  369, // ALL_REPLICAS_ARE_STALE
  519, // NO_REMOTE_SHARD_AVAILABLE
  574, // DISTRIBUTED_TOO_MANY_PENDING_BYTES
  904, // TOO_MANY_UNAVAILABLE_SHARDS
  999, // KEEPER_EXCEPTION
]);

/** A reader's own limits say the same every time: longer waiting makes no query smaller, and nobody less read-only. */
const readersLimits: ReadonlySet<number> = new Set([159, 164]);

const versionNote = / ?\(version [^)]*\([^)]*\)\)| ?\(version [^)]*\)/g;

/** A message may repeat a statement of any length, and what takes pieces out of it goes over it more than once. */
const detailCharsMax = 8_000;

/** ClickHouse's message without its version, its build and its stack. */
export const plainDetail = (message: string): string =>
  (message.slice(0, detailCharsMax).split("Stack trace:")[0] ?? "")
    .replace(versionNote, "")
    .replace(/\s+/g, " ")
    .replace(/[\s,]+$/, "")
    .trim();

/** The fault that a ClickHouse exception stands for, for the engine or for a reader of the views. */
export const refusal = (code: number, name: string, message: string, user: StoreUser = "engine"): StoreFault =>
  passingCodes.has(code) && !(user === "analyst" && readersLimits.has(code))
    ? { _tag: "Overloaded", code, detail: plainDetail(message) }
    : { _tag: "Rejected", code, name, detail: plainDetail(message) };

/** ClickHouse could not be reached: worth another try. */
export const unavailable = (cause: unknown): StoreFault => ({
  _tag: "Unavailable",
  detail: cause instanceof Error ? cause.message : String(cause),
});

/** One line for people. */
export const faultText = (fault: StoreFault): string => {
  switch (fault._tag) {
    case "Unavailable":
      return `ClickHouse does not answer: ${fault.detail}`;
    case "Overloaded":
      return `ClickHouse cannot do it now (code ${fault.code}): ${fault.detail}`;
    case "Rejected":
      return `ClickHouse refused it (${fault.name}${fault.code === 0 ? "" : `, code ${fault.code}`}): ${fault.detail}`;
  }
};

/** A fault where only an exception can go on: at a boundary that promises. */
export class StoreError extends Error {
  readonly fault: StoreFault;
  constructor(fault: StoreFault) {
    super(faultText(fault));
    this.name = "StoreError";
    this.fault = fault;
  }
}
