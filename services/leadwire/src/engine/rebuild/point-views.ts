import { modelViews } from "@leadwire/kpis";
import { type Store, StoreError, serveGeneration } from "@leadwire/store";
import { isLeft } from "fp-ts/lib/Either.js";
import type { GenerationPlace } from "../generation-at-work.ts";
import type { NamedGeneration } from "../generation-file.ts";

/** Points the views that people query at a generation; faster where `former` says where they point. Rejects StoreError. */
export const pointViews = async (
  store: Store,
  catalogue: GenerationPlace["catalogue"],
  { generation, workspace }: Pick<NamedGeneration, "generation" | "workspace">,
  former?: Pick<NamedGeneration, "workspace">,
): Promise<void> => {
  const views = modelViews(catalogue, workspace);
  const standing = former === undefined ? undefined : modelViews(catalogue, former.workspace);
  const pointed = await serveGeneration(store, generation, workspace.timeZone, views, standing)();
  if (isLeft(pointed)) throw new StoreError(pointed.left);
};
