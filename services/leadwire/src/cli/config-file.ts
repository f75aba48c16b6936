import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { defaultWorkspace, parseWorkspace, type Workspace, workspaceFaultText } from "@leadwire/funnel";
import { isLeft } from "fp-ts/lib/Either.js";
import { type CliContext, type SharedOptions, wrongUsage } from "./context.ts";

export const configName = "leadwire.yaml";

const readIfThere = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, "utf8");
  } catch (fault) {
    if (fault instanceof Error && "code" in fault && fault.code === "ENOENT") return undefined;
    throw wrongUsage(`${path} cannot be read: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
};

/**
 * The workspace of a command: the file that `--config` names, else the `leadwire.yaml` that a data directory holds of
 * its own (the demo's does), else the one of the current folder, else the defaults. Throws wrong usage with file, line
 * and what was expected.
 */
export const loadWorkspace = async ({ cwd }: CliContext, options: SharedOptions): Promise<Workspace> => {
  const named = options.config;
  const shown = named === undefined ? [join(options.dataDir, configName), configName] : [named];
  for (const file of shown) {
    const text = await readIfThere(resolve(cwd, file));
    if (text === undefined) continue;
    const workspace = parseWorkspace(text);
    if (isLeft(workspace)) throw wrongUsage(workspace.left.map((fault) => workspaceFaultText(fault, file)).join("\n"));
    return workspace.right;
  }
  if (named !== undefined) throw wrongUsage(`There is no config file ${named}.`);
  return defaultWorkspace;
};
