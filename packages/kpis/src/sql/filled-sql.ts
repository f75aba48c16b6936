import type { SqlParameter, SqlText } from "./partial-sql.ts";
import { textLiteral } from "./sql-literal.ts";

const literalOf = (value: SqlParameter, type: string): string => {
  if (typeof value === "number") return type === "Int64" ? `${value}` : `to${type}(${value})`;
  return typeof value === "string" ? textLiteral(value) : `[${value.map(textLiteral).join(", ")}]`;
};

/** A statement with its parameters written out, for people to run. Throws where one is missing. */
export const filledSql = ({ sql, params }: SqlText): string =>
  sql.replace(/\{(\w+):(\w+(?:\([^)]*\))?)\}/gu, (_, name: string, type: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`the statement has no value for ${name}`);
    return literalOf(value, type);
  });
