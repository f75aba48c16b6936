import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { snippetCompletion } from "@codemirror/autocomplete";
import { SQLDialect } from "@codemirror/lang-sql";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { tags } from "@lezer/highlight";
import type { ConsoleSchema } from "../../../console/console-schema.ts";
import { type Suggestion, suggestionsAt } from "../sql/completions.ts";
import { keywords, typeNames } from "../sql/keywords.ts";

/** The colours are those of series, which are held to a contrast in all themes. */
const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: tags.string, color: "var(--better)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--worse)" },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], color: "var(--quiet)", fontStyle: "italic" },
  { tag: tags.typeName, color: "var(--series-4)" },
  { tag: tags.standard(tags.name), color: "var(--sql-function)" },
  { tag: tags.special(tags.name), color: "var(--sql-function)" },
]);

/** Words of INTERVAL that are names of columns more often than not: `day` of every view by day. */
const unitNames: ReadonlySet<string> = new Set("second minute hour day week month quarter year".split(" "));

/** ClickHouse's own words; the functions are those that may be called here. */
export const clickHouseSql = (functions: ReadonlyArray<string>): Extension => {
  const spoken = new Set(keywords.map((word) => word.toLowerCase()));
  const dialect = SQLDialect.define({
    keywords: [...spoken].filter((word) => !unitNames.has(word)).join(" "),
    builtin: functions
      .map((name) => name.toLowerCase())
      .filter((name) => !spoken.has(name))
      .join(" "),
    types: typeNames.join(" ").toLowerCase(),
    backslashEscapes: true,
    hashComments: true,
    doubleDollarQuotedStrings: true,
    identifierQuotes: '`"',
    caseInsensitiveIdentifiers: false,
  });
  return [dialect.extension, syntaxHighlighting(colours)];
};

const completionOf = ({ label, detail, info, snippet, rank }: Suggestion): Completion => {
  const shown: Completion = {
    label,
    boost: rank * 20,
    ...(detail === "" ? {} : { detail }),
    ...(info === "" ? {} : { info }),
  };
  return snippet === undefined ? shown : snippetCompletion(snippet, shown);
};

/** What the editor offers while somebody types, and at Ctrl+Space. */
export const completeFrom =
  (schema: () => Pick<ConsoleSchema, "views" | "functions">) =>
  ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const found = suggestionsAt(state.doc.toString(), pos, explicit, schema());
    return found === undefined
      ? null
      : { from: found.from, options: found.options.map(completionOf), validFor: /^[\p{L}\p{N}_]*$/u };
  };
