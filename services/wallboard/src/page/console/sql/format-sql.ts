import { isSpoken, type SqlToken, sqlTokens } from "./sql-tokens.ts";

/**
 * Lays a statement out: each clause on a line of its own, lists of a long clause one below the other. Only white space
 * between tokens changes, so that a statement says the same before and after.
 */

const clauses: ReadonlySet<string> = new Set([
  ...["with", "select", "from", "prewhere", "where", "group", "having", "qualify", "window", "order", "limit"],
  ...["offset", "settings", "format", "union", "intersect", "except"],
]);
const joins: ReadonlySet<string> = new Set([
  "join",
  "left",
  "right",
  "inner",
  "full",
  "cross",
  "asof",
  "any",
  "all",
  "anti",
  "semi",
  "global",
  "array",
]);
const widthMax = 88;
const step = "  ";

const lower = ({ text }: SqlToken): string => text.toLowerCase();

const opens = (token: SqlToken): boolean => token.kind === "mark" && (token.text === "(" || token.text === "[");
const closes = (token: SqlToken): boolean => token.kind === "mark" && (token.text === ")" || token.text === "]");

/** Whether a word begins a join: `LEFT` of `LEFT JOIN`, and not the function `left(…)`. */
const beginsJoin = (tokens: ReadonlyArray<SqlToken>, index: number): boolean => {
  const here = tokens[index];
  if (here === undefined || here.kind !== "word" || !joins.has(lower(here))) return false;
  const before = tokens[index - 1];
  if (before?.kind === "word" && joins.has(lower(before))) return false;
  for (let at = index; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.kind !== "word" || !(joins.has(lower(token)) || lower(token) === "outer")) return false;
    if (lower(token) === "join") return true;
  }
  return false;
};

const noSpaceBefore: ReadonlySet<string> = new Set([",", ")", "]", ".", ";", "::"]);
const noSpaceAfter: ReadonlySet<string> = new Set(["(", "[", ".", "::"]);
const callers: ReadonlySet<string> = new Set(["word", "quoted", "parameter"]);
/** Before a bracket these are no functions. */
const words: ReadonlySet<string> = new Set([
  ...clauses,
  ...joins,
  ..."as in and or not on using by over between case when then else is like ilike distinct exists values interval".split(
    " ",
  ),
]);

/** What stands between two tokens on one line. */
const between = (before: SqlToken, after: SqlToken, isSign: boolean): string => {
  if (noSpaceBefore.has(after.text) || noSpaceAfter.has(before.text) || isSign) return "";
  if (after.text === "(" && callers.has(before.kind) && !words.has(lower(before))) return "";
  if (after.text === "(" && before.text === ")") return "";
  if (after.text === "[" && (callers.has(before.kind) || before.text === "]" || before.text === ")"))
    return words.has(lower(before)) ? " " : "";
  return " ";
};

/** A minus that belongs to the number behind it, since nothing stands before it that it could be taken from. */
const isSignAt = (tokens: ReadonlyArray<SqlToken>, index: number): boolean => {
  const [sign, before] = [tokens[index], tokens[index - 1]];
  if (sign?.text !== "-" && sign?.text !== "+") return false;
  if (before === undefined) return true;
  return (before.kind === "mark" && !closes(before)) || (before.kind === "word" && words.has(lower(before)));
};

const oneLine = (tokens: ReadonlyArray<SqlToken>): string =>
  tokens
    .map((token, index) => {
      const before = tokens[index - 1];
      return before === undefined ? token.text : `${between(before, token, isSignAt(tokens, index - 1))}${token.text}`;
    })
    .join("");

/** Splits where `isCut` holds outside of all brackets; the cutting token begins the next piece. */
const cut = (
  tokens: ReadonlyArray<SqlToken>,
  isCut: (tokens: ReadonlyArray<SqlToken>, index: number) => boolean,
): SqlToken[][] => {
  const pieces: SqlToken[][] = [[]];
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (closes(token)) depth--;
    if (depth === 0 && isCut(tokens, index) && (pieces.at(-1)?.length ?? 0) > 0) pieces.push([]);
    pieces.at(-1)?.push(token);
    if (opens(token)) depth++;
  }
  return pieces;
};

const beginsClause = (tokens: ReadonlyArray<SqlToken>, index: number): boolean => {
  const token = tokens[index];
  if (token?.kind !== "word") return false;
  const before = tokens[index - 1];
  if (before?.text === "." || tokens[index + 1]?.text === ".") return false;
  if (lower(token) === "format" && tokens[index + 1]?.text === "(") return false;
  // `SELECT … EXCEPT (column)` and `WITH FILL`, `WITH TOTALS` go on with their clause.
  const next = tokens[index + 1]?.text.toLowerCase() ?? "";
  if (lower(token) === "except" && next === "(") return false;
  if (
    lower(token) === "with" &&
    (next === "fill" || next === "totals" || next === "ties" || next === "rollup" || next === "cube")
  )
    return false;
  return clauses.has(lower(token)) || beginsJoin(tokens, index);
};

/** How many words a clause's name has: `GROUP BY`, `UNION ALL`, `SELECT DISTINCT`. */
const nameLength = (tokens: ReadonlyArray<SqlToken>): number => {
  const first = tokens[0];
  if (first === undefined || first.kind !== "word") return 0;
  const second = tokens[1]?.text.toLowerCase() ?? "";
  if (["group", "order"].includes(lower(first)) && second === "by") return 2;
  if (["select", "union"].includes(lower(first)) && (second === "distinct" || second === "all")) return 2;
  return 1;
};

/** Brackets that hold a query of their own are opened up; all others stay as one. */
const nestedQuery = (tokens: ReadonlyArray<SqlToken>): readonly [open: number, close: number] | undefined => {
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (token.text !== "(" || next?.kind !== "word" || !["select", "with"].includes(lower(next))) continue;
    let depth = 0;
    for (let at = index; at < tokens.length; at++) {
      const here = tokens[at];
      if (here === undefined) break;
      if (opens(here)) depth++;
      if (closes(here) && --depth === 0) return [index, at];
    }
  }
  return undefined;
};

const itemLines = (tokens: ReadonlyArray<SqlToken>, indent: string): ReadonlyArray<string> => {
  const nested = nestedQuery(tokens);
  if (nested === undefined) return [indent + oneLine(tokens)];
  const [open, close] = nested;
  const inner = queryLines(tokens.slice(open + 1, close), indent + step);
  const isShort = inner.length === 1 && `${indent}${oneLine(tokens)}`.length <= widthMax;
  if (isShort) return [indent + oneLine(tokens)];
  const rest = itemLines(tokens.slice(close), indent);
  return [indent + oneLine(tokens.slice(0, open + 1)), ...inner, ...rest];
};

const clauseLines = (tokens: ReadonlyArray<SqlToken>, indent: string): ReadonlyArray<string> => {
  const whole = indent + oneLine(tokens);
  if (whole.length <= widthMax && nestedQuery(tokens) === undefined) return [whole];
  const length = nameLength(tokens);
  const name = indent + oneLine(tokens.slice(0, length));
  const isCondition = ["where", "prewhere", "having", "on"].includes(tokens[0]?.text.toLowerCase() ?? "");
  const items = cut(tokens.slice(length), (all, index) => {
    const [here, before] = [all[index], all[index - 1]];
    if (isCondition) return here?.kind === "word" && ["and", "or"].includes(lower(here)) && !isBetween(all, index);
    return before?.text === ",";
  });
  if (items.length === 1) {
    const [first = "", ...rest] = itemLines(tokens, indent);
    return [first, ...rest];
  }
  return [name, ...items.flatMap((item) => itemLines(item, indent + step))];
};

/** `BETWEEN a AND b` holds an AND of its own. */
const isBetween = (tokens: ReadonlyArray<SqlToken>, index: number): boolean => {
  for (let at = index - 1; at >= 0; at--) {
    const token = tokens[at];
    if (token?.kind !== "word") continue;
    if (lower(token) === "between") return true;
    if (lower(token) === "and" || lower(token) === "or") return false;
  }
  return false;
};

const queryLines = (tokens: ReadonlyArray<SqlToken>, indent: string): ReadonlyArray<string> => {
  const parts = cut(tokens, beginsClause);
  const all = indent + oneLine(tokens);
  if (all.length <= widthMax * 0.7 && nestedQuery(tokens) === undefined && indent !== "") return [all];
  return parts.flatMap((part) => clauseLines(part, indent));
};

const spokenIn = (sql: string): string =>
  JSON.stringify(
    sqlTokens(sql)
      .filter(isSpoken)
      .map(({ text }) => text),
  );

/**
 * The statement laid out anew. One with a comment is left as it is: only whoever wrote it knows which line the comment
 * belongs to. So is one that would say something else, such as two minus signs that would begin a comment.
 */
export const formatSql = (sql: string): string => {
  const tokens = sqlTokens(sql);
  if (tokens.some(({ kind }) => kind === "comment")) return sql;
  const laid = queryLines(tokens.filter(isSpoken), "").join("\n");
  return spokenIn(laid) === spokenIn(sql) ? laid : sql;
};
