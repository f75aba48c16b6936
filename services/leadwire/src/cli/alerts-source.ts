import { alertFaultText } from "@leadwire/alerts";
import { isLeft, left, right } from "fp-ts/lib/Either.js";
import type { AlertsSource } from "../services/alerts-source.ts";
import { parsedAlerts, readAlertFiles } from "./alerts-folder.ts";
import { type CliContext, CommandFault, type SharedOptions } from "./context.ts";

/** The folder `alerts/` beside the config in use. */
export const alertsSource =
  (context: CliContext, options: SharedOptions): AlertsSource =>
  async (workspace) => {
    try {
      const files = await readAlertFiles(context, options);
      const parsed = parsedAlerts(files, workspace);
      if (isLeft(parsed)) return left(parsed.left.map(alertFaultText).join("\n"));
      return right({ config: parsed.right, text: JSON.stringify(files) });
    } catch (fault) {
      if (fault instanceof CommandFault) return left(fault.message);
      throw fault;
    }
  };
