import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { foldingOf, generationOf, sameFolding, type Workspace } from "@leadwire/funnel";
import { writeWhole } from "./whole-file.ts";

/** A generation by its name, and what it folds with. */
export interface NamedGeneration {
  readonly generation: string;
  readonly workspace: Workspace;
  /** The measures that are sliced by, as text. */
  readonly measures: string;
}

/** What a data directory's `generation.json` says: the one place that decides which generation serves. */
export interface GenerationFile {
  readonly serving: NamedGeneration;
  /** Being built beside the one that serves, or built and compared. */
  readonly building?: NamedGeneration;
  /** What served before: kept whole for a way back. */
  readonly former?: NamedGeneration;
  /** Names of generations whose tables, topics and state are to be deleted. */
  readonly dropping: ReadonlyArray<string>;
  /** What the serving generation put aside while it was built is not told to everybody yet. */
  readonly untoldAside?: true;
}

/** The generation to serve, and what to tell about it. */
export interface Serving {
  readonly generation: string;
  readonly workspace: Workspace;
  /** Set where the workspace file says something else than what is served. */
  readonly notice: string | undefined;
  /** It takes the place of what another version folded once it is whole: until then the views show that. */
  readonly isBuilding?: true;
}

export type GenerationFault = { readonly _tag: "OtherVersion"; readonly message: string };

/** What a workspace does whose lines shape numbers otherwise; stands behind "leadwire.yaml". */
export const countsOtherwise =
  "counts otherwise than what is served: other pipelines, people, SLA, hours, zone, currency or rates";

const pathIn = (dataDir: string): string => join(dataDir, "generation.json");

/** Undefined for a directory that serves nothing yet. A file of before there were rebuilds names one generation alone. */
export const readGenerations = (dataDir: string): GenerationFile | undefined => {
  const path = pathIn(dataDir);
  if (!existsSync(path)) return undefined;
  const found = JSON.parse(readFileSync(path, "utf8")) as GenerationFile | NamedGeneration;
  return "serving" in found ? found : { serving: found, dropping: [] };
};

/** Replaces the whole file, durable. */
export const writeGenerations = (dataDir: string, file: GenerationFile): void =>
  writeWhole(pathIn(dataDir), JSON.stringify(file));

/** Whether this version of Leadwire folds as the generation was folded, so that it can go on with it. */
export const isOfThisVersion = ({ generation, workspace, measures }: NamedGeneration, ownMeasures: string): boolean =>
  measures === ownMeasures && generationOf(workspace, ownMeasures) === foldingOf(generation);

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
  const file = readGenerations(dataDir);
  const hash = generationOf(workspace, measures);
  if (file === undefined) {
    writeGenerations(dataDir, { serving: { generation: hash, workspace, measures }, dropping: [] });
    return { generation: hash, workspace, notice: undefined };
  }
  const { serving } = file;
  const { generation } = serving;
  if (!isOfThisVersion(serving, measures)) {
    const message = `${dataDir} was made by another version of Leadwire. Run: npx leadwire rebuild --data-dir ${dataDir}`;
    return { _tag: "OtherVersion", message };
  }
  if (hash === foldingOf(generation) || sameFolding(serving.workspace, workspace, nowDay)) {
    return { generation, workspace, notice: undefined };
  }
  const notice = `pipelines changed: run npx leadwire rebuild (leadwire.yaml ${countsOtherwise}; until then the former one is served)`;
  return { generation, workspace: serving.workspace, notice };
};
