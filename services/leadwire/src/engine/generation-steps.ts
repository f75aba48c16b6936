import { foldingOf, freeGeneration, generationOf, type Workspace } from "@leadwire/funnel";
import type { GenerationFile, NamedGeneration } from "./generation-file.ts";

/** What each step of a rebuild makes of `generation.json`. Pure: who writes the file decides. */

const namesIn = ({ serving, building, former, dropping }: GenerationFile): ReadonlySet<string> =>
  new Set([serving, building, former].flatMap((named) => named?.generation ?? []).concat(dropping));

const without = (file: GenerationFile, field: "building" | "former"): GenerationFile => {
  const { [field]: _, ...rest } = file;
  return rest;
};

const dropped = (file: GenerationFile, named: NamedGeneration | undefined): GenerationFile =>
  named === undefined ? file : { ...file, dropping: [...file.dropping, named.generation] };

/** The file with a generation to build for a workspace: the one that was begun, where it folds the same. */
export const begun = (
  file: GenerationFile,
  workspace: Workspace,
  measures: string,
): GenerationFile & { readonly building: NamedGeneration } => {
  const hash = generationOf(workspace, measures);
  const { building } = file;
  if (building !== undefined && foldingOf(building.generation) === hash && building.measures === measures)
    return { ...file, building: { ...building, workspace } };
  const named = { generation: freeGeneration(hash, namesIn(file)), workspace, measures };
  return { ...dropped(without(file, "building"), building), building: named };
};

/** The file once `next` serves: what served is kept, and what was kept before is to be deleted. */
export const swapped = (file: GenerationFile, next: NamedGeneration): GenerationFile => {
  const { serving, former, building } = file;
  const isBack = former?.generation === next.generation;
  const isBuilt = building?.generation === next.generation;
  const rest = isBuilt ? without(file, "building") : file;
  const kept = isBack ? rest : dropped(rest, former);
  return { ...kept, serving: next, former: serving, untoldAside: true };
};

/** The file without what was being built. */
export const stopped = (file: GenerationFile): GenerationFile => dropped(without(file, "building"), file.building);

/** The file without generations that are deleted. */
export const cleared = (file: GenerationFile, names: ReadonlyArray<string>): GenerationFile => ({
  ...file,
  dropping: file.dropping.filter((name) => !names.includes(name)),
});

/** The file once everybody was told what the serving generation put aside. */
export const toldAside = (file: GenerationFile): GenerationFile => {
  const { untoldAside: _, ...rest } = file;
  return rest;
};
