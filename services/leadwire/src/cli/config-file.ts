import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { defaultWorkspace, parseWorkspace, type Workspace, workspaceFaultText } from "@leadwire/funnel";
import { isLeft } from "fp-ts/lib/Either.js";
import { type Deployment, embeddedDeployment } from "../deployment/deployment.ts";
import { deploymentKeys, parseDeployment } from "../deployment/deployment-file.ts";
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

/** What a config file says: the company, and where the engine's parts are. */
export interface Config {
  readonly workspace: Workspace;
  readonly deployment: Deployment;
}

const parseConfig = (text: string, file: string): Config => {
  const workspace = parseWorkspace(text, deploymentKeys);
  const deployment = parseDeployment(text);
  if (!isLeft(workspace) && !isLeft(deployment)) return { workspace: workspace.right, deployment: deployment.right };
  const faults = [workspace, deployment].flatMap((read) => (isLeft(read) ? read.left : []));
  // What both readers trip over is told once.
  const byPlace = new Map(faults.toReversed().map((fault) => [`${fault.line}:${fault.column}`, fault]));
  const told = [...byPlace.values()].toSorted((a, b) => a.line - b.line || a.column - b.column);
  throw wrongUsage(told.map((fault) => workspaceFaultText(fault, file)).join("\n"));
};

/**
 * The config file of a command, as it is shown, and its text: the one that `--config` names, else the `leadwire.yaml`
 * that a data directory holds of its own (the demo's does), else the one of the current folder; undefined where there
 * is none.
 */
export const findConfigFile = async (
  { cwd }: CliContext,
  options: SharedOptions,
): Promise<{ readonly file: string; readonly text: string } | undefined> => {
  const named = options.config;
  const shown = named === undefined ? [join(options.dataDir, configName), configName] : [named];
  for (const file of shown) {
    const text = await readIfThere(resolve(cwd, file));
    if (text !== undefined) return { file, text };
  }
  if (named !== undefined) throw wrongUsage(`There is no config file ${named}.`);
  return undefined;
};

/** What the config file says; the defaults without one. Throws wrong usage with file, line and what was expected. */
export const loadConfig = async (context: CliContext, options: SharedOptions): Promise<Config> => {
  const found = await findConfigFile(context, options);
  if (found !== undefined) return parseConfig(found.text, found.file);
  return { workspace: defaultWorkspace, deployment: embeddedDeployment };
};
