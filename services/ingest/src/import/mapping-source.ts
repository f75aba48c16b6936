import { isMap, isScalar, type Node } from "yaml";
import { type DateFormat, dateFormat } from "./date-format.ts";
import type { ColumnTest, Condition, Source } from "./mapping.ts";
import type { MappingReader } from "./mapping-reader.ts";

const sourceKeys = [
  "column",
  "constant",
  "join",
  "with",
  "lookup",
  "by",
  "take",
  "on_miss",
  "rename",
  "default",
  "date",
];
const wayOut = "a column's name, or a map with one of column, constant, join, lookup";

/** What sources may refer to by name. */
export interface SourceNames {
  readonly lookups: ReadonlySet<string>;
  readonly renames: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Reads where a value comes from: a column's name, or a map. Null with a fault where it is neither. */
export const readSource = (
  reader: MappingReader,
  node: Node | null,
  path: string,
  names: SourceNames,
): Source | null => {
  const line = reader.lineOf(node);
  if (isScalar(node)) {
    const column = reader.text(node, path, wayOut);
    if (column === "") reader.fault(node, path, `expected ${wayOut}`);
    return column === null || column === "" ? null : { from: { _tag: "Column", column }, line };
  }
  if (!isMap(node)) {
    reader.fault(node, path, `expected ${wayOut}`);
    return null;
  }
  const entries = reader.map(node, path, sourceKeys);
  const from = readFrom(reader, node, entries, path, names);
  if (from === null) return null;
  const rename = entries.get("rename");
  const fallback = entries.get("default");
  const dates = entries.get("date");
  return {
    from,
    ...(rename === undefined ? {} : { rename: readRename(reader, rename, `${path}.rename`, names) }),
    ...(fallback === undefined ? {} : { default: reader.text(fallback, `${path}.default`, "a value") ?? "" }),
    ...(dates === undefined ? {} : { dates: readDates(reader, dates, `${path}.date`) }),
    line,
  };
};

const readFrom = (
  reader: MappingReader,
  node: Node,
  entries: ReadonlyMap<string, Node>,
  path: string,
  names: SourceNames,
): Source["from"] | null => {
  const ways = ["column", "constant", "join", "lookup"].filter((way) => entries.has(way));
  if (ways.length !== 1) {
    reader.fault(node, path, `expected ${ways.length === 0 ? "" : "only "}one of column, constant, join, lookup`);
    return null;
  }
  for (const [key, way] of [
    ["with", "join"],
    ["by", "lookup"],
    ["take", "lookup"],
    ["on_miss", "lookup"],
  ] as const)
    if (entries.has(key) && ways[0] !== way) reader.fault(entries.get(key) ?? node, path, `${key} goes with ${way}`);
  const at = (key: string) => entries.get(key) ?? null;
  if (ways[0] === "column") {
    const column = reader.text(at("column"), `${path}.column`, "a column's name");
    return column === null ? null : { _tag: "Column", column };
  }
  if (ways[0] === "constant") {
    const value = reader.text(at("constant"), `${path}.constant`, "a value");
    return value === null ? null : { _tag: "Constant", value };
  }
  if (ways[0] === "join") {
    const nodes = reader.list(at("join"), `${path}.join`, "columns");
    const parts = nodes.flatMap((part, index) => readSource(reader, part, `${path}.join[${index}]`, names) ?? []);
    const separator = at("with") === null ? " " : (reader.text(at("with"), `${path}.with`, "a separator") ?? " ");
    return { _tag: "Join", parts, separator };
  }
  return readLookup(reader, node, at, path, names);
};

const readLookup = (
  reader: MappingReader,
  node: Node,
  at: (key: string) => Node | null,
  path: string,
  names: SourceNames,
): Source["from"] | null => {
  const lookup = reader.text(at("lookup"), `${path}.lookup`, "the name of a lookup");
  if (lookup !== null && !names.lookups.has(lookup)) {
    const known = [...names.lookups].join(", ");
    reader.fault(
      at("lookup"),
      `${path}.lookup`,
      `there is no lookup ${JSON.stringify(lookup)}; expected one of: ${known}`,
    );
  }
  if (at("by") === null || at("take") === null) {
    reader.fault(node, path, "a lookup needs by (the value to look for) and take (the column to take)");
    return null;
  }
  const by = readSource(reader, at("by"), `${path}.by`, names);
  const take = reader.text(at("take"), `${path}.take`, "a column of the looked-up file");
  const onMiss =
    at("on_miss") === null ? "quarantine" : reader.word(at("on_miss"), `${path}.on_miss`, ["quarantine", "absent"]);
  if (lookup === null || by === null || take === null || onMiss === null) return null;
  return { _tag: "Lookup", lookup, by, take, onMiss };
};

/** Reads renames: a map of old to new values, or the name of one under `renames`. */
export const readRename = (
  reader: MappingReader,
  node: Node,
  path: string,
  names: Pick<SourceNames, "renames">,
): ReadonlyMap<string, string> => {
  if (isScalar(node)) {
    const name = reader.text(node, path, "old: new values, or a name under renames");
    const found = names.renames.get(name ?? "");
    if (found === undefined) reader.fault(node, path, `there is no ${JSON.stringify(name)} under renames`);
    return found ?? new Map();
  }
  const rename = new Map<string, string>();
  for (const [from, to] of reader.map(node, path))
    rename.set(from, reader.text(to, `${path}.${from}`, "a value") ?? "");
  return rename;
};

/** Reads a date format, or a list of formats of which the first that fits counts. */
export const readDates = (reader: MappingReader, node: Node, path: string): ReadonlyArray<DateFormat> =>
  reader.texts(node, path, "a date format such as M/D/YYYY").flatMap((pattern) => {
    const format = dateFormat(pattern);
    if (format._tag === "Right") return [format.right];
    reader.fault(node, path, `${JSON.stringify(pattern)} is not a date format: ${format.left}`);
    return [];
  });

/** Reads `when` or `skip`: a map of column tests that must all hold, or a list of such maps of which one must hold. */
export const readCondition = (reader: MappingReader, node: Node, path: string): Condition => {
  if (isMap(node)) return [readTests(reader, node, path)];
  const nodes = reader.list(node, path, "conditions, or one condition such as `deal_stage: Won`");
  return nodes.map((one, index) => readTests(reader, one, `${path}[${index}]`));
};

const readTests = (reader: MappingReader, node: Node, path: string): ColumnTest[] =>
  [...reader.map(node, path)].map(([column, test]) => {
    const line = reader.lineOf(test);
    const here = `${path}.${column}`;
    if (!isMap(test)) return { column, oneOf: new Set(reader.texts(test, here, "a value, or a list of values")), line };
    const entries = reader.map(test, here, ["is", "not", "present"]);
    const is = entries.get("is");
    const not = entries.get("not");
    const present = entries.get("present");
    if (entries.size === 0) reader.fault(test, here, "expected is, not or present");
    return {
      column,
      ...(is === undefined ? {} : { oneOf: new Set(reader.texts(is, `${here}.is`, "a value, or a list of values")) }),
      ...(not === undefined
        ? {}
        : { noneOf: new Set(reader.texts(not, `${here}.not`, "a value, or a list of values")) }),
      ...(present === undefined
        ? {}
        : { present: reader.word(present, `${here}.present`, ["true", "false"]) === "true" }),
      line,
    };
  });
