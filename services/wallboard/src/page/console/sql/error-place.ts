import { sqlTokens } from "./sql-tokens.ts";

/** A stretch of the statement that an error is about. */
export interface ErrorPlace {
  readonly from: number;
  readonly to: number;
}

/** ClickHouse counts bytes of UTF-8 from 1. */
const offsetOfByte = (text: string, byte: number): number => {
  const encoder = new TextEncoder();
  let bytes = 0;
  let at = 0;
  for (const letter of text) {
    if (bytes >= byte) break;
    bytes += encoder.encode(letter).length;
    at += letter.length;
  }
  return at;
};

const tokenAt = (sql: string, at: number): ErrorPlace => {
  const token = sqlTokens(sql).find(({ from, to, kind }) => from <= at && at < to && kind !== "space");
  return token === undefined ? { from: at, to: Math.min(sql.length, at + 1) } : { from: token.from, to: token.to };
};

type LineAndColumn = ReturnType<typeof lineAndColumn>;

/** Of a syntax error: where the parser stopped. */
const failedAt = (sql: string, told: string, at: LineAndColumn | null): ErrorPlace | undefined => {
  const [, saidLine, saidColumn] = /\(line (\d+), col(?:umn)? (\d+)\)/u.exec(told) ?? [];
  const line = at?.line ?? Number(saidLine);
  const column = at?.column ?? Number(saidColumn);
  if (Number.isNaN(line) || Number.isNaN(column))
    return /failed at end of query|unexpected end/iu.test(told) ? tokenAt(sql, Math.max(0, sql.length - 1)) : undefined;
  const lines = sql.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  const within = at === null ? offsetOfByte(lines[line - 1] ?? "", column - 1) : column - 1;
  return tokenAt(sql, Math.min(sql.length - 1, before + within));
};

/** Of a name that is not known: where it stands first, whole or its last part. */
const namedIn = (sql: string, told: string): ErrorPlace | undefined => {
  const names = [
    ...told.matchAll(/[`'‘]([^`'’]+)[`'’]|function (?:with name )?([\w]+)|the (?:table|function) ([\w.]+)/gu),
  ];
  for (const [, quoted, called, named] of names) {
    const name = (quoted ?? called ?? named ?? "").split(".").at(-1) ?? "";
    const found = sqlTokens(sql).find(
      ({ kind, text }) => (kind === "word" || kind === "quoted") && text.replace(/^[`"]|[`"]$/gu, "") === name,
    );
    if (found !== undefined) return { from: found.from, to: found.to };
  }
  return undefined;
};

/** Where in the statement an error is, as far as the server (`at`, in letters) or ClickHouse's words (in bytes) say so. */
export const errorPlace = (sql: string, told: string, at: LineAndColumn | null = null): ErrorPlace | undefined =>
  failedAt(sql, told, at) ?? namedIn(sql, told);

/** Line and column as people count them, from 1. */
export const lineAndColumn = (text: string, at: number): { readonly line: number; readonly column: number } => {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
};
