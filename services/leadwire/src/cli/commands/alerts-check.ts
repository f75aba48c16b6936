import { alertFaultText } from "@leadwire/alerts";
import { isLeft } from "fp-ts/lib/Either.js";
import { parsedAlerts, readAlertFiles } from "../alerts-folder.ts";
import { loadConfig } from "../config-file.ts";
import { type CliContext, ExitCode, type SharedOptions } from "../context.ts";

/** Reads rules, receivers and routes: prints them in words, or what is wrong with them. */
export const checkAlerts = async (
  context: CliContext,
  options: SharedOptions & { readonly files: ReadonlyArray<string> },
): Promise<number> => {
  const { workspace } = await loadConfig(context, options);
  const parsed = parsedAlerts(await readAlertFiles(context, options, options.files), workspace);
  const { out } = context.terminal;
  if (isLeft(parsed)) {
    await out(
      options.json === true
        ? `${JSON.stringify({ faults: parsed.left })}\n`
        : `${parsed.left.map(alertFaultText).join("\n")}\n`,
    );
    return ExitCode.failed;
  }
  const { ruleSets } = parsed.right;
  await out(options.json === true ? `${JSON.stringify({ rule_sets: ruleSets })}\n` : `${ruleSets.length}\n`);
  return ExitCode.done;
};
