/** Why ClickHouse did not do what it was asked. */
export type StoreFault =
  /** Nobody answers, or the answer broke off: whether it was done is unknown. Asking again later is right. */
  | { readonly _tag: "Unavailable"; readonly detail: string }
  /** It answers that it can't now (memory, too many parts or queries, disk full). Asking again later is right. */
  | { readonly _tag: "Overloaded"; readonly code: number; readonly detail: string }
  /** It refuses this statement, now and later. */
  | { readonly _tag: "Rejected"; readonly code: number; readonly name: string; readonly detail: string };

/** Codes of ClickHouse that say "not now". */
const overloadCodes: ReadonlySet<number> = new Set([
  202, // TOO_MANY_SIMULTANEOUS_QUERIES
  241, // MEMORY_LIMIT_EXCEEDED
  243, // NOT_ENOUGH_SPACE
  252, // TOO_MANY_PARTS
  439, // CANNOT_SCHEDULE_TASK
  999, // KEEPER_EXCEPTION
]);

const versionNote = / ?\(version [^)]*\([^)]*\)\)| ?\(version [^)]*\)/g;

/** ClickHouse's message without its version, its build and its stack. */
export const plainDetail = (message: string): string =>
  (message.split("Stack trace:")[0] ?? "")
    .replace(versionNote, "")
    .replace(/\s+/g, " ")
    .replace(/[\s,]+$/, "")
    .trim();

/** The fault that a ClickHouse exception stands for. */
export const refusal = (code: number, name: string, message: string): StoreFault =>
  overloadCodes.has(code)
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
      return `ClickHouse is overloaded (code ${fault.code}): ${fault.detail}`;
    case "Rejected":
      return `ClickHouse refused it (${fault.name}, code ${fault.code}): ${fault.detail}`;
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
