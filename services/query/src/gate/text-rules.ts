import { functionRefusal, isRefusedFunction } from "./function-rules.ts";
import { denied, type Refusal, viewsHint } from "./refusal.ts";
import { settingRefusal } from "./setting-rules.ts";
import { isName, isSign, isWord, type Token } from "./statement-text.ts";
import { isAllowedDatabase, tableRefusal } from "./table-rules.ts";
import { zoneFileRefusal } from "./time-zone-rules.ts";

/** What the text of a statement says and its tree does not. */
export interface TextFindings {
  /** How many clauses SETTINGS and how many APPLY were judged: the tree must have as many. */
  readonly settingClauses: number;
  readonly applied: number;
}

/**
 * A line break in a name would begin a line of its own in the tree, and these words end a name there. Whoever needs none of
 * them loses nothing.
 */
const forging = /\\|``|\((alias|children)|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const joins: ReadonlySet<string> = new Set([
  "INNER",
  "LEFT",
  "RIGHT",
  "FULL",
  "CROSS",
  "JOIN",
  "ANY",
  "ALL",
  "SEMI",
  "ANTI",
  "ASOF",
]);

/** It compares all columns of one name, none of which the tree shows. */
const naturalRefusal = (tokens: ReadonlyArray<Token>): Refusal | undefined =>
  tokens.some((token, at) => isWord(token, "NATURAL") && joins.has(tokens[at + 1]?.text ?? ""))
    ? denied("NATURAL JOIN is not allowed: name the columns with USING (a, b)")
    : undefined;

const nameRefusal = (tokens: ReadonlyArray<Token>): Refusal | undefined => {
  const found = tokens.find((token) => isName(token) && forging.test(token.text));
  return found === undefined
    ? undefined
    : denied("a name with a line break, a backslash or signs that cannot be seen is not allowed: rename it with AS");
};

/** Not DEFAULT: ClickHouse would put a limit of the reader's back to none, whatever their profile says. */
const isLiteral = (value: Token | undefined): boolean =>
  value?.kind === "number" || value?.kind === "text" || isWord(value, "true") || isWord(value, "false");

/** What may follow the last setting. */
const followers: ReadonlySet<string> = new Set([
  ")",
  "FORMAT",
  "SETTINGS",
  "UNION",
  "INTERSECT",
  "EXCEPT",
  "INTO",
  "PARALLEL",
]);

const endsClause = (token: Token | undefined): boolean =>
  token === undefined || (token.kind !== "text" && token.kind !== "name" && followers.has(token.text));

/** SETTINGS a = 1, b = 'x': why one of them may not be set. */
const clauseRefusal = (tokens: ReadonlyArray<Token>, start: number): string | undefined => {
  for (let at = start; ; at += 1) {
    const name = tokens[at];
    if (!isName(name) || !isSign(tokens[at + 1], "=")) return "SETTINGS takes name = value, name = value";
    at += isSign(tokens[at + 2], "-") ? 3 : 2;
    const value = tokens[at];
    const refusal = settingRefusal(name?.text ?? "", value?.text ?? "");
    if (refusal !== undefined) return refusal;
    if (!isLiteral(value)) return `the setting ${name?.text ?? ""} needs a number or a text as its value`;
    if (endsClause(tokens[at + 1])) return undefined;
    if (!isSign(tokens[at + 1], ",")) return "SETTINGS takes name = value, name = value";
    at += 1;
  }
};

const settingsRefusal = (tokens: ReadonlyArray<Token>): Refusal | number => {
  let clauses = 0;
  for (const [at, token] of tokens.entries()) {
    // A column of that name is followed by something else than a name and "=".
    if (!isWord(token, "SETTINGS") || !isName(tokens[at + 1]) || !isSign(tokens[at + 2], "=")) continue;
    const refusal = clauseRefusal(tokens, at + 1);
    if (refusal !== undefined) return denied(refusal);
    clauses += 1;
  }
  return clauses;
};

/** `APPLY quantile((SELECT …))`: a function's parameters stand in no line of the tree, either, and may be statements. */
const areValues = (tokens: ReadonlyArray<Token>, open: number): boolean => {
  for (let at = open + 1; !isSign(tokens[at], ")"); at += 1) {
    if (!isLiteral(tokens[at]) && !isSign(tokens[at], ",") && !isSign(tokens[at], "-")) return false;
  }
  return true;
};

/** What APPLY calls stands in no line of the tree. */
const appliedRefusal = (tokens: ReadonlyArray<Token>): Refusal | number => {
  let applied = 0;
  for (const [at, token] of tokens.entries()) {
    if (!isWord(token, "APPLY")) continue;
    const called = tokens[at + 1];
    if (!isName(called) || isSign(tokens[at + 2], "->")) {
      return denied("APPLY takes a function's name here, such as APPLY(sum): write other expressions out");
    }
    const refusal = functionRefusal(called?.text ?? "");
    if (refusal !== undefined) return denied(refusal);
    if (isSign(tokens[at + 2], "(") && !areValues(tokens, at + 2)) {
      return denied("what a function in APPLY is set up with is a number or a text here, such as APPLY(quantile(0.9))");
    }
    applied += 1;
  }
  return applied;
};

/** A second look at what the tree shows as well: calls of functions that are refused, tables of others. */
const callRefusal = (tokens: ReadonlyArray<Token>): Refusal | undefined => {
  for (const [at, token] of tokens.entries()) {
    if (!isName(token)) continue;
    if (isSign(tokens[at + 1], "(") && isRefusedFunction(token.text) && !isReadonlyQuestion(tokens, at)) {
      return denied(functionRefusal(token.text) ?? "");
    }
    const name = tokens[at + 2];
    if (!isSign(tokens[at + 1], ".") || !isName(name) || isSign(tokens[at - 1], ".")) continue;
    if (isOurs(token.text) && tableRefusal(`${token.text}.${name?.text ?? ""}`, "") !== undefined) {
      return denied(`the table ${token.text}.${name?.text ?? ""} is not one of the views: ${viewsHint}`);
    }
  }
  return undefined;
};

/** `getSetting('readonly')` is what older drivers ask at their start. */
const isReadonlyQuestion = (tokens: ReadonlyArray<Token>, at: number): boolean =>
  tokens[at]?.text === "getSetting" && tokens[at + 2]?.text === "readonly" && isSign(tokens[at + 3], ")");

/** A database that is there and not open as a whole: no name that people give to a table in their statement. */
const isOurs = (database: string): boolean => !isAllowedDatabase(database) && /^(system|leadwire_.*)$/i.test(database);

/** Why a statement may not run, by its text; otherwise what the tree has to agree with. */
export const textRefusal = (tokens: ReadonlyArray<Token>): Refusal | TextFindings => {
  const zone = tokens.flatMap(({ kind, text }) => (kind === "text" ? (zoneFileRefusal(text) ?? []) : []))[0];
  if (zone !== undefined) return denied(zone);
  const refusal = nameRefusal(tokens) ?? naturalRefusal(tokens) ?? outfileRefusal(tokens) ?? callRefusal(tokens);
  if (refusal !== undefined) return refusal;
  const settingClauses = settingsRefusal(tokens);
  if (typeof settingClauses !== "number") return settingClauses;
  const applied = appliedRefusal(tokens);
  return typeof applied === "number" ? { settingClauses, applied } : applied;
};

const outfileRefusal = (tokens: ReadonlyArray<Token>): Refusal | undefined =>
  tokens.some((token, at) => isWord(token, "INTO") && isWord(tokens[at + 1], "OUTFILE"))
    ? denied("INTO OUTFILE is not allowed: it writes a file; the answer itself can be saved")
    : undefined;
