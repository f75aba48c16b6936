import type { IncomingHttpHeaders } from "node:http";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { codes, type SqlRefusal, sqlRefusal } from "./sql-refusal.ts";

const headerOf = (headers: IncomingHttpHeaders, name: string): string | undefined => {
  const found = headers[name];
  return typeof found === "string" ? found : undefined;
};

/** The password of `Basic …`, or the token of `Bearer …`. */
const ofAuthorization = (header: string | undefined): string | undefined => {
  const [, scheme, value] = /^(basic|bearer) +(\S+) *$/iu.exec(header ?? "") ?? [];
  if (scheme === undefined || value === undefined) return undefined;
  if (scheme.toLowerCase() === "bearer") return value;
  const pair = Buffer.from(value, "base64").toString("utf8");
  const colon = pair.indexOf(":");
  return colon < 0 ? undefined : pair.slice(colon + 1);
};

/**
 * The password that a request shows in any of the ways of ClickHouse's clients; undefined where it shows none, and an empty one
 * is none. The name beside it is free. Cookies are never read: a browser sends them along without anybody's wish.
 */
export const shownPassword = (
  headers: IncomingHttpHeaders,
  query: URLSearchParams,
): Either<SqlRefusal, string | undefined> => {
  const shown = new Set(
    [ofAuthorization(headers.authorization), headerOf(headers, "x-clickhouse-key"), ...query.getAll("password")].filter(
      (password) => password !== undefined && password !== "",
    ),
  );
  if (shown.size > 1)
    return left(sqlRefusal(codes.unknownLogin, "The request shows several passwords: send the token once."));
  return right([...shown][0]);
};
