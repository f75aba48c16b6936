import type { ImportRow } from "./import-row.ts";
import type { LookupTable } from "./lookup-table.ts";
import type { Condition, Mapping, Source } from "./mapping.ts";
import { shown } from "./refusal.ts";

/** Reads a value of a row as text; "" where there is none. Faults are left on the row. */
export type ValueReader = (row: ImportRow) => string;

/** What a mapping is bound to: the heading of one file and the look-up files beside it. */
export interface BoundFile {
  readonly mapping: Mapping;
  /** The imported file, as messages name it. */
  readonly file: string;
  readonly heading: ReadonlyArray<string>;
  readonly tables: ReadonlyMap<string, LookupTable>;
  /** Collects what the mapping asks for and the files do not have. */
  readonly faults: string[];
}

const columnIndex = (bound: BoundFile, column: string, line: number): number => {
  const index = bound.heading.indexOf(column);
  if (index < 0)
    bound.faults.push(
      `${bound.mapping.name}:${line}: ${bound.file} has no column ${JSON.stringify(column)}; it has: ${bound.heading.join(", ")}`,
    );
  else if (bound.heading.lastIndexOf(column) !== index)
    bound.faults.push(`${bound.mapping.name}:${line}: ${bound.file} has the column ${JSON.stringify(column)} twice`);
  return index;
};

/** Compiles a source against a file's heading; what does not exist there is added to `faults`. */
export const valueReader = (bound: BoundFile, source: Source): ValueReader => {
  const read = rawReader(bound, source);
  const { rename, default: fallback } = source;
  if (rename === undefined && fallback === undefined) return read;
  return (row) => {
    const value = read(row);
    if (value === "") return fallback ?? "";
    return rename?.get(value) ?? value;
  };
};

const rawReader = (bound: BoundFile, source: Source): ValueReader => {
  const { from } = source;
  const empty = bound.mapping.emptyValues;
  if (from._tag === "Constant") return () => from.value;
  if (from._tag === "Column") {
    const index = columnIndex(bound, from.column, source.line);
    return (row) => {
      const value = (row.fields[index] ?? "").trim();
      return empty.has(value) ? "" : value;
    };
  }
  if (from._tag === "Join") {
    const parts = from.parts.map((part) => valueReader(bound, part));
    return (row) =>
      parts
        .map((part) => part(row))
        .filter((value) => value !== "")
        .join(from.separator);
  }
  return lookupReader(bound, source, from);
};

const lookupReader = (
  bound: BoundFile,
  source: Source,
  from: Extract<Source["from"], { readonly _tag: "Lookup" }>,
): ValueReader => {
  const by = valueReader(bound, from.by);
  const table = bound.tables.get(from.lookup);
  if (table === undefined) throw new Error(`look-up ${from.lookup} was not read before the mapping was bound`);
  const index = table.heading.indexOf(from.take);
  if (index < 0)
    bound.faults.push(
      `${bound.mapping.name}:${source.line}: ${table.file} has no column ${JSON.stringify(from.take)}; it has: ${table.heading.join(", ")}`,
    );
  const label = sourceLabel(from.by);
  return (row) => {
    const key = by(row);
    if (key === "") return "";
    const found = table.rows.get(key);
    if (found !== undefined) {
      const value = found[index] ?? "";
      return bound.mapping.emptyValues.has(value) ? "" : value;
    }
    if (from.onMiss === "quarantine" && source.default === undefined)
      row.refuse("unmatched_lookup", `${label} ${shown(key)} is not in ${table.file}`);
    return "";
  };
};

/** Compiles a condition; null is always true. */
export const conditionReader = (bound: BoundFile, condition: Condition | null): ((row: ImportRow) => boolean) => {
  if (condition === null) return () => true;
  const alternatives = condition.map((tests) =>
    tests.map((test) => {
      const read = valueReader(bound, { from: { _tag: "Column", column: test.column }, line: test.line });
      return (row: ImportRow): boolean => {
        const value = read(row);
        if (test.oneOf !== undefined && !test.oneOf.has(value)) return false;
        if (test.noneOf?.has(value) === true) return false;
        return test.present === undefined || test.present === (value !== "");
      };
    }),
  );
  return (row) => alternatives.some((tests) => tests.every((test) => test(row)));
};

/** How messages name where a value comes from. */
export const sourceLabel = (source: Source): string => {
  const { from } = source;
  if (from._tag === "Column") return from.column;
  if (from._tag === "Constant") return `the constant ${shown(from.value)}`;
  if (from._tag === "Join") return from.parts.map(sourceLabel).join(" + ");
  return `${from.take} (looked up by ${sourceLabel(from.by)})`;
};
