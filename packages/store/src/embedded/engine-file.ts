import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const packages: Readonly<Record<string, string>> = { "linux-x64": "@chdb/lib-linux-x64-gnu" };

/**
 * The file that holds the engine: the program the configuration names, else the library that npm installed for this
 * platform. Undefined where there is none.
 */
export const engineFile = (binary?: string): string | undefined => {
  if (binary !== undefined) return binary;
  const name = packages[`${process.platform}-${process.arch}`];
  if (name === undefined) return undefined;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const library = join(dirname(manifest), "libchdb.so");
    return existsSync(library) ? library : undefined;
  } catch {
    return undefined;
  }
};
