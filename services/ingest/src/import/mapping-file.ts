import type { DecimalFormat } from "@leadwire/events";
import { isZone } from "@leadwire/funnel";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { isSeq, type Node } from "yaml";
import type { CsvFormat } from "./csv-rows.ts";
import { isoDates } from "./date-format.ts";
import type { Lookup, Mapping, Source } from "./mapping.ts";
import { readEvents } from "./mapping-events.ts";
import { MappingReader } from "./mapping-reader.ts";
import { readCondition, readDates, readRename, readSource, type SourceNames } from "./mapping-source.ts";
import { textEncodings } from "./text-encoding.ts";

const rootKeys = [
  "source_system", "encoding", "delimiter", "columns", "empty", "dates", "time_zone", "numbers", "currency", "row_key",
  "revision", "lookups", "renames", "skip", "events",
]; // biome-ignore format: one list

/**
 * Reads a mapping from YAML (docs/mappings.md is its grammar). Left holds every fault found, each with the file, the
 * line, the place and what was expected there. `name` is how messages call the file.
 */
export const readMapping = (name: string, yamlText: string): Either<ReadonlyArray<string>, Mapping> => {
  const reader = new MappingReader(name, yamlText);
  if (reader.faults.length > 0) return left(reader.faults);
  const root = reader.map(reader.root, "", rootKeys);
  const at = (key: string) => root.get(key) ?? null;
  const format = readFormat(reader, at("delimiter"), at("encoding"), "", { delimiter: ",", encoding: "utf-8" });
  const lookups = readLookups(reader, at("lookups"), format);
  const renames = new Map<string, ReadonlyMap<string, string>>();
  if (at("renames") !== null)
    for (const [key, node] of reader.map(at("renames"), "renames"))
      renames.set(key, readRename(reader, node, `renames.${key}`, { renames }));
  const names: SourceNames = { lookups: new Set(lookups.keys()), renames };
  const zone = at("time_zone") === null ? null : reader.text(at("time_zone"), "time_zone", "a time zone");
  if (zone !== null && !isZone(zone))
    reader.fault(
      at("time_zone"),
      "time_zone",
      `${JSON.stringify(zone)} is no time zone; expected one like Europe/Bucharest`,
    );
  const currency = at("currency") === null ? null : readCurrency(reader, at("currency"), names);
  const revision = at("revision") === null ? null : readSource(reader, at("revision"), "revision", names);
  const sourceSystem = required(reader, at, "source_system", "the name of the system the file comes from");
  const skip = at("skip");
  const columns = at("columns");
  const dates = at("dates");
  const mapping: Mapping = {
    name,
    sourceSystem,
    format,
    ...(columns === null ? {} : { columns: reader.texts(columns, "columns", "a column's name") }),
    emptyValues: new Set(at("empty") === null ? [] : reader.texts(at("empty"), "empty", "a value")),
    dates: dates === null ? isoDates : readDates(reader, dates, "dates"),
    ...(zone === null ? {} : { timeZone: zone }),
    numbers: readNumbers(reader, at("numbers")),
    ...(currency === null ? {} : { currency }),
    rowKey: readRowKey(reader, at("row_key"), names),
    ...(revision === null ? {} : { revision: { source: revision, dates: revision.dates ?? null } }),
    lookups,
    skip: skip === null ? null : readCondition(reader, skip, "skip"),
    events: readEvents(reader, at("events"), names, currency !== null),
  };
  return reader.faults.length > 0 ? left(reader.faults) : right(mapping);
};

const required = (reader: MappingReader, at: (key: string) => Node | null, key: string, what: string): string => {
  if (at(key) === null) {
    reader.fault(reader.root, key, `is missing; expected ${what}`);
    return "";
  }
  const found = reader.text(at(key), key, what) ?? "";
  if (found === "") reader.fault(at(key), key, `is empty; expected ${what}`);
  return found;
};

const readFormat = (
  reader: MappingReader,
  delimiterNode: Node | null,
  encodingNode: Node | null,
  path: string,
  fallback: CsvFormat,
): CsvFormat => {
  const written =
    delimiterNode === null ? fallback.delimiter : reader.text(delimiterNode, `${path}delimiter`, "a character");
  const delimiter = written === "tab" ? "\t" : (written ?? ",");
  if (!/^[\t -~]$/u.test(delimiter) || /["\n\r]/u.test(delimiter))
    reader.fault(delimiterNode, `${path}delimiter`, `expected one character such as , or ; or the word tab`);
  const encoding =
    encodingNode === null ? fallback.encoding : reader.word(encodingNode, `${path}encoding`, textEncodings);
  return { delimiter, encoding: encoding ?? "utf-8" };
};

const readLookups = (reader: MappingReader, node: Node | null, format: CsvFormat): ReadonlyMap<string, Lookup> => {
  const lookups = new Map<string, Lookup>();
  if (node === null) return lookups;
  for (const [name, one] of reader.map(node, "lookups")) {
    const path = `lookups.${name}`;
    const entries = reader.map(one, path, ["file", "key", "delimiter", "encoding"]);
    const at = (key: string) => entries.get(key) ?? null;
    if (at("file") === null || at("key") === null)
      reader.fault(one, path, "expected file (a CSV file) and key (its key column)");
    else
      lookups.set(name, {
        file: reader.text(at("file"), `${path}.file`, "a CSV file") ?? "",
        key: reader.text(at("key"), `${path}.key`, "a column's name") ?? "",
        format: readFormat(reader, at("delimiter"), at("encoding"), `${path}.`, format),
        line: reader.lineOf(one),
      });
  }
  return lookups;
};

const decimals = [".", ","] as const;
const groups = ["", ",", ".", " ", "'", "\u00a0", "\u202f"] as const;

const readNumbers = (reader: MappingReader, node: Node | null): DecimalFormat => {
  if (node === null) return { decimal: ".", group: "," };
  const entries = reader.map(node, "numbers", ["decimal", "group"]);
  const at = (key: string) => entries.get(key) ?? null;
  const decimal = at("decimal") === null ? "." : reader.word(at("decimal"), "numbers.decimal", decimals);
  const usual = decimal === "," ? "." : ",";
  const group = at("group") === null ? usual : reader.word(at("group"), "numbers.group", groups);
  if (decimal === group)
    reader.fault(node, "numbers", "decimal and group are the same; expected two different characters");
  return { decimal: decimal ?? ".", group: group ?? "" };
};

const readCurrency = (reader: MappingReader, node: Node | null, names: SourceNames): Source | null => {
  const source = readSource(reader, node, "currency", names);
  if (source?.from._tag === "Column" && /^[A-Z]{3}$/u.test(source.from.column))
    return { ...source, from: { _tag: "Constant", value: source.from.column } };
  return source;
};

const readRowKey = (reader: MappingReader, node: Node | null, names: SourceNames): ReadonlyArray<Source> => {
  if (node === null) {
    reader.fault(
      reader.root,
      "row_key",
      "is missing; expected the column (or columns) that tell a row from all others",
    );
    return [];
  }
  const nodes = isSeq(node) ? reader.list(node, "row_key", "columns") : [node];
  return nodes.flatMap((one) => readSource(reader, one, "row_key", names) ?? []);
};
