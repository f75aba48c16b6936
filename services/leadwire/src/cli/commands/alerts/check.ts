import { type AlertsConfig, alertFaultText } from "@leadwire/alerts";
import { wholeText } from "@leadwire/kpis";
import { isLeft } from "fp-ts/lib/Either.js";
import { alertsFolder, parsedAlerts, readAlertFiles } from "../../alerts-folder.ts";
import { alertsDocument, alertsText } from "../../alerts-text.ts";
import { loadConfig } from "../../config-file.ts";
import { type CliContext, ExitCode, type SharedOptions } from "../../context.ts";
import { safeText } from "../../safe-text.ts";

const told = (config: AlertsConfig, currency: string, place: string): string => {
  const count = config.ruleSets.flatMap(({ rules }) => rules).length;
  return `${alertsText(config, currency)}${wholeText(count)} ${count === 1 ? "rule" : "rules"} of ${place}: nothing is wrong.\n`;
};

/** Reads rules, receivers and routes: prints them in words, or what is wrong with them. */
export const checkAlerts = async (
  context: CliContext,
  options: SharedOptions & { readonly files: ReadonlyArray<string> },
): Promise<number> => {
  const { workspace } = await loadConfig(context, options);
  const parsed = parsedAlerts(await readAlertFiles(context, options, options.files), workspace);
  const { out } = context.terminal;
  const { currency } = workspace;
  if (isLeft(parsed)) {
    const lines = parsed.left.map((fault) => `${safeText(alertFaultText(fault))}\n`);
    await out(options.json === true ? `${JSON.stringify({ faults: parsed.left })}\n` : lines.join(""));
    return ExitCode.failed;
  }
  const place = options.files.length > 0 ? options.files.join(", ") : `${await alertsFolder(context, options)}/`;
  await out(
    options.json === true
      ? `${JSON.stringify(alertsDocument(parsed.right, currency))}\n`
      : told(parsed.right, currency, place),
  );
  return ExitCode.done;
};
