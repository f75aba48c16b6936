import { type BoardDefinition, type TileDefinition, type TileType, tileTypes } from "../board/board-definition.ts";

/**
 * Whether a JSON body has the shape of a board, before it is written as YAML and read back, which decides everything else:
 * that the metric is there, the window can be asked, tiles do not overlap.
 */

type Check = (value: unknown) => boolean;

const textLengthMax = 10_000;

/** What no file could hold, such as half of a surrogate pair, would come back as something else. */
const isText: Check = (value) => typeof value === "string" && value.length <= textLengthMax && value.isWellFormed();
const isNumber: Check = (value) => typeof value === "number" && Number.isFinite(value);
const isFlag: Check = (value) => typeof value === "boolean";
const isTarget: Check = (value) => value === "plan" || isNumber(value);
const isList =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const isFilter: Check = (value) => isList(isText)(value) && Array.isArray(value) && value.length === 2;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isFormat: Check = (value) =>
  isRecord(value) &&
  Object.entries(value).every(([key, each]) =>
    key === "decimals" ? isNumber(each) : key === "compact" ? isFlag(each) : false,
  );

const placeKeys = ["column", "row", "columns", "rows"];
const isPlace: Check = (value) =>
  isRecord(value) && Object.keys(value).length === placeKeys.length && placeKeys.every((key) => isNumber(value[key]));

/** What may stand in a tile, by its key. */
const checks: ReadonlyMap<string, readonly [form: string, check: Check]> = new Map<string, readonly [string, Check]>([
  ...["id", "type", "title", "metric", "window", "compare", "course", "unit", "by", "text", "size", "file", "alt"].map(
    (key) => [key, ["a text", isText]] as const,
  ),
  ["points", ["a number", isNumber]],
  ["rows", ["a number", isNumber]],
  ["place", ["a place such as {column, row, columns, rows}", isPlace]],
  ["where", ["a list of filters such as [[dimension, value]]", isList(isFilter)]],
  ["target", ['"plan" or a number', isTarget]],
  ["format", ["a format such as {decimals: 1}", isFormat]],
  ["businessHours", ["true or false", isFlag]],
  ["kinds", ["a list of texts", isList(isText)]],
  ["severities", ["a list of texts", isList(isText)]],
]);

const base = ["id", "place"];
const course = ["metric", "where", "unit", "points", "format"];

/** What each type cannot do without. */
const needed: Readonly<Record<TileType, ReadonlyArray<string>>> = {
  number: ["metric", "window", "where", "compare", "course", "format"],
  gauge: ["metric", "window", "where", "target", "format"],
  line: course,
  bar: course,
  funnel: ["window", "where"],
  leaderboard: ["metric", "window", "where", "by", "rows", "format"],
  histogram: ["window", "where", "businessHours"],
  pipeline: ["where"],
  waterfall: ["window"],
  feed: ["kinds"],
  alerts: ["severities"],
  waiting: ["where", "rows"],
  text: ["text", "size"],
  image: ["file", "alt"],
};

const found = (value: unknown): string => (JSON.stringify(value) ?? "nothing").slice(0, 80);

const tileFault = (tile: unknown): string | undefined => {
  if (!isRecord(tile)) return `: expected a tile, found ${found(tile)}`;
  const type = tileTypes.find((known) => known === tile.type);
  if (type === undefined) return `.type: expected one of ${tileTypes.join(", ")}, found ${found(tile.type)}`;
  for (const [key, value] of Object.entries(tile)) {
    const check = checks.get(key);
    if (check === undefined) return `: there is no key ${found(key)}`;
    if (!check[1](value)) return `.${key}: expected ${check[0]}, found ${found(value)}`;
  }
  const missing = [...base, ...needed[type]].find((key) => !Object.hasOwn(tile, key));
  return missing === undefined ? undefined : `: expected the key ${missing}, found none`;
};

const isTile = (tile: unknown, index: number, faults: string[]): tile is TileDefinition => {
  const fault = tileFault(tile);
  if (fault !== undefined) faults.push(`tiles[${index}]${fault}.`);
  return fault === undefined;
};

const isQuiet: Check = (value) =>
  value === "never" || (isRecord(value) && isNumber(value.fromMinute) && isNumber(value.toMinute));

const isCelebration: Check = (value) =>
  isRecord(value) &&
  isFlag(value.targets) &&
  isFlag(value.sound) &&
  (value.wonMinorMin === undefined || isNumber(value.wonMinorMin)) &&
  (value.quiet === undefined || isQuiet(value.quiet));

/** Whether a body can be taken as a board; what speaks against it is added to `faults`. */
export const isBoardBody = (body: unknown, faults: string[]): body is BoardDefinition => {
  if (!isRecord(body)) {
    faults.push(`Expected a board as JSON, found ${found(body)}.`);
    return false;
  }
  const { id, title, theme, tiles, celebrate } = body;
  for (const [key, value] of Object.entries({ id, title, theme }))
    if (!isText(value)) faults.push(`${key}: expected a text, found ${found(value)}.`);
  if (!isCelebration(celebrate))
    faults.push(`celebrate: expected {targets, sound, wonMinorMin, quiet}, found ${found(celebrate)}.`);
  if (!Array.isArray(tiles)) faults.push(`tiles: expected a list of tiles, found ${found(tiles)}.`);
  else for (const [index, tile] of tiles.entries()) isTile(tile, index, faults);
  return faults.length === 0;
};
