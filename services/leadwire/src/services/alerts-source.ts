import type { AlertsConfig } from "@leadwire/alerts";
import type { Workspace } from "@leadwire/funnel";
import type { Either } from "fp-ts/lib/Either.js";

/** The rules, receivers and routes as they stand now. */
export interface ReadAlerts {
  readonly config: AlertsConfig;
  /** All that was read: the same text means the same rules. */
  readonly text: string;
}

/** Reads what the files in the folder of alerts say. Left: what is wrong with them, in words for a person. */
export type AlertsSource = (workspace: Workspace) => Promise<Either<string, ReadAlerts>>;
