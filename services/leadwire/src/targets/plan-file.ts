import { csvFields, defaultRowLimits, RowCursor } from "@leadwire/ingest";
import { type Either, left, right } from "fp-ts/lib/Either.js";

const neededColumns = ["metric", "scope", "period", "value"] as const;
const otherColumns = ["currency", "set_at"] as const;
type PlanColumn = (typeof neededColumns)[number] | (typeof otherColumns)[number];

/** A row of a file of targets and forecasts, as it is written; what is not stated is empty. */
export type PlanRow = Readonly<Record<PlanColumn, string>> & { readonly line: number };

/** A row that was not taken, with the line it stands on. */
export interface RejectedRow {
  readonly line: number;
  /** What was found and what was expected. */
  readonly why: string;
}

export interface PlanFile {
  readonly rows: ReadonlyArray<PlanRow>;
  /** Rows that cannot be read. */
  readonly rejected: ReadonlyArray<RejectedRow>;
}

const columns: ReadonlyArray<string> = [...neededColumns, ...otherColumns];
const expectedHeading = `${neededColumns.join(",")} and, where wanted, ${otherColumns.join(",")}`;

const headingFault = (heading: ReadonlyArray<string>): string | undefined => {
  const found = `the heading is ${JSON.stringify(heading.join(","))}; expected ${expectedHeading}`;
  const missing = neededColumns.filter((name) => !heading.includes(name));
  if (missing.length > 0) return `${found}. It lacks ${missing.join(", ")}.`;
  const strange = heading.filter((name, index) => !columns.includes(name) || heading.indexOf(name) < index);
  return strange.length > 0 ? `${found}. It has no place for ${strange.join(", ")}.` : undefined;
};

/** Spreadsheets write the delimiter of their country. */
const delimiterOf = (bytes: Buffer): string => {
  const lineEnd = bytes.indexOf("\n");
  const firstLine = bytes.toString("utf8", 0, lineEnd < 0 ? bytes.length : lineEnd);
  return [",", ";", "\t"].find((delimiter) => firstLine.includes(delimiter)) ?? ",";
};

/** Reads a CSV file of targets and forecasts. Left where its heading is another one: then nothing of it is taken. */
export const readPlanFile = (bytes: Buffer): Either<string, PlanFile> => {
  const delimiter = delimiterOf(bytes);
  const cursor = new RowCursor({ encoding: "utf-8", delimiter });
  cursor.feed(bytes);
  cursor.finish();
  if (!cursor.next()) return left(`the file is empty; expected the heading ${expectedHeading}`);
  const first = csvFields(cursor, delimiter, defaultRowLimits, null);
  if ("reason" in first) return left(`the heading cannot be read: ${first.detail}`);
  const heading = first.map((name) => name.trim().toLowerCase());
  const fault = headingFault(heading);
  if (fault !== undefined) return left(fault);
  const rows: PlanRow[] = [];
  const rejected: RejectedRow[] = [];
  while (cursor.next()) {
    const fields = csvFields(cursor, delimiter, defaultRowLimits, heading);
    if ("reason" in fields) rejected.push({ line: cursor.line, why: fields.detail });
    else if (fields.some((field) => field.trim() !== "")) rows.push(rowOf(cursor.line, heading, fields));
  }
  return right({ rows, rejected });
};

const rowOf = (line: number, heading: ReadonlyArray<string>, fields: ReadonlyArray<string>): PlanRow => {
  const field = (name: PlanColumn): string => fields[heading.indexOf(name)]?.trim() ?? "";
  return {
    line,
    metric: field("metric"),
    scope: field("scope"),
    period: field("period"),
    value: field("value"),
    currency: field("currency"),
    set_at: field("set_at"),
  };
};
