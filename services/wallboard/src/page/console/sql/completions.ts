import type { ConsoleSchema, ConsoleView } from "../../../console/console-schema.ts";
import { keywords } from "./keywords.ts";
import { isSpoken, type SqlToken, sqlTokens } from "./sql-tokens.ts";

/** Something that can be put at the cursor. */
export interface Suggestion {
  readonly label: string;
  readonly kind: "view" | "metric" | "column" | "function" | "keyword";
  /** A word behind the label, such as a column's type. */
  readonly detail: string;
  /** What it means, in a sentence; empty: its name says it. */
  readonly info: string;
  /** What is put in where that is not the label; `#{…}` are places to fill in. */
  readonly snippet?: string;
  /** Columns of the views that are asked come before everything else. */
  readonly rank: number;
}

export interface Suggestions {
  /** Where the word begins that is being written. */
  readonly from: number;
  readonly options: ReadonlyArray<Suggestion>;
}

const nameOf = ({ text, kind }: SqlToken): string => (kind === "quoted" ? text.slice(1, -1) : text);
const isName = (token: SqlToken | undefined): token is SqlToken => token?.kind === "word" || token?.kind === "quoted";

/** A metric's view with its parameters, each with a value to begin with. */
export const callOf = ({ name, parameters }: ConsoleView, isSnippet: boolean): string => {
  if (parameters.length === 0) return name;
  const given = parameters.map(([key, example]) => `${key} = ${isSnippet ? `#{${example}}` : example}`);
  return `${name}(${given.join(", ")})`;
};

const viewSuggestion = (view: ConsoleView): Suggestion => ({
  label: view.name,
  kind: view.layer === "metrics" ? "metric" : "view",
  detail: view.parameters.length === 0 ? "" : `(${view.parameters.map(([name]) => name).join(", ")})`,
  info: view.comment,
  ...(view.parameters.length === 0 ? {} : { snippet: callOf(view, true) }),
  // Of a number's views the one in people's words first.
  rank: view.name.endsWith("_window") ? 2.2 : 2,
});

const columnSuggestion = ({ name, type, comment }: ConsoleView["columns"][number]): Suggestion => ({
  label: name,
  kind: "column",
  detail: type,
  info: comment,
  rank: 3,
});

interface Asked {
  readonly view: ConsoleView;
  /** What the statement calls it besides its own name. */
  readonly alias: string | undefined;
}

/** Behind the brackets of a call, or the token itself where none follow. */
const behindCall = (tokens: ReadonlyArray<SqlToken>, index: number): number => {
  if (tokens[index]?.text !== "(") return index;
  let depth = 0;
  for (let at = index; at < tokens.length; at++) {
    if (tokens[at]?.text === "(") depth++;
    if (tokens[at]?.text === ")" && --depth === 0) return at + 1;
  }
  return tokens.length;
};

/** The views that a statement names, with their aliases. */
const askedIn = (tokens: ReadonlyArray<SqlToken>, views: ReadonlyMap<string, ConsoleView>): ReadonlyArray<Asked> =>
  tokens.flatMap((token, index) => {
    const view = isName(token) ? views.get(nameOf(token)) : undefined;
    if (view === undefined) return [];
    const next = behindCall(tokens, index + 1);
    const alias = tokens[next]?.text.toLowerCase() === "as" ? tokens[next + 1] : tokens[next];
    const isAlias = isName(alias) && !(alias.kind === "word" && keywordSet.has(alias.text.toUpperCase()));
    return { view, alias: isAlias ? nameOf(alias) : undefined };
  });

const keywordSet: ReadonlySet<string> = new Set(keywords);

const columnsOf = (asked: ReadonlyArray<Asked>): ReadonlyArray<Suggestion> => {
  const found = new Map<string, Suggestion>();
  for (const { view } of asked)
    for (const column of view.columns) if (!found.has(column.name)) found.set(column.name, columnSuggestion(column));
  return [...found.values()];
};

/** Where something can be put in; within texts, comments and numbers nothing is. */
const completed: ReadonlySet<SqlToken["kind"]> = new Set(["word", "quoted", "mark", "space"]);

/** After FROM and JOIN stands a view; everywhere else an expression. */
const expectsView = (before: SqlToken | undefined): boolean =>
  before?.kind === "word" && ["from", "join"].includes(before.text.toLowerCase());

/**
 * What can stand at a place of the text; undefined within strings, comments and numbers. `isAsked`: the reader wants to see
 * what there is, also where no word has been begun.
 */
export const suggestionsAt = (
  sql: string,
  at: number,
  isAsked: boolean,
  { views, functions }: Pick<ConsoleSchema, "views" | "functions">,
): Suggestions | undefined => {
  const byName = new Map(views.map((view) => [view.name, view]));
  const all = sqlTokens(sql);
  const here = all.find(({ from, to }) => from < at && at <= to);
  if (here !== undefined && !completed.has(here.kind)) return undefined;
  const word = here?.kind === "word" ? here : undefined;
  const from = word?.from ?? at;
  if (word === undefined && !isAsked && here?.text !== ".") return undefined;
  const ends = all.filter(({ kind, text }) => kind === "mark" && text === ";");
  const [begin, end] = [
    ends.findLast(({ to }) => to <= at)?.to ?? 0,
    ends.find((semi) => semi.from >= at)?.from ?? sql.length,
  ];
  const spoken = all.filter((token) => isSpoken(token) && token.from >= begin && token.to <= end);
  const before = spoken.filter((token) => token.to <= from);
  const asked = askedIn(spoken, byName);
  if (before.at(-1)?.text === ".") {
    const owner = before.at(-2);
    if (!isName(owner)) return undefined;
    const name = nameOf(owner);
    const owned = asked.filter(({ view, alias }) => alias === name || view.name === name);
    const inDatabase = name === "leadwire" ? views.map(viewSuggestion) : [];
    return { from, options: owned.length > 0 ? columnsOf(owned) : inDatabase };
  }
  if (expectsView(before.at(-1))) return { from, options: views.map(viewSuggestion) };
  const called = functions.map(
    (name): Suggestion => ({ label: name, kind: "function", detail: "()", info: "", snippet: `${name}(#{})`, rank: 0 }),
  );
  const spelled = keywords.map((label): Suggestion => ({ label, kind: "keyword", detail: "", info: "", rank: 1 }));
  return { from, options: [...columnsOf(asked), ...views.map(viewSuggestion), ...spelled, ...called] };
};
