import type { StoreFault } from "@leadwire/store";
import { type Refusal, refusalCodes } from "./refusal.ts";

/** Why a statement was not answered. */
export interface Judgement {
  /** `Refused`: not allowed, or not one statement. `Failed`: ClickHouse could not run it. `Unavailable`: nobody answers. */
  readonly _tag: "Refused" | "Failed" | "Unavailable";
  /** What was found, what was expected, and what to do. */
  readonly message: string;
  /** ClickHouse's code, for its clients. */
  readonly code: number;
}

export const refused = ({ message, code }: Refusal): Judgement => ({ _tag: "Refused", message, code });

/** What to do about the errors that people meet most. */
const hints: Readonly<Record<string, string>> = {
  UNKNOWN_TABLE: "npx leadwire sql --schema lists the views.",
  UNKNOWN_IDENTIFIER: "npx leadwire sql --schema lists the columns.",
  ACCESS_DENIED:
    "Only the views can be read, and with a token for some rows only events, facts and what is made of them (leads, deals, kpi_ views).",
  EMPTY_LIST_OF_COLUMNS_QUERIED:
    "A view with parameters is asked with all of them: kpi_sales_window(window = 'month', by = '', at = '', as_of = '').",
  TIMEOUT_EXCEEDED: "Narrow the time range, or ask for less at once.",
  TOO_MANY_ROWS_OR_BYTES: "Add a LIMIT, or aggregate.",
  UNKNOWN_QUERY_PARAMETER: "A view with parameters takes all of them: npx leadwire sql --schema NAME shows which.",
  READONLY: "Leave the setting out, or lower the value.",
};

const multiStatement = /Multi-statements are not allowed/;

/** NETWORK_ERROR: clients of ClickHouse ask again on it. */
const unavailableCode = 210;

/** What clients ask again on, though the statement would need as much the second time. */
const tooMuchCode = 396;

/** ClickHouse may repeat the whole statement. */
const detailCharsMax = 4_000;

/** The words of ClickHouse that help, without the query's scope and without all that could have followed. */
export const plainMessage = (detail: string, name: string): string => {
  const plain = detail
    .slice(0, detailCharsMax)
    .replace(/:? [Ii]n scope .*?\. (?=Maybe you meant)/, ". ")
    .replace(/:? [Ii]n scope .*$/, ".")
    .replace(/: while executing .*$/s, ".")
    .replace(/ Expected one of: .*$/, "")
    .replace(
      /^\S+: Not enough privileges\. .* the grant SELECT(?:\(.*\))? ON (?:leadwire\.)?(\w+).*$/,
      "This token may not read $1.",
    )
    .replace(/([.?])\.+$/, "$1");
  const hint = hints[name];
  return hint === undefined ? plain : `${plain} ${hint}`;
};

/** A fault of ClickHouse, in words for the one who asked. */
export const judgementOf = (fault: StoreFault): Judgement => {
  switch (fault._tag) {
    case "Unavailable":
      return {
        _tag: "Unavailable",
        message: `ClickHouse does not answer: ${fault.detail}. Try again.`,
        code: unavailableCode,
      };
    case "Overloaded":
      return {
        _tag: "Failed",
        message: `The query needs more than it may use: ${fault.detail} Ask for less at once.`,
        code: fault.code === 0 ? tooMuchCode : fault.code,
      };
    case "Rejected":
      return multiStatement.test(fault.detail)
        ? refused({
            message: "One statement at a time: remove what follows the first semicolon.",
            code: refusalCodes.syntax,
          })
        : { _tag: "Failed", message: plainMessage(fault.detail, fault.name), code: fault.code };
  }
};
