import { rm } from "node:fs/promises";
import type { EmbeddedLog } from "@leadwire/log";
import { dropGeneration, type Store, StoreError } from "@leadwire/store";
import { isLeft } from "fp-ts/lib/Either.js";
import { readGenerations, writeGenerations } from "../generation-file.ts";
import { cleared } from "../generation-steps.ts";
import { topicNamesOf } from "../generation-topics.ts";
import { generationStateFolder } from "../state-folder.ts";

export interface DropTerms {
  readonly dataDir: string;
  readonly log: EmbeddedLog;
  readonly store: Store;
}

/** Deletes the tables, topics and state of all generations that `generation.json` names for it. May be repeated. */
export const dropGenerations = async ({ dataDir, log, store }: DropTerms): Promise<void> => {
  const names = readGenerations(dataDir)?.dropping ?? [];
  for (const name of names) {
    const dropped = await dropGeneration(store, name)();
    if (isLeft(dropped)) throw new StoreError(dropped.left);
    await log.dropTopics(topicNamesOf(name));
    await rm(generationStateFolder(dataDir, name), { recursive: true, force: true });
  }
  // Only now its name may be given again. Read again: a rebuild may have gone on meanwhile.
  const file = readGenerations(dataDir);
  if (file !== undefined && names.length > 0) writeGenerations(dataDir, cleared(file, names));
};
