import { sqlTokens } from "./sql-tokens.ts";

/** A place in a statement that is filled in when it runs: `{since:Date}`. */
export interface SqlParameter {
  readonly name: string;
  readonly type: string;
}

/** The parameters of a statement in the order of their first place, each once. */
export const parametersOf = (sql: string): ReadonlyArray<SqlParameter> => {
  const found = new Map<string, SqlParameter>();
  for (const { kind, text } of sqlTokens(sql)) {
    if (kind !== "parameter") continue;
    const [, name = "", type = ""] = /^\{\s*(\w+)\s*:\s*(.*?)\s*\}$/su.exec(text) ?? [];
    if (!found.has(name)) found.set(name, { name, type });
  }
  return [...found.values()];
};
