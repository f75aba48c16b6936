import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { stateLayout } from "@leadwire/stream";

/** The folded state of one generation, all layouts. */
export const generationStateFolder = (dataDir: string, generation: string): string =>
  join(dataDir, "state", generation);

/** Where this version of Leadwire keeps a generation's state. */
export const stateFolder = (dataDir: string, generation: string): string =>
  join(generationStateFolder(dataDir, generation), `layout-${stateLayout}`);

/** State of before there were rebuilds lies in the folder itself, and belongs to the generation that serves. */
export const adoptFormerState = (dataDir: string, serving: string): void => {
  const folder = join(dataDir, "state");
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (!name.startsWith("layout-")) continue;
    const own = generationStateFolder(dataDir, serving);
    mkdirSync(own, { recursive: true });
    if (!existsSync(join(own, name))) renameSync(join(folder, name), join(own, name));
  }
};
