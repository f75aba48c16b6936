/** Why a statement does not go on to ClickHouse. */
export interface Refusal {
  /** What was found, why it is refused, and what to ask instead. */
  readonly message: string;
  /** ClickHouse's code for it, which clients look at. */
  readonly code: number;
}

/** ClickHouse's codes that clients know and do not ask again on. */
export const refusalCodes = { syntax: 62, format: 73, denied: 497 } as const;

/** The views are named in every refusal of a table: they are what can be asked. */
export const viewsHint = "npx leadwire sql --schema lists the views";

/** A reason as one sentence. It says by itself that something is not allowed. */
export const refusalSentence = (reason: string): string => `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}.`;

export const denied = (message: string): Refusal => ({ message, code: refusalCodes.denied });
