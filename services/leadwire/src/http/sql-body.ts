import { outputFormatOf, queryBytesMax, type SqlAsk } from "@leadwire/query";
import { type Either, left, right } from "fp-ts/lib/Either.js";

const example =
  'such as {"sql": "SELECT count() FROM leads WHERE team = {team:String}", "parameters": {"team": "North"}}';

/** As ClickHouse reads text: tab separated, so some signs are escaped. */
const escaped = (text: string): string =>
  text.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r");

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** Within an array. */
const elementText = (value: unknown): string | undefined => {
  if (value === null) return "NULL";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (!Array.isArray(value)) return undefined;
  const elements = value.map(elementText);
  return elements.includes(undefined) ? undefined : `[${elements.join(",")}]`;
};

/** A value of JSON as ClickHouse reads a parameter; undefined where it can be none. */
const parameterText = (value: unknown): string | undefined => {
  if (value === null) return "\\N";
  return typeof value === "string" ? escaped(value) : elementText(value);
};

const parametersOf = (value: unknown): Either<string, Readonly<Record<string, string>>> => {
  if (value === undefined) return right({});
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return left("parameters: expected an object of values by name.");
  const texts: Record<string, string> = {};
  for (const [name, given] of Object.entries(value)) {
    const text = parameterText(given);
    if (text === undefined)
      return left(`parameters.${name}: expected a text, number, boolean, null, or an array of them.`);
    texts[name] = text;
  }
  return right(texts);
};

const textOf = (body: object, name: string): string | undefined | null => {
  const value: unknown = Object.entries(body).find(([key]) => key === name)?.[1];
  return value === undefined ? undefined : typeof value === "string" ? value : null;
};

/**
 * Reads the body of `POST /api/sql`. Unless it wants a stream, the answer is held back until the query has ended: it is whole, or
 * an error.
 */
export const sqlBodyOf = (body: unknown): Either<string, SqlAsk> => {
  if (typeof body !== "object" || body === null) return left(`Expected JSON ${example}.`);
  const sql = textOf(body, "sql");
  if (typeof sql !== "string") return left(`sql: expected a statement, ${example}.`);
  if (Buffer.byteLength(sql) > queryBytesMax) return left(`sql: expected at most ${queryBytesMax / 1024} KiB.`);
  const format = textOf(body, "format");
  if (format === null) return left('format: expected a text, such as "JSON" or "CSV".');
  const queryId = textOf(body, "query_id");
  if (queryId === null || (queryId !== undefined && !/^[\w.:-]{1,100}$/u.test(queryId)))
    return left("query_id: expected up to 100 letters, digits and the signs - _ . :");
  const parameters = parametersOf("parameters" in body ? body.parameters : undefined);
  if (parameters._tag === "Left") return parameters;
  const isStream = "stream" in body && body.stream === true;
  return right({
    sql,
    parameters: parameters.right,
    settings: isStream ? {} : { wait_end_of_query: "1" },
    format: format === undefined ? "JSON" : (outputFormatOf(format) ?? format),
    ...(queryId === undefined ? {} : { queryId }),
  });
};
