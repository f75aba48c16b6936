import type { TileDefinition } from "../board/board-definition.ts";
import type { TileData } from "../board/tile-data.ts";
import type { LiveTileSource } from "./tile-source.ts";

type Still = Extract<TileDefinition, { readonly type: "feed" | "text" | "image" }>;

/** A tile with nothing of its own to follow: a text, an image, and the feed, whose events travel with the frame. */
export const stillSource = (definition: Still): LiveTileSource => {
  const { id, type } = definition;
  const data: TileData = { id, type, changedAtMs: null, source: "live", flags: [] };
  return { definition, at: () => data };
};
