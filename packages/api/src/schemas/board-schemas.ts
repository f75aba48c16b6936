import {
  anyOf,
  constant,
  flag,
  integer,
  listOf,
  named,
  number,
  object,
  oneOf,
  type Schema,
  said,
  taggedBy,
  text,
  tuple,
} from "./schema.ts";

const place = object({ column: integer, row: integer, columns: integer, rows: integer });
const filter = said(tuple(text, text), "Dimension and value.");
const where = { where: listOf(filter) };
const format = { format: object({}, { decimals: integer, compact: flag }) };
const target = { target: anyOf(number, constant("plan")) };
const metric = { metric: text };
const window = { window: text };
const rows = { rows: integer };

const tile = (types: ReadonlyArray<string>, own: Readonly<Record<string, Schema>>, optional = {}): Schema =>
  object({ id: text, place, type: oneOf(...types), ...own }, { title: text, ...optional });

const asked = { ...metric, ...window, ...where };

const tiles = {
  NumberTile: tile(
    ["number"],
    { ...asked, compare: oneOf("prior", "year", "none"), course: oneOf("hours", "days", "none"), ...format },
    target,
  ),
  GaugeTile: tile(["gauge"], { ...asked, ...target, ...format }),
  CourseTile: tile(
    ["line", "bar"],
    { ...metric, ...where, unit: oneOf("hour", "day", "week", "month"), points: integer, ...format },
    { by: text },
  ),
  FunnelTile: tile(["funnel"], { ...window, ...where }),
  LeaderboardTile: tile(["leaderboard"], { ...asked, by: text, ...rows, ...format }, target),
  HistogramTile: tile(["histogram"], { ...window, ...where, businessHours: flag }),
  PipelineTile: tile(["pipeline"], where),
  WaterfallTile: tile(["waterfall"], window),
  FeedTile: tile(["feed"], { kinds: listOf(text) }),
  AlertsTile: tile(["alerts"], { severities: listOf(text) }),
  WaitingTile: tile(["waiting"], { ...where, ...rows }),
  TextTile: tile(["text"], { text, size: oneOf("small", "medium", "large") }),
  ImageTile: tile(["image"], { file: text, alt: text }),
};

const quiet = anyOf(constant("never"), object({ fromMinute: integer, toMinute: integer }));

const celebration = object(
  { targets: flag, sound: flag },
  { wonMinorMin: said(number, "A deal won worth at least this, in minor units."), quiet },
);

const slide = object({ board: text, forMs: integer });

/** Boards and slideshows as their files say them. */
export const boardSchemas: Readonly<Record<string, Schema>> = {
  BoardDefinition: object({
    id: said(text, "The file's name without `.yaml`."),
    title: text,
    theme: oneOf("auto", "light", "dark", "contrast"),
    tiles: listOf(named("TileDefinition")),
    celebrate: celebration,
  }),
  TileDefinition: taggedBy("type", ...Object.keys(tiles).map(named)),
  ...tiles,
  BoardList: object({
    boards: listOf(object({ id: text, title: text, builtIn: flag })),
    faults: said(listOf(object({ file: text, text })), "Files that cannot be read; only for those who may edit."),
    canEdit: flag,
    canSql: said(flag, "Whether this reader may ask in SQL, and so has the console at `/sql`."),
  }),
  Slideshow: object({ id: text, title: text, slides: listOf(slide) }),
};
