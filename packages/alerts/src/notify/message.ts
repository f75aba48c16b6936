import type { AlertStatus } from "@leadwire/events";

/** One alert as receivers are told of it. */
export interface ToldAlert {
  readonly rule: string;
  readonly rule_set: string;
  readonly rule_version: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly status: Extract<AlertStatus, "firing" | "resolved">;
  readonly step: number;
  readonly cause: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly threshold: number | null;
  readonly unit: string;
  /** ISO 8601. */
  readonly started_at: string;
  readonly at: string;
  readonly events: ReadonlyArray<string>;
  readonly explain: string;
}

/** What one receiver is sent: the body of a webhook, and what the other channels write theirs from. */
export interface NotificationMessage {
  /** The idempotency key (Standard Webhooks: `webhook-id`). */
  readonly key: string;
  readonly receiver: string;
  readonly kind: "changed" | "repeated" | "resent";
  /** firing while any of its alerts is. */
  readonly status: "firing" | "resolved";
  readonly group: Readonly<Record<string, string>>;
  /** Ids of the transitions that it tells. */
  readonly transitions: ReadonlyArray<string>;
  readonly alerts: ReadonlyArray<ToldAlert>;
  /** When it was planned: the same over retries. ISO 8601. */
  readonly planned_at: string;
  readonly url?: string;
}

export type SendOutcome =
  | { readonly _tag: "Delivered"; readonly detail: string }
  /** Worth another try; `afterMs`: not sooner, as the receiver asked. */
  | { readonly _tag: "Retry"; readonly detail: string; readonly afterMs?: number }
  /** Another try would end the same: goes to the dead letters. */
  | { readonly _tag: "Refused"; readonly detail: string };

/** One receiver's way out of the process. Never throws; an aborted signal is a Retry. */
export interface Channel {
  readonly send: (message: NotificationMessage, signal: AbortSignal) => Promise<SendOutcome>;
}
