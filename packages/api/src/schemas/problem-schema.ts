import { listOf, number, numberOrNull, object, type Schema, said, text, textOrNull } from "./schema.ts";

/** RFC 9457, of every answer that is none. */
export const problemSchema: Schema = object(
  {
    title: said(text, "The kind of fault, in words."),
    status: said(number, "The HTTP status."),
    code: said(text, "Tells faults of one status apart; stable."),
    detail: said(text, "What was found, what was expected, and the fix."),
  },
  {
    type: said(text, "The code as a URI reference: `/problems/unknown-metric`."),
    did_you_mean: said(listOf(text), "The nearest names that there are, the nearest first."),
    reasons: said(listOf(text), "The same as `detail`, one by one, where several things are wrong."),
    etag: said(textOrNull, "Of what stands there now, where somebody was faster; null where nothing does."),
    saved_by: said(textOrNull, "Who was faster."),
    saved_at: text,
    clickhouse_code: said(number, "ClickHouse's number of what is wrong with a statement."),
    line: said(numberOrNull, "Of the place in the statement, from 1."),
    column: said(numberOrNull, "Of the place in the statement, in letters (UTF-16) from 1."),
  },
  { description: "A problem (RFC 9457)." },
);
