import { type SqlRefusal, statusOfCode } from "@leadwire/query";
import { type Problem, problem } from "./problem.ts";

/** Where a statement is wrong; counted from 1. */
export interface StatementPlace {
  readonly line: number;
  readonly column: number;
}

/** ClickHouse counts bytes within the statement as it judged it: without the white space before it. */
const byByte = (sql: string, byte: number): StatementPlace => {
  const begin = sql.length - sql.trimStart().length;
  const before =
    sql.slice(0, begin) +
    Buffer.from(sql.slice(begin))
      .subarray(0, byte - 1)
      .toString("utf8");
  const lines = before.split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
};

/** The place that an error of ClickHouse's names; undefined where it names none. */
export const placeOf = (sql: string, message: string): StatementPlace | undefined => {
  const byte = /failed at position (\d+)/u.exec(message)?.[1];
  return byte === undefined ? undefined : byByte(sql, Number(byte));
};

export interface SqlProblem extends Problem, Partial<StatementPlace> {
  /** ClickHouse's number for it. */
  readonly clickhouse_code: number;
}

const tooMuchAtOnce = 202;

/** What is wrong with a statement is 422: the request could be read. */
const httpStatus = (code: number): number => {
  if (code === tooMuchAtOnce) return 429;
  const status = statusOfCode(code);
  return status === 503 || status === 401 ? status : 422;
};

/** A refusal for the console and for scripts. */
export const sqlProblem = (sql: string, { code, name, message }: SqlRefusal): SqlProblem => ({
  ...problem(httpStatus(code), "No answer", name, message),
  clickhouse_code: code,
  ...placeOf(sql, message),
});
