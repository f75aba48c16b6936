import type { GenerationPlace } from "../generation-at-work.ts";
import { readGenerations, writeGenerations } from "../generation-file.ts";
import { toldAside } from "../generation-steps.ts";
import { tellAside } from "../tell-aside.ts";

/** Tells everybody what the serving generation put aside while it was built, where that is still to be done. */
export const finishSwap = async ({
  dataDir,
  log,
  store,
  partitions,
}: Pick<GenerationPlace, "dataDir" | "log" | "store" | "partitions">): Promise<void> => {
  const file = readGenerations(dataDir);
  if (file?.untoldAside !== true) return;
  await tellAside({ log, store, generation: file.serving.generation, partitions });
  const after = readGenerations(dataDir);
  if (after !== undefined) writeGenerations(dataDir, toldAside(after));
};
