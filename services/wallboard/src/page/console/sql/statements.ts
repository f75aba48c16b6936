import { isSpoken, type SqlToken, sqlTokens } from "./sql-tokens.ts";

/** A statement and where it stands in the text, without the semicolon and what surrounds it. */
export interface Statement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const statementOf = (sql: string, tokens: ReadonlyArray<SqlToken>): Statement | undefined => {
  const [first, last] = [tokens.find(isSpoken), tokens.findLast(isSpoken)];
  if (first === undefined || last === undefined) return undefined;
  return { from: first.from, to: last.to, text: sql.slice(first.from, last.to) };
};

/** The statements of a text, between its semicolons. */
export const statementsOf = (sql: string): ReadonlyArray<Statement> => {
  const pieces: SqlToken[][] = [[]];
  for (const token of sqlTokens(sql))
    if (token.kind === "mark" && token.text === ";") pieces.push([]);
    else pieces.at(-1)?.push(token);
  return pieces.flatMap((tokens) => statementOf(sql, tokens) ?? []);
};

/** What Run runs: the selection where there is one, else the statement at the cursor, else the one before it. */
export const statementAt = (sql: string, from: number, to: number): Statement | undefined => {
  if (from !== to) {
    const chosen = sqlTokens(sql.slice(from, to)).filter((token) => isSpoken(token));
    const first = chosen.find(({ text }) => text !== ";");
    const last = chosen.findLast(({ text }) => text !== ";");
    if (first === undefined || last === undefined) return undefined;
    return { from: from + first.from, to: from + last.to, text: sql.slice(from + first.from, from + last.to) };
  }
  const all = statementsOf(sql);
  return all.find((one) => one.from <= from && from <= one.to + 1) ?? all.findLast((one) => one.to < from) ?? all[0];
};
