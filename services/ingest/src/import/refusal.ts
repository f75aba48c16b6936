import type { QuarantineReason } from "@leadwire/events";

/** Why a row or an event goes to quarantine: a typed reason, and one sentence that says what was found and expected. */
export interface Refusal {
  readonly reason: QuarantineReason;
  readonly detail: string;
  /** Where the row says from which system it comes. */
  readonly sourceSystem?: string;
}

export const refusal = (reason: QuarantineReason, detail: string): Refusal => ({ reason, detail });

/** A value as a message shows it: quoted, on one line, and never longer than a reader wants. */
export const shown = (value: string): string => {
  const cut = value.length > 60 ? `${value.slice(0, 57)}...` : value;
  return JSON.stringify(cut);
};
