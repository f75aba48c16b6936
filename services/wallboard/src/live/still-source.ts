import type { TileDefinition } from "../board/board-definition.ts";
import { emptyData } from "./empty-data.ts";
import type { LiveTileSource, TileContext } from "./tile-source.ts";

/** A tile with nothing of its own to follow: a text, an image, and the feed, whose events travel with the frame. */
export const stillSource = (definition: TileDefinition, context: TileContext): LiveTileSource => {
  const data = emptyData(definition, context);
  return { definition, at: () => data };
};

/** A tile of which nothing can be known here. */
export const unservedSource = (definition: TileDefinition, context: TileContext): LiveTileSource => {
  const data = { ...emptyData(definition, context), reason: "not_served" };
  return { definition, at: () => data };
};
