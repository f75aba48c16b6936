import { denied, type Refusal } from "./refusal.ts";
import { isAllowedDatabase, tableRefusal } from "./table-rules.ts";

/** What kind of statement the text is; those that are not judged by their tree are judged here as a whole. */
export type StatementKind =
  | { readonly _tag: "Select" }
  /** `settings`: whether EXPLAIN has some of its own, which the tree shows as one more `Set`. */
  | { readonly _tag: "Explain"; readonly settings: boolean }
  | { readonly _tag: "Describe" }
  /** SHOW, EXISTS, USE; with its format. */
  | { readonly _tag: "Plain"; readonly format: string | undefined; readonly tables: ReadonlyArray<string> };

const name = "(?:`[^`\\\\]+`|[A-Za-z_][A-Za-z0-9_]*)";
const like = "(?:(?: NOT)? I?LIKE '(?:[^'\\\\]|\\\\.)*')?(?: LIMIT \\d+)?";
const end = `(?: FORMAT (?<format>${name}))?$`;
const whole = (text: string): RegExp => new RegExp(`^${text}${end}`);

const plain: ReadonlyArray<RegExp> = [
  whole(`SHOW (?:FULL )?TABLES(?: FROM (?<database>${name}))?${like}`),
  whole(`SHOW (?:EXTENDED )?(?:FULL )?COLUMNS FROM (?<table>${name})(?: FROM (?<database>${name}))?${like}`),
  whole(`SHOW DATABASES${like}`),
  whole(`SHOW FUNCTIONS${like}`),
  whole(`SHOW CREATE (?:TABLE|VIEW) (?:(?<database>${name})\\.)?(?<table>${name})`),
  whole(`EXISTS (?:TABLE|VIEW) (?:(?<database>${name})\\.)?(?<table>${name})`),
  whole(`EXISTS DATABASE ${name}`),
  whole(`USE (?<database>${name})`),
];

/** ESTIMATE, and `indexes`, would tell how large whole tables are, whoever may see which of their rows. */
const explainSettings =
  "actions|compact|description|dump_ast|dump_passes|dump_tree|graph|header|json|oneline|optimize|passes|query_tree_passes|run_passes|run_query_tree_passes|sorting";

const explain = new RegExp(
  "^EXPLAIN (?:(?:AST|SYNTAX|QUERY TREE|PLAN|PIPELINE) )?" +
    `(?<settings>(?:${explainSettings}) = \\d+(?:, (?:${explainSettings}) = \\d+)* )?(?:SELECT|WITH|\\()`,
);

/** ClickHouse takes `1 + 1` for SELECT 1 + 1 where it runs without a server; in front of such a text EXPLAIN means another. */
const beginnings: ReadonlyArray<readonly [written: RegExp, first: RegExp]> = [
  [/^(SELECT|WITH)\b|^\(/, /^(?:(?:SELECT|WITH|FROM)\b|\()/i],
  [/^DESCRIBE\b/, /^DESC(?:RIBE)?\b/i],
  [/^EXPLAIN\b/, /^EXPLAIN\b/i],
];

const leading = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;

/** Whether a statement begins with the word that ClickHouse understood it to begin with. */
const beginsAsWritten = (statement: string, text: string): boolean => {
  const first = statement.replace(leading, "");
  return beginnings.every(([written, word]) => !written.test(text) || word.test(first));
};

/** Why other statements are refused, by their first words. */
const others: ReadonlyArray<readonly [pattern: RegExp, reason: string]> = [
  [
    /^(INSERT|UPDATE|DELETE|ALTER|TRUNCATE|OPTIMIZE|CREATE|DROP|RENAME|ATTACH|DETACH|EXCHANGE|UNDROP|MOVE)/,
    "this one changes data or tables",
  ],
  [/^SET/, "settings go into the statement (SETTINGS x = 1) or the address"],
  [/^KILL/, "close the connection to end your own query"],
  [/^(GRANT|REVOKE|EXECUTE AS)/, "what a token may do is set with npx leadwire tokens"],
  [
    /^EXPLAIN/,
    "EXPLAIN takes AST, SYNTAX, QUERY TREE, PLAN or PIPELINE, not what tells the size of tables (ESTIMATE, indexes), and one SELECT",
  ],
  [/^SHOW/, "SHOW takes TABLES, COLUMNS, DATABASES, FUNCTIONS or CREATE VIEW; with LIKE, not with WHERE"],
];

const unquoted = (text: string | undefined): string | undefined => text?.replaceAll("`", "");

const plainKind = (groups: Readonly<Record<string, string | undefined>>, current: string): Refusal | StatementKind => {
  const database = unquoted(groups.database) ?? current;
  const table = unquoted(groups.table);
  const refusal = table === undefined ? undefined : tableRefusal(`${database}.${table}`, current);
  if (refusal !== undefined) return denied(refusal);
  if (table === undefined && !isAllowedDatabase(database)) {
    return denied(`the database ${database} is not open to readers: the views are in leadwire`);
  }
  const tables = table === undefined ? [] : [`${database}.${table}`];
  return { _tag: "Plain", format: unquoted(groups.format), tables };
};

/** The kind of a statement, which ClickHouse has written out as `text` (see statement-text.ts), or why it is not allowed. */
export const statementKind = (statement: string, text: string, current: string): Refusal | StatementKind => {
  if (!beginsAsWritten(statement, text))
    return denied("a statement begins with SELECT, WITH, EXPLAIN, DESCRIBE or SHOW");
  if (/^(SELECT|WITH)\b|^\(/.test(text)) return { _tag: "Select" };
  if (/^DESCRIBE TABLE\b/.test(text)) return { _tag: "Describe" };
  const explained = explain.exec(text);
  if (explained !== null) return { _tag: "Explain", settings: explained.groups?.settings !== undefined };
  for (const pattern of plain) {
    const groups = pattern.exec(text)?.groups;
    if (groups !== undefined) return plainKind(groups, current);
  }
  const [first = "", second = ""] = text.split(" ");
  const reason = others.find(([pattern]) => pattern.test(text))?.[1];
  const words = /^(SHOW|CREATE|DROP|SYSTEM|EXPLAIN|EXECUTE)$/.test(first) ? `${first} ${second}` : first;
  return denied(`only statements that read are allowed: ${reason ?? "this is no such statement"} (found ${words})`);
};
