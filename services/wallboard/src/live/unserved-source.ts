import type { TileDefinition } from "../board/board-definition.ts";
import type { LiveTileSource } from "./tile-source.ts";
