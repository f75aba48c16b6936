import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generationOf, sameFolding, type Workspace } from "@leadwire/funnel";

/** What the state in a data directory was folded with. */
interface StoredGeneration {
  readonly generation: string;
  readonly workspace: Workspace;
  /** The measures that were sliced by, as text. */
  readonly measures: string;
}

/** The generation to serve, and what to tell about it. */
export interface Serving {
  readonly generation: string;
  readonly workspace: Workspace;
  /** Set where the workspace file says something else than what is served. */
  readonly notice: string | undefined;
}

export type GenerationFault = { readonly _tag: "OtherVersion"; readonly message: string };

const pathIn = (dataDir: string): string => join(dataDir, "generation.json");

const readStored = (dataDir: string): StoredGeneration | undefined => {
  const path = pathIn(dataDir);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as StoredGeneration) : undefined;
};

const store = (dataDir: string, stored: StoredGeneration): void => {
  const path = pathIn(dataDir);
  writeFileSync(`${path}.next`, JSON.stringify(stored));
  renameSync(`${path}.next`, path);
};

/**
 * Decides what a data directory serves. A directory without state takes the workspace as it is; one with state goes on
 * with what it was folded with, also where the workspace file has changed since.
 */
export const servingOf = (
  dataDir: string,
  workspace: Workspace,
  measures: string,
  nowDay: number,
): Serving | GenerationFault => {
  const stored = readStored(dataDir);
  const generation = generationOf(workspace, measures);
  if (stored === undefined) {
    store(dataDir, { generation, workspace, measures });
    return { generation, workspace, notice: undefined };
  }
  if (stored.measures !== measures || generationOf(stored.workspace, measures) !== stored.generation) {
    const message = `${dataDir} was made by another version of Leadwire. Run: npx leadwire rebuild --data-dir ${dataDir}`;
    return { _tag: "OtherVersion", message };
  }
  if (generation === stored.generation) return { generation, workspace, notice: undefined };
  if (sameFolding(stored.workspace, workspace, nowDay)) {
    return { generation: stored.generation, workspace, notice: undefined };
  }
  const notice = "pipelines changed: run npx leadwire rebuild (until then the former workspace is served)";
  return { generation: stored.generation, workspace: stored.workspace, notice };
};

/** Forgets what the state was folded with, so that the next start folds the log anew. */
export const forgetGeneration = (dataDir: string): void => {
  rmSync(pathIn(dataDir), { force: true });
};
