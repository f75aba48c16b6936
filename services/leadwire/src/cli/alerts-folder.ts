import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type AlertFault, type AlertFile, type AlertsConfig, parseAlertFiles } from "@leadwire/alerts";
import type { Workspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import type { Either } from "fp-ts/lib/Either.js";
import { findConfigFile } from "./config-file.ts";
import { type CliContext, type SharedOptions, wrongUsage } from "./context.ts";

/** Beside the config file. */
export const alertsFolderName = "alerts";

const messageOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

const listed = async (path: string, shown: string): Promise<ReadonlyArray<string>> => {
  try {
    return await readdir(path);
  } catch (fault) {
    if (fault instanceof Error && "code" in fault && fault.code === "ENOENT") return [];
    throw wrongUsage(`${shown} cannot be read: ${messageOf(fault)}`);
  }
};

/** Some 100,000 rules. What is no file, such as a pipe, might never end. */
const bytesMax = 8 * 2 ** 20;

const readAlertFile = async (cwd: string, name: string): Promise<AlertFile> => {
  const path = resolve(cwd, name);
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new Error("it is no file");
    if (found.size > bytesMax) throw new Error(`it has ${found.size} bytes, expected ${bytesMax} at most`);
    return { name, text: await readFile(path, "utf8") };
  } catch (fault) {
    throw wrongUsage(`${name} cannot be read: ${messageOf(fault)}`);
  }
};

/** The folder `alerts/` beside the config file in use, else the one of the current folder; as it is shown. */
export const alertsFolder = async (context: CliContext, options: SharedOptions): Promise<string> => {
  const config = await findConfigFile(context, options);
  return config === undefined ? alertsFolderName : join(dirname(config.file), alertsFolderName);
};

/** The files of rules, receivers and routes, by name: those given, else all of the folder (none where it is not there). */
export const readAlertFiles = async (
  context: CliContext,
  options: SharedOptions,
  named: ReadonlyArray<string> = [],
): Promise<ReadonlyArray<AlertFile>> => {
  if (named.length > 0) return Promise.all(named.map((name) => readAlertFile(context.cwd, name)));
  const folder = await alertsFolder(context, options);
  const names = await listed(resolve(context.cwd, folder), folder);
  // Names that begin with a dot are what editors leave there for a while.
  const files = names.filter((name) => /^[^.].*\.ya?ml$/u.test(name)).sort();
  return Promise.all(files.map((name) => readAlertFile(context.cwd, join(folder, name))));
};

/** What files say, held against the catalogue and a workspace. */
export const parsedAlerts = (
  files: ReadonlyArray<AlertFile>,
  workspace: Workspace,
): Either<ReadonlyArray<AlertFault>, AlertsConfig> => parseAlertFiles(files, { catalogue, workspace });
