import type { Cell, Row } from "./answer-lines.ts";

/** What a type is at heart: without what wraps it. */
export const bareType = (type: string): string => {
  const inner = /^(?:Nullable|LowCardinality|SimpleAggregateFunction\(\w+,)\s*\(?(.*)\)$/u.exec(type)?.[1];
  return inner === undefined ? type : bareType(inner.trim());
};

export type TypeGroup = "number" | "time" | "text" | "truth" | "nested";

export const typeGroup = (type: string): TypeGroup => {
  const bare = bareType(type);
  if (/^(?:U?Int\d+|Float\d+|BFloat16|Decimal)/u.test(bare)) return "number";
  if (/^(?:Date|Time)/u.test(bare)) return "time";
  if (bare === "Bool") return "truth";
  return /^(?:Array|Tuple|Map|Nested|JSON|Object|Variant|Dynamic)/u.test(bare) ? "nested" : "text";
};

export const isNullable = (type: string): boolean => /Nullable|Nothing|Variant|Dynamic/u.test(type);

/** A value as it is copied: ClickHouse's own spelling, nothing for null. */
export const cellText = (cell: Cell | undefined): string => {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "string") return cell;
  return typeof cell === "object" ? JSON.stringify(cell) : String(cell);
};

const separators = /[\t\n\r"]/u;
const delimited = (text: string): string => (separators.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Rows as a spreadsheet takes them from the clipboard: tabs between, and quotes where a value holds one. */
export const rowsText = (rows: ReadonlyArray<Row>, names?: ReadonlyArray<string>): string =>
  [...(names === undefined ? [] : [names]), ...rows]
    .map((row) => row.map((cell) => delimited(cellText(cell))).join("\t"))
    .join("\n");
