/** A query that was run in this browser, and what came of it. */
export interface PastQuery {
  readonly sql: string;
  readonly atMs: number;
  readonly elapsedMs: number;
  readonly rows: number;
  readonly readRows: number;
  readonly readBytes: number;
  /** Null where it went well. */
  readonly error: string | null;
}

const pastMax = 200;
/** Browsers keep 5 MB for all of a page: a long statement may not push the others out. */
const sqlMax = 20_000;

const isPast = (value: unknown): value is PastQuery => {
  if (typeof value !== "object" || value === null) return false;
  const found = new Map<string, unknown>(Object.entries(value));
  const numbers = ["atMs", "elapsedMs", "rows", "readRows", "readBytes"];
  const error = found.get("error");
  return (
    typeof found.get("sql") === "string" &&
    numbers.every((key) => typeof found.get(key) === "number") &&
    (error === null || typeof error === "string")
  );
};

/** Newest first. What is no history of ours is none. */
export const readHistory = (kept: string | null): ReadonlyArray<PastQuery> => {
  try {
    const read: unknown = JSON.parse(kept ?? "[]");
    return Array.isArray(read) ? read.filter(isPast).slice(0, pastMax) : [];
  } catch {
    return [];
  }
};

/** With one more in front. The same statement run again takes the place of its former run, where that was the newest. */
export const withRun = (history: ReadonlyArray<PastQuery>, run: PastQuery): ReadonlyArray<PastQuery> => {
  if (run.sql.length > sqlMax) return history;
  const others = history[0]?.sql === run.sql ? history.slice(1) : history;
  return [run, ...others].slice(0, pastMax);
};

export const historyText = (history: ReadonlyArray<PastQuery>): string => JSON.stringify(history);
