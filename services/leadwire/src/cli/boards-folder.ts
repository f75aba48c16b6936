import { dirname, join, resolve } from "node:path";
import { findConfigFile } from "./config-file.ts";
import type { CliContext, SharedOptions } from "./context.ts";

/** The folder `boards/` beside the config file in use, else the one of the current folder; absolute. */
export const boardsFolder = async (context: CliContext, options: SharedOptions): Promise<string> => {
  const config = await findConfigFile(context, options);
  return resolve(context.cwd, config === undefined ? "boards" : join(dirname(config.file), "boards"));
};
