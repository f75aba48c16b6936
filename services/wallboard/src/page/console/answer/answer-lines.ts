/**
 * ClickHouse's format JSONCompactEachRowWithProgress, a line at a time: what the columns are, how far the query is, the rows,
 * and an exception where it breaks off.
 */

export interface AnswerColumn {
  readonly name: string;
  /** ClickHouse's type. */
  readonly type: string;
}

/** A value as JSON gives it; numbers that JavaScript cannot hold are kept as their text. */
export type Cell = string | number | boolean | null | ReadonlyArray<Cell> | { readonly [key: string]: Cell };
export type Row = ReadonlyArray<Cell>;

/** What a query has cost so far. */
export interface QueryCost {
  readonly elapsedMs: number;
  readonly readRows: number;
  readonly readBytes: number;
  /** Null where the server does not say. */
  readonly memoryBytes: number | null;
}

export type AnswerLine =
  | { readonly kind: "columns"; readonly columns: ReadonlyArray<AnswerColumn> }
  | { readonly kind: "row"; readonly row: Row }
  | { readonly kind: "progress"; readonly cost: QueryCost; readonly totalRows: number }
  | { readonly kind: "error"; readonly told: string }
  /** Not of this format: an exception that was written into the answer as text begins and ends with such lines. */
  | { readonly kind: "odd"; readonly text: string };

/** In JavaScript 16 digits are not exact any more. Outside of strings such numbers are put into quotes. */
const longNumber = /\d{16}/u;
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gu;
const exact = (line: string): string =>
  longNumber.test(line)
    ? line.replace(stringOrNumber, (text) =>
        text.startsWith('"') || text.replace(/\D/gu, "").length < 16 || /[eE]/u.test(text) ? text : `"${text}"`,
      )
    : line;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const numberOf = (value: unknown): number => {
  const read = Number(value ?? 0);
  return Number.isFinite(read) ? read : 0;
};

/** `x-leadwire-query-cost`, the `progress` of a stream, and ClickHouse's own summary say the same things. */
export const costOf = (said: Readonly<Record<string, unknown>>): QueryCost => {
  const memory = said.memory_usage ?? said.peak_memory_usage ?? said.memory_bytes;
  return {
    elapsedMs: numberOf(said.elapsed_ns) / 1e6 || numberOf(said.elapsed_ms),
    readRows: numberOf(said.read_rows),
    readBytes: numberOf(said.read_bytes),
    // A query that was over before ClickHouse looked has taken some, too.
    memoryBytes: numberOf(memory) === 0 ? null : numberOf(memory),
  };
};

const columnsOf = (meta: ReadonlyArray<unknown>): ReadonlyArray<AnswerColumn> =>
  meta.map((one) => (isRecord(one) ? { name: String(one.name), type: String(one.type) } : { name: "", type: "" }));

/** A line of the answer; undefined for one that says nothing of use here. */
export const readLine = (line: string): AnswerLine | undefined => {
  if (line.trim() === "") return undefined;
  let said: unknown;
  try {
    said = JSON.parse(exact(line));
  } catch {
    return /\bCode: \d+|Exception:/u.test(line)
      ? { kind: "error", told: line.trim() }
      : { kind: "odd", text: line.trim() };
  }
  if (!isRecord(said)) return undefined;
  if (Array.isArray(said.row)) return { kind: "row", row: said.row };
  if (Array.isArray(said.meta)) return { kind: "columns", columns: columnsOf(said.meta) };
  if (isRecord(said.progress))
    return { kind: "progress", cost: costOf(said.progress), totalRows: numberOf(said.progress.total_rows_to_read) };
  if (said.exception !== undefined) return { kind: "error", told: String(said.exception) };
  return undefined;
};

/** Cuts a text that comes in pieces into lines; `end` gives what is left without a line's end. */
export const lineCutter = (): {
  readonly push: (piece: string) => ReadonlyArray<string>;
  readonly end: () => string;
} => {
  let rest = "";
  return {
    push: (piece) => {
      const lines = (rest + piece).split("\n");
      rest = lines.pop() ?? "";
      return lines;
    },
    end: () => rest,
  };
};
