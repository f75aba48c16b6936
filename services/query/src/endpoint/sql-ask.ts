import type { IncomingHttpHeaders } from "node:http";
import { serverReaderLimits } from "@leadwire/store";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import { refusalSentence } from "../gate/refusal.ts";
import { formFields, isForm } from "./form-fields.ts";
import { codes, type SqlRefusal, sqlRefusal } from "./sql-refusal.ts";

/** A statement with all that decides how ClickHouse answers it. */
export interface SqlAsk {
  readonly sql: string;
  /** Values of `{name:Type}`, as ClickHouse reads them. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Settings and words of the protocol, for ClickHouse's address. */
  readonly settings: Readonly<Record<string, string>>;
  /** As the one who asks named it. */
  readonly queryId?: string;
  /** Where the statement names none. */
  readonly format?: string;
  /** What the answer may be packed with, as `Accept-Encoding`. */
  readonly accepts?: string;
}

/** Why a setting may not be sent along. */
export type SettingRefusal = (name: string, value: string) => string | undefined;

/** Who asks is known by then; quotas are ours to set; nobody is shown a stack. */
const passedOver: ReadonlySet<string> = new Set(["query", "user", "password", "quota_key", "profile", "stacktrace"]);

/** Words of ClickHouse's HTTP interface that are no settings. */
const protocolWords: Readonly<Record<string, RegExp>> = {
  session_id: /^[\w.:+-]{1,200}$/u,
  session_timeout: /^\d{1,4}$/u,
  session_check: /^[01]$/u,
  close_session: /^[01]$/u,
  compress: /^(?:[01]|true|false)$/u,
  wait_end_of_query: /^(?:[01]|true|false)$/u,
  buffer_size: /^\d{1,9}$/u,
  client_protocol_version: /^\d{1,9}$/u,
};

const ownDatabases: ReadonlySet<string> = new Set(["", "default", "leadwire"]);

const wordRefusal = (name: string, value: string): SqlRefusal =>
  sqlRefusal(codes.badArguments, `${name} is ${JSON.stringify(value.slice(0, 80))}, which it cannot be.`);

const databaseRefusal = (database: string): SqlRefusal =>
  sqlRefusal(
    codes.unknownDatabase,
    `Database ${JSON.stringify(database.slice(0, 80))} is not served here: connect to "leadwire". Another one is named in the statement: SELECT name FROM system.tables.`,
  );

/** What a query may be called. */
export const queryIdForm = /^[\w.:+-]{1,100}$/u;

/**
 * What drivers send by themselves and what ours stands for anyway: a time limit made of their own deadline and some seconds (a
 * longer one than a reader's is the reader's), and the packing that ClickHouse takes unless told otherwise.
 */
const isHabitOfDrivers = (name: string, value: string): boolean =>
  (name === "max_execution_time" && Number(value) > serverReaderLimits.seconds) ||
  (name === "network_compression_method" && /^lz4$/iu.test(value));

interface Told {
  sql: string;
  readonly parameters: Record<string, string>;
  readonly settings: Record<string, string>;
  queryId?: string;
  format?: string;
}

/** Takes one field of the address or of a form. */
const tell = (told: Told, name: string, value: string, settingRefusal: SettingRefusal): SqlRefusal | undefined => {
  if (passedOver.has(name)) return undefined;
  if (name.startsWith("param_")) {
    told.parameters[name.slice("param_".length)] = value;
    return undefined;
  }
  if (name === "database") return ownDatabases.has(value) ? undefined : databaseRefusal(value);
  if (name === "role")
    return sqlRefusal(codes.denied, "Roles cannot be chosen here: a token is one reader with its own rights.");
  if (name === "decompress")
    return value === "0" || value === "false"
      ? undefined
      : sqlRefusal(
          codes.unknownCompression,
          "The statement is packed in ClickHouse's own frames (decompress=1): send it plain, or with Content-Encoding: gzip.",
        );
  if (name === "query_id") {
    if (value !== "" && !queryIdForm.test(value)) return wordRefusal(name, value);
    if (value !== "") told.queryId = value;
    return undefined;
  }
  if (name === "default_format") {
    told.format = value;
    return undefined;
  }
  if (isHabitOfDrivers(name, value)) return undefined;
  const form = Object.hasOwn(protocolWords, name) ? protocolWords[name] : undefined;
  if (form !== undefined && !form.test(value)) return wordRefusal(name, value);
  const refusal = form === undefined ? settingRefusal(name, value) : undefined;
  if (refusal !== undefined) return sqlRefusal(codes.denied, refusalSentence(refusal));
  told.settings[name] = value;
  return undefined;
};

const headerOf = (headers: IncomingHttpHeaders, name: string): string | undefined => {
  const found = headers[name];
  return typeof found === "string" && found !== "" ? found : undefined;
};

/** The headers that stand for fields of the address. */
const headerFields: ReadonlyArray<readonly [header: string, field: string]> = [
  ["x-clickhouse-database", "database"],
  ["x-clickhouse-format", "default_format"],
  ["x-clickhouse-query-id", "query_id"],
];

/** Errors packed with lz4 could not be read here, and no client needs it: they take zstd or gzip as well. */
const readable = (accepts: string): string =>
  accepts
    .split(",")
    .map((part) => part.trim())
    .filter((part) => !/^(?:lz4|snappy|xz|bz2|\*)\b/iu.test(part) && part !== "*")
    .join(", ");

export interface AskParts {
  readonly headers: IncomingHttpHeaders;
  readonly query: URLSearchParams;
  /** Unpacked. */
  readonly body: Buffer;
}

const bodyParts = async ({
  headers,
  body,
}: AskParts): Promise<
  Either<SqlRefusal, { readonly text: string; readonly fields: ReadonlyArray<readonly [string, string]> }>
> => {
  const type = headers["content-type"];
  if (!isForm(type) || type === undefined) {
    try {
      return right({ text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body), fields: [] });
    } catch {
      return left(sqlRefusal(codes.badArguments, "The statement is not UTF-8: send it so encoded."));
    }
  }
  const fields = await formFields(type, new Uint8Array(body));
  if (isLeft(fields)) return fields;
  const text = fields.right.flatMap(([name, value]) => (name === "query" ? [value] : [])).join("");
  return right({ text, fields: fields.right });
};

/**
 * Reads a request of ClickHouse's HTTP interface. The statement begins in the address (`query=`) and goes on in the body;
 * where settings stand in a form, too, they count as those of the address do.
 */
export const readAsk = async (parts: AskParts, settingRefusal: SettingRefusal): Promise<Either<SqlRefusal, SqlAsk>> => {
  const { headers, query } = parts;
  const body = await bodyParts(parts);
  if (isLeft(body)) return body;
  const beginning = query.getAll("query").join("");
  const text = body.right.text;
  const told: Told = {
    sql: beginning === "" || text === "" ? beginning + text : `${beginning}\n${text}`,
    parameters: {},
    settings: {},
  };
  const ofHeaders = headerFields.flatMap(([header, field]): ReadonlyArray<readonly [string, string]> => {
    const value = headerOf(headers, header);
    return value === undefined ? [] : [[field, value]];
  });
  for (const [name, value] of [...ofHeaders, ...query, ...body.right.fields]) {
    const refusal = tell(told, name, value, settingRefusal);
    if (refusal !== undefined) return left(refusal);
  }
  const accepts = readable(headerOf(headers, "accept-encoding") ?? "");
  return right({ ...told, ...(accepts === "" ? {} : { accepts }) });
};
