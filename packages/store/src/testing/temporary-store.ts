import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isLeft } from "fp-ts/lib/Either.js";
import { createGeneration, serveGeneration } from "../migrations/migrate.ts";
import { type EmbeddedStore, openEmbeddedStore } from "../open-store.ts";
import { faultText } from "../store-fault.ts";

export const testGeneration = "0a1b2c";

export interface TemporaryStore extends EmbeddedStore {
  readonly directory: string;
  /** Ends the server and removes its data. */
  readonly dispose: () => Promise<void>;
}

/** A ClickHouse of a test's own, with a generation served; rejects where it can't start. */
export const openTemporaryStore = async (timeZone = "UTC"): Promise<TemporaryStore> => {
  const directory = await mkdtemp(join(tmpdir(), "leadwire-store-"));
  const opened = await openEmbeddedStore({ directory, passwords: { admin: "admin-word", analyst: "analyst-word" } });
  if (isLeft(opened)) throw new Error(opened.left.detail);
  const embedded = opened.right;
  for (const task of [
    createGeneration(embedded.store, testGeneration),
    serveGeneration(embedded.store, testGeneration, timeZone),
  ]) {
    const outcome = await task();
    if (isLeft(outcome)) throw new Error(faultText(outcome.left));
  }
  return {
    ...embedded,
    directory,
    dispose: async () => {
      await embedded.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
