import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { type LookupTable, readLookupTable } from "./lookup-table.ts";
import type { Mapping } from "./mapping.ts";
import { readMapping } from "./mapping-file.ts";

const builtInFolder = fileURLToPath(new URL("../../mappings/", import.meta.url));

/** A mapping and the folder it was read from, in which its look-ups are searched last. */
export interface LoadedMapping {
  readonly mapping: Mapping;
  readonly folder: string;
}

/** The mappings that ship with the product, by name. */
export const builtInMappings = async (): Promise<ReadonlyArray<string>> =>
  (await readdir(builtInFolder))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => basename(file, ".yaml"))
    .sort();

/** Loads a mapping by path (`crm.yaml`) or by the name of a built-in one (`crm-sales-opportunities`). */
export const loadMapping = async (nameOrFile: string): Promise<Either<ReadonlyArray<string>, LoadedMapping>> => {
  const isPath = /[/\\]|\.ya?ml$/u.test(nameOrFile);
  const path = isPath ? nameOrFile : join(builtInFolder, `${nameOrFile}.yaml`);
  const text = await readIfThere(path);
  if (text === null) {
    const known = (await builtInMappings()).join(", ");
    return left([
      `there is no mapping ${nameOrFile}; expected a YAML file, or one of those that ship with Leadwire: ${known}`,
    ]);
  }
  const mapping = readMapping(basename(path), text.toString("utf8"));
  return mapping._tag === "Left" ? mapping : right({ mapping: mapping.right, folder: dirname(path) });
};

/** Reads a mapping's look-ups: from beside the imported file, else from beside the mapping. */
export const loadLookups = async (
  { mapping, folder }: LoadedMapping,
  importedFile: string,
): Promise<Either<ReadonlyArray<string>, ReadonlyMap<string, LookupTable>>> => {
  const faults: string[] = [];
  const tables = new Map<string, LookupTable>();
  for (const [name, lookup] of mapping.lookups) {
    const where = `${mapping.name}:${lookup.line}: lookups.${name}`;
    const folders = isAbsolute(lookup.file) ? [""] : [dirname(importedFile), folder];
    let content: Buffer | null = null;
    for (const one of folders) content ??= await readIfThere(join(one, lookup.file));
    if (content === null) {
      faults.push(`${where}: there is no ${lookup.file} in ${folders.join(" or ")}`);
      continue;
    }
    const table = readLookupTable(lookup, content);
    if (table._tag === "Left") faults.push(`${where}: ${table.left}`);
    else tables.set(name, table.right);
  }
  return faults.length > 0 ? left(faults) : right(tables);
};

const readIfThere = async (path: string): Promise<Buffer | null> => {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return null;
    throw error;
  }
};
