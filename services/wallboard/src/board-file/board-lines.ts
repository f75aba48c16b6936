import { readYamlFile, type WorkspaceFault, type YamlValue } from "@leadwire/funnel";
import type { Either } from "fp-ts/lib/Either.js";
import type { BoardDefinition, Celebration, TileDefinition } from "../board/board-definition.ts";
import { overlap } from "../board/board-grid.ts";
import { minorOf } from "./amount-text.ts";
import type { BoardContext } from "./board-context.ts";
import { parseQuiet } from "./quiet-text.ts";
import { readTile } from "./tile-lines.ts";

export const boardKeys = ["title", "theme", "celebrate", "tiles"];
const themes = ["auto", "light", "dark", "contrast"] as const;
/** More would not be read from anywhere; each is asked at every change. */
const tilesMax = 250;

export const noCelebration: Celebration = { targets: false, sound: false };

const readCelebration = (at: YamlValue, { currency }: BoardContext): Celebration | undefined => {
  const fields = at.fields(["won_at_least", "targets", "sound", "quiet_hours"]);
  if (fields === undefined) return undefined;
  const wonMinorMin = fields.optional("won_at_least", (value) =>
    value.parsed(`an amount of money such as 5000 ${currency}`, (text) => minorOf(text, currency)),
  );
  const quiet = fields.optional("quiet_hours", (value) =>
    value.parsed("never, or hours such as 20:00-08:00", parseQuiet),
  );
  return {
    ...(wonMinorMin === undefined ? {} : { wonMinorMin }),
    targets: fields.or("targets", false, (value) => value.flag()),
    sound: fields.or("sound", false, (value) => value.flag()),
    ...(quiet === undefined ? {} : { quiet }),
  };
};

/** Tiles with ids of their own that do not lie on one another. */
const readTiles = (at: YamlValue, context: BoardContext): ReadonlyArray<TileDefinition> | undefined => {
  const items = at.items("a list of tiles");
  if (items !== undefined && items.length > tilesMax) return at.refuse(`at most ${tilesMax} tiles`, `${items.length}`);
  const tiles: TileDefinition[] = [];
  for (const item of items ?? []) {
    const tile = readTile(item, context);
    if (tile === undefined) continue;
    if (tiles.some(({ id }) => id === tile.id)) item.refuse("an id that no other tile has", JSON.stringify(tile.id));
    const under = tiles.find(({ place }) => overlap(place, tile.place));
    if (under !== undefined) item.refuse("a place of its own", `one that lies on the tile ${under.id}`);
    tiles.push(tile);
  }
  return tiles;
};

/** Reads the YAML of a board; finds every fault at once, in the order of its lines. */
export const parseBoard = (
  id: string,
  text: string,
  context: BoardContext,
): Either<ReadonlyArray<WorkspaceFault>, BoardDefinition> =>
  readYamlFile<BoardDefinition>(
    text,
    {
      known: boardKeys,
      tolerated: [],
      whenEmpty: { id, title: id, theme: "auto", tiles: [], celebrate: noCelebration },
    },
    (fields) => ({
      id,
      title: fields.or("title", id, (at) => at.text("a title")),
      theme: fields.or("theme", "auto", (at) =>
        at.parsed(themes.join(", "), (word) => themes.find((theme) => theme === word)),
      ),
      tiles: fields.or("tiles", [], (at) => readTiles(at, context)),
      celebrate: fields.or("celebrate", noCelebration, (at) => readCelebration(at, context)),
    }),
  );
