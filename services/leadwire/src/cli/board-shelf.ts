import { catalogue } from "@leadwire/kpis/catalogue";
import { BoardShelf } from "@leadwire/wallboard";
import { boardsFolder } from "./boards-folder.ts";
import { loadConfig } from "./config-file.ts";
import type { CliContext, SharedOptions } from "./context.ts";

/** The boards and slideshows as the page would show them now; what is wrong with files stands in `faults()`. */
export const readShelf = async (context: CliContext, options: SharedOptions): Promise<BoardShelf> => {
  const { workspace } = await loadConfig(context, options);
  const shelf = new BoardShelf({
    folder: await boardsFolder(context, options),
    context: { catalogue, currency: workspace.currency },
    onNotice: () => undefined,
  });
  await shelf.refresh();
  return shelf;
};
