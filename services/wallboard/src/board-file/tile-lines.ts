import type { Fields, YamlValue } from "@leadwire/funnel";
import {
  type TextTile,
  type TileDefinition,
  type TilePlace,
  type TileType,
  tileTypes,
} from "../board/board-definition.ts";
import type { BoardContext } from "./board-context.ts";
import { checkAsked, readChoice, readFormat, readMetric, readTarget, readWhere } from "./metric-choice.ts";
import { readPlace } from "./tile-place.ts";

interface TileBase {
  readonly id: string;
  readonly place: TilePlace;
  readonly title?: string;
}

type Reader = (at: YamlValue, fields: Fields, base: TileBase, context: BoardContext) => TileDefinition | undefined;

const oneOf = <Word extends string>(at: YamlValue, words: ReadonlyArray<Word>): Word | undefined =>
  at.parsed(words.join(", "), (text) => words.find((word) => word === text));

const count = (at: YamlValue, max: number): number | undefined =>
  at.number(`a whole number from 1 to ${max}`, (value) => Number.isInteger(value) && value >= 1 && value <= max);

const words = (at: YamlValue, form: string): ReadonlyArray<string> | undefined =>
  at.items(form)?.flatMap((item) => item.text(form) ?? []);

const windowed = (fields: Fields, fallback: string): string =>
  fields.or("window", fallback, (at) => at.text("a window such as 30d or month"));

const number: Reader = (at, fields, base, context) => {
  const choice = readChoice(at, fields, context);
  if (choice === undefined) return undefined;
  const { named, ...asked } = choice;
  const target = readTarget(fields, named, context);
  return {
    ...base,
    type: "number",
    ...asked,
    compare: fields.or("compare", "prior", (value) => oneOf(value, ["prior", "year", "none"])),
    ...(target === undefined ? {} : { target }),
    course: fields.or("course", "days", (value) => oneOf(value, ["hours", "days", "none"])),
    format: readFormat(fields),
  };
};

const gauge: Reader = (at, fields, base, context) => {
  const choice = readChoice(at, fields, context);
  if (choice === undefined) return undefined;
  const { named, ...asked } = choice;
  const target = readTarget(fields, named, context);
  if (target === undefined) return at.refuse("the key target: plan, or a number", "none");
  return { ...base, type: "gauge", ...asked, target, format: readFormat(fields) };
};

const course =
  (type: "line" | "bar"): Reader =>
  (at, fields, base, context) => {
    const named = fields.required("metric", (value) => readMetric(value, context));
    if (named === undefined) return undefined;
    const { id, defaultStatistic } = named.metric;
    const metric = named.statisticName === defaultStatistic ? id : `${id}.${named.statisticName}`;
    const where = readWhere(fields);
    const by = fields.optional("by", (value) => value.text("a dimension such as team"));
    if (!checkAsked(at, context, { metric, window: "all", where }, by === undefined ? [] : [by])) return undefined;
    return {
      ...base,
      type,
      metric,
      where,
      unit: fields.or("unit", "day", (value) => oneOf(value, ["hour", "day", "week", "month"])),
      points: fields.or("points", 30, (value) => count(value, 400)),
      ...(by === undefined ? {} : { by }),
      format: readFormat(fields),
    };
  };

const leaderboard: Reader = (at, fields, base, context) => {
  const by = fields.or("by", "rep", (value) => value.text("a dimension such as rep or team"));
  const choice = readChoice(at, fields, context, [by]);
  if (choice === undefined) return undefined;
  const { named, ...asked } = choice;
  const target = readTarget(fields, named, context);
  return {
    ...base,
    type: "leaderboard",
    ...asked,
    by,
    rows: fields.or("rows", 10, (value) => count(value, 50)),
    ...(target === undefined ? {} : { target }),
    format: readFormat(fields),
  };
};

const funnel: Reader = (at, fields, base, context) => {
  const asked = { window: windowed(fields, "30d"), where: readWhere(fields) };
  const fits = checkAsked(at, context, { metric: "stage_flow.entries", ...asked }, ["stage"]);
  return fits ? { ...base, type: "funnel", ...asked } : undefined;
};

const histogram: Reader = (at, fields, base, context) => {
  const asked = { window: windowed(fields, "7d"), where: readWhere(fields) };
  if (!checkAsked(at, context, { metric: "lead_response_time", ...asked }, [])) return undefined;
  const businessHours = fields.or("business_hours", false, (value) => value.flag());
  return { ...base, type: "histogram", ...asked, businessHours };
};

const pipeline: Reader = (at, fields, base, context) => {
  const where = readWhere(fields);
  const fits = checkAsked(at, context, { metric: "pipeline_value", window: "now", where }, ["stage"]);
  return fits ? { ...base, type: "pipeline", where } : undefined;
};

const waterfall: Reader = (at, fields, base, context) => {
  const window = windowed(fields, "month");
  const fits = checkAsked(at, context, { metric: "mrr", window, where: [] }, []);
  return fits ? { ...base, type: "waterfall", window } : undefined;
};

const waiting: Reader = (at, fields, base, context) => {
  const where = readWhere(fields);
  if (!checkAsked(at, context, { metric: "unanswered_leads", window: "now", where }, [])) return undefined;
  return { ...base, type: "waiting", where, rows: fields.or("rows", 10, (value) => count(value, 50)) };
};

const feed: Reader = (_at, fields, base) => ({
  ...base,
  type: "feed",
  kinds: fields.or("kinds", [], (value) => words(value, "a list of kinds of events, such as [won, lead_created]")),
});

const alerts: Reader = (_at, fields, base) => ({
  ...base,
  type: "alerts",
  severities: fields.or("severities", [], (value) => words(value, "a list of severities, such as [critical]")),
});

const textTile: Reader = (_at, fields, base) => {
  const text = fields.required("text", (value) => value.text("a text"));
  if (text === undefined) return undefined;
  const size = fields.or<TextTile["size"]>("size", "medium", (value) => oneOf(value, ["small", "medium", "large"]));
  return { ...base, type: "text", text, size };
};

const image: Reader = (_at, fields, base) => {
  const file = fields.required("file", (value) =>
    value.parsed("the name of a file in boards/images, such as logo.png", (name) =>
      /^[\p{L}\p{N}_-][\p{L}\p{N}_. -]{0,98}\.(?:png|jpe?g|webp|avif|gif)$/iu.test(name) ? name : undefined,
    ),
  );
  const alt = fields.or("alt", "", (value) => value.text("what the image shows, in words"));
  return file === undefined ? undefined : { ...base, type: "image", file, alt };
};

interface Shape {
  readonly keys: ReadonlyArray<string>;
  readonly read: Reader;
}

const choiceKeys = ["metric", "window", "where"];

/** Each type with its own keys, in the order in which they are written. */
export const tileShapes: Readonly<Record<TileType, Shape>> = {
  number: { keys: [...choiceKeys, "compare", "target", "course", "format"], read: number },
  gauge: { keys: [...choiceKeys, "target", "format"], read: gauge },
  line: { keys: ["metric", "where", "unit", "points", "by", "format"], read: course("line") },
  bar: { keys: ["metric", "where", "unit", "points", "by", "format"], read: course("bar") },
  funnel: { keys: ["window", "where"], read: funnel },
  leaderboard: { keys: [...choiceKeys, "by", "rows", "target", "format"], read: leaderboard },
  histogram: { keys: ["window", "where", "business_hours"], read: histogram },
  pipeline: { keys: ["where"], read: pipeline },
  waterfall: { keys: ["window"], read: waterfall },
  feed: { keys: ["kinds"], read: feed },
  alerts: { keys: ["severities"], read: alerts },
  waiting: { keys: ["where", "rows"], read: waiting },
  text: { keys: ["text", "size"], read: textTile },
  image: { keys: ["file", "alt"], read: image },
};

const baseKeys = ["id", "type", "at", "title"];

const idForm = "an id of letters, digits, - and _";
const readId = (at: YamlValue): string | undefined =>
  at.parsed(idForm, (text) => (/^[\p{L}\p{N}_-]{1,60}$/u.test(text) ? text : undefined));

/** One tile; undefined after its faults were noted. */
export const readTile = (at: YamlValue, context: BoardContext): TileDefinition | undefined => {
  const [, typeAt] =
    at.entries("a tile such as { id: …, type: number, at: 1/1 3x2, … }")?.find(([key]) => key === "type") ?? [];
  if (typeAt === undefined) return at.isMap() ? at.refuse("the key type", "none") : undefined;
  const type = oneOf(typeAt, tileTypes);
  if (type === undefined) return undefined;
  const { keys, read } = tileShapes[type];
  const fields = at.fields([...baseKeys, ...keys]);
  const id = fields?.required("id", readId);
  const place = fields?.required("at", readPlace);
  if (fields === undefined || id === undefined || place === undefined) return undefined;
  const title = fields.optional("title", (value) => value.text("a title"));
  return read(at, fields, { id, place, ...(title === undefined ? {} : { title }) }, context);
};
