import { findStatistic } from "@leadwire/kpis";
import { isLeft } from "fp-ts/lib/Either.js";
import { type Document, isMap, isSeq, parseDocument, type YAMLMap, YAMLSeq } from "yaml";
import type {
  BoardDefinition,
  NumberFormat,
  TileDefinition,
  TileFilter,
  TileTarget,
} from "../board/board-definition.ts";
import { amountText, minorText } from "./amount-text.ts";
import type { BoardContext } from "./board-context.ts";
import { boardKeys } from "./board-lines.ts";
import { quietText } from "./quiet-text.ts";
import { tileShapes } from "./tile-lines.ts";
import { placeText } from "./tile-place.ts";

/** A value of YAML; undefined is not written. */
type Written = string | number | boolean | ReadonlyArray<string> | Readonly<Record<string, string | number | boolean>>;
type Lines = Readonly<Record<string, Written | undefined>>;

const filtersText = (where: ReadonlyArray<TileFilter>): ReadonlyArray<string> | undefined =>
  where.length === 0 ? undefined : where.map(([dimension, value]) => `${dimension}=${value}`);

const formatLines = ({ decimals, compact }: NumberFormat): Readonly<Record<string, number | boolean>> | undefined =>
  decimals === undefined && compact === undefined
    ? undefined
    : { ...(decimals === undefined ? {} : { decimals }), ...(compact === undefined ? {} : { compact }) };

const targetText = (
  target: TileTarget | undefined,
  metric: string,
  { catalogue, currency }: BoardContext,
): string | number | undefined => {
  if (target === undefined || target === "plan") return target;
  const found = findStatistic(catalogue, metric);
  return isLeft(found) ? target : amountText(target, found.right.statistic.unit, currency);
};

/** What a tile says under each of its keys; what a reader takes for granted anyway is left out. */
const tileLines = (tile: TileDefinition, context: BoardContext): Lines => {
  const head = { id: tile.id, type: tile.type, at: placeText(tile.place), title: tile.title };
  switch (tile.type) {
    case "number":
    case "gauge":
    case "leaderboard": {
      const { metric, window, where, target, format } = tile;
      const asked = { metric, window, where: filtersText(where), target: targetText(target, metric, context) };
      const own =
        tile.type === "number"
          ? { compare: tile.compare, course: tile.course }
          : tile.type === "leaderboard"
            ? { by: tile.by, rows: tile.rows }
            : {};
      return { ...head, ...asked, ...own, format: formatLines(format) };
    }
    case "line":
    case "bar": {
      const { metric, where, unit, points, by, format } = tile;
      return { ...head, metric, where: filtersText(where), unit, points, by, format: formatLines(format) };
    }
    case "histogram":
      return {
        ...head,
        window: tile.window,
        where: filtersText(tile.where),
        business_hours: tile.businessHours ? true : undefined,
      };
    case "funnel":
      return { ...head, window: tile.window, where: filtersText(tile.where) };
    case "pipeline":
      return { ...head, where: filtersText(tile.where) };
    case "waterfall":
      return { ...head, window: tile.window };
    case "waiting":
      return { ...head, where: filtersText(tile.where), rows: tile.rows };
    case "feed":
      return { ...head, kinds: tile.kinds.length === 0 ? undefined : tile.kinds };
    case "alerts":
      return { ...head, severities: tile.severities.length === 0 ? undefined : tile.severities };
    case "text":
      return { ...head, text: tile.text, size: tile.size };
    case "image":
      return { ...head, file: tile.file, alt: tile.alt === "" ? undefined : tile.alt };
  }
};

const boardLines = ({ title, theme, celebrate }: BoardDefinition, { currency }: BoardContext): Lines => {
  const { wonMinorMin, targets, sound, quiet } = celebrate;
  const celebrated = wonMinorMin !== undefined || targets || sound || quiet !== undefined;
  const least = wonMinorMin === undefined ? {} : { won_at_least: minorText(wonMinorMin, currency) };
  const hours = quiet === undefined ? {} : { quiet_hours: quietText(quiet) };
  return { title, theme, celebrate: celebrated ? { ...least, targets, sound, ...hours } : undefined };
};

/** Sets the lines in a map: known keys keep their place and their comments, new ones come in the usual order. */
const setLines = (document: Document, map: YAMLMap, lines: Lines, order: ReadonlyArray<string>): void => {
  for (const key of order) {
    const value = lines[key];
    if (value === undefined) {
      map.delete(key);
      continue;
    }
    const before = map.get(key, true);
    const node = document.createNode(value, { flow: typeof value === "object" });
    const same = before !== undefined && JSON.stringify(before) === JSON.stringify(node);
    if (same) continue;
    if (before !== undefined && typeof before === "object" && "comment" in before) node.comment = before.comment;
    map.set(key, node);
  }
};

const tileOrder = ["id", "type", "at", "title"];

/** The tiles of a document by their ids; a list is made where there is none. */
const tilesOf = (root: YAMLMap): YAMLSeq => {
  const found = root.get("tiles", true);
  if (isSeq(found)) return found;
  const tiles = new YAMLSeq(root.schema);
  root.set("tiles", tiles);
  return tiles;
};

/**
 * The YAML of a board. `former` is the text of the file that it takes the place of: what a person wrote there stays as it
 * is, comments and order included, but for what has changed.
 */
export const boardText = (board: BoardDefinition, context: BoardContext, former = ""): string => {
  const document: Document = parseDocument(former, { version: "1.2" });
  if (!isMap(document.contents)) document.contents = document.createNode({});
  const root = document.contents as YAMLMap;
  setLines(
    document,
    root,
    boardLines(board, context),
    boardKeys.filter((key) => key !== "tiles"),
  );
  const tiles = tilesOf(root);
  const known = new Map(tiles.items.filter(isMap).map((item) => [String(item.get("id")), item]));
  tiles.items = board.tiles.map((tile) => {
    const item = known.get(tile.id) ?? (document.createNode({}) as YAMLMap);
    const { keys } = tileShapes[tile.type];
    const own = [...tileOrder, ...keys];
    // A tile whose type has changed loses the keys that the new one does not have.
    for (const { key } of [...item.items]) if (!own.includes(String(key))) item.delete(key);
    setLines(document, item, tileLines(tile, context), own);
    return item;
  });
  return document.toString({ lineWidth: 100, flowCollectionPadding: true });
};
