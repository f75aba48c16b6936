import {
  anyOf,
  anything,
  flag,
  listOf,
  mapOf,
  number,
  object,
  oneOf,
  type Schema,
  said,
  text,
  textOrNull,
  tuple,
} from "./schema.ts";

const chart: Schema = {
  ...object({ kind: oneOf("line", "bar", "scatter"), x: text, y: text, series: { type: ["string", "null"] } }),
};

const view = object({
  name: text,
  layer: oneOf("events", "facts", "metrics", "engine"),
  comment: text,
  parameters: said(listOf(tuple(text, text)), "Name and an example of each; empty: a plain view."),
  columns: listOf(object({ name: text, type: text, comment: text })),
});

/** Ad hoc SQL, and what the console keeps. */
export const sqlSchemas: Readonly<Record<string, Schema>> = {
  SqlRequest: object(
    { sql: said(text, "One statement that reads, over the views of `npx leadwire sql --schema`.") },
    {
      format: said(text, "ClickHouse's name of the answer's format; JSON where it is left out."),
      parameters: said(
        mapOf(anyOf(textOrNull, number, flag, listOf(anything))),
        "Values of the statement's `{name:Type}`; lists hold the same, and lists.",
      ),
      query_id: said(text, "A name of one's own, to cancel it by."),
      stream: said(flag, "Rows as they come. Else the answer is held back until it is whole, or an error."),
    },
  ),
  SqlSchema: object({
    timeZone: said(text, "IANA zone of the workspace."),
    where: said(listOf(tuple(text, text)), "You see these rows alone; empty: all."),
    canEdit: flag,
    seesBoards: said(flag, "Boards answer you, too."),
    views: listOf(view),
    functions: said(listOf(text), "What a statement may call."),
  }),
  SavedQuery: object({
    ...{ name: text, title: text, description: text, sql: text },
    chart: { anyOf: [chart, { type: "null" }] },
  }),
  QueryList: object({ queries: listOf(object({ name: text, title: text, description: text })), canEdit: flag }),
};
