import type { Workspace } from "@leadwire/funnel";
import type { Catalogue } from "@leadwire/kpis";
import { type Either, right } from "fp-ts/lib/Either.js";
import { defaultNotifications } from "../notify/default-notifications.ts";
import type { AlertsConfig } from "../notify/notification-config.ts";
import type { AlertFault } from "./alert-fault.ts";

/** A file of the folder `alerts/`. */
export interface AlertFile {
  /** As faults show it: its name, or a path to it. */
  readonly name: string;
  readonly text: string;
}

/** What rules are checked against. */
export interface AlertFileContext {
  readonly catalogue: Catalogue;
  readonly workspace: Workspace;
}

/** Reads rules, receivers and routes. Finds every fault of all files at once, in the order of files and lines. */
export const parseAlertFiles = (
  _files: ReadonlyArray<AlertFile>,
  _context: AlertFileContext,
): Either<ReadonlyArray<AlertFault>, AlertsConfig> => right({ ruleSets: [], notifications: defaultNotifications });
