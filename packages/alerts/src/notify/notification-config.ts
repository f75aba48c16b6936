import type { AlertMatcher } from "@leadwire/events";
import type { RuleSet } from "../rule/rule.ts";

/** A secret is never written down: where to find it. */
export type SecretRef =
  | { readonly _tag: "Environment"; readonly name: string }
  | { readonly _tag: "File"; readonly path: string };

export type Receiver =
  | {
      readonly _tag: "Webhook";
      readonly name: string;
      readonly url: string | SecretRef;
      /** Standard Webhooks: `whsec_` and base64. */
      readonly secret: SecretRef;
    }
  | { readonly _tag: "Slack"; readonly name: string; readonly url: string | SecretRef }
  | {
      readonly _tag: "Email";
      readonly name: string;
      readonly to: ReadonlyArray<string>;
      readonly from: string;
      readonly host: string;
      readonly port: number;
      /** `tls` from the first byte, `starttls` required, or `none` (for a server on a network of one's own). */
      readonly security: "tls" | "starttls" | "none";
      readonly username?: string;
      readonly password?: SecretRef;
    }
  | {
      readonly _tag: "Alertmanager";
      readonly name: string;
      readonly url: string;
      readonly username?: string;
      readonly password?: SecretRef;
    }
  | { readonly _tag: "Wallboard"; readonly name: string };

/** Daily, in the workspace's zone; `toMinute` may lie on the next day. 1 Monday … 7 Sunday. */
export interface QuietHours {
  readonly weekdays: ReadonlyArray<number>;
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** A node of the routing tree. An alert goes down to the deepest node that matches; `goOn` tries the siblings, too. */
export interface Route {
  /** Its place in the tree, such as `0.2.1`: part of every group's key. */
  readonly path: string;
  readonly matchers: ReadonlyArray<AlertMatcher>;
  /** Empty: nobody is told. */
  readonly receivers: ReadonlyArray<string>;
  /** Labels that one notification's alerts share; `["..."]` groups by all. */
  readonly groupBy: ReadonlyArray<string>;
  readonly groupWaitMs: number;
  readonly groupIntervalMs: number;
  readonly repeatIntervalMs: number;
  /** While they last nobody is told; what still fires afterwards is told then. */
  readonly quietHours: ReadonlyArray<QuietHours>;
  readonly sendResolved: boolean;
  readonly goOn: boolean;
  readonly routes: ReadonlyArray<Route>;
}

/** While an alert that matches `source` fires, those that match `target` and share the `equal` labels are not told of. */
export interface Inhibition {
  readonly source: ReadonlyArray<AlertMatcher>;
  readonly target: ReadonlyArray<AlertMatcher>;
  readonly equal: ReadonlyArray<string>;
}

export interface NotificationConfig {
  readonly receivers: ReadonlyArray<Receiver>;
  readonly route: Route;
  readonly inhibitions: ReadonlyArray<Inhibition>;
  /** Hosts and networks (CIDR) on private addresses that receivers may have; all others of those are refused. */
  readonly allowPrivate: ReadonlyArray<string>;
  /** Where people find the page, for links; none where not stated. */
  readonly externalUrl?: string;
}

/** Everything in the folder `alerts/`. */
export interface AlertsConfig {
  readonly ruleSets: ReadonlyArray<RuleSet>;
  readonly notifications: NotificationConfig;
}
