import type { HostLookup } from "./address-guard.ts";
import type { SecretReader } from "./secret-reader.ts";

/** What a receiver may cost. */
export interface SendLimits {
  /** From looking up the name to the answer's head; of mail the whole conversation. */
  readonly timeMsMax: number;
  readonly mailMsMax: number;
  /** What is read of an answer, and for how long once its head is there. */
  readonly answerBytesMax: number;
  readonly answerMsMax: number;
  /** A receiver may ask for a pause (`Retry-After`), up to this. */
  readonly pauseMsMax: number;
}

export const defaultSendLimits: SendLimits = {
  timeMsMax: 10_000,
  mailMsMax: 30_000,
  answerBytesMax: 65_536,
  answerMsMax: 1_000,
  pauseMsMax: 3_600_000,
};

/** How values and instants are written. */
export interface TextStyle {
  /** IANA name. */
  readonly zone: string;
  readonly currency: string;
}

/** What channels have of the world. */
export interface ChannelDeps {
  readonly readSecret: SecretReader;
  readonly lookup: HostLookup;
  readonly nowMs: () => number;
  readonly allowPrivate: ReadonlyArray<string>;
  readonly limits: SendLimits;
  readonly style: TextStyle;
  /** An Alertmanager forgets a firing alert after this long unless told again: longer than any repeat interval. */
  readonly firingLastsMs: number;
  /** Certificates (PEM) of authorities to trust in place of Node's own list. */
  readonly authorities?: string;
}
