import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import type { ReaderLogin } from "@leadwire/store";
import type { SqlAsk } from "./sql-ask.ts";

/** As it goes out, for one reader. */
export interface SentAsk extends Omit<SqlAsk, "queryId"> {
  /** Nobody else's, whatever the one who asks calls it. */
  readonly sentId: string;
}

/** A query may tell its progress in headers for as long as it runs. */
const headerBytesMax = 4 << 20;

const addressOf = (login: ReaderLogin, ask: SentAsk): URL => {
  const address = new URL(login.url);
  const words = address.searchParams;
  for (const [name, value] of Object.entries(ask.settings)) words.set(name, value);
  for (const [name, value] of Object.entries(ask.parameters)) words.set(`param_${name}`, value);
  words.set("database", "leadwire");
  words.set("query_id", ask.sentId);
  if (ask.format !== undefined) words.set("default_format", ask.format);
  return address;
};

/**
 * Sends a statement as a reader; resolves with the head of the answer, rejects where none came. Aborted, the connection
 * is cut, whereupon ClickHouse ends the query. A connection serves one statement: one that is kept may be cut at any moment by a
 * server that restarts, and whether the statement then ran would be unknown.
 */
export const sendAsk = (login: ReaderLogin, ask: SentAsk, signal: AbortSignal): Promise<IncomingMessage> => {
  const address = addressOf(login, ask);
  const body = Buffer.from(ask.sql);
  // Packed twice, an error of ClickHouse's comes out empty.
  const accepts = ask.settings.compress === "1" || ask.settings.compress === "true" ? undefined : ask.accepts;
  const send = address.protocol === "https:" ? tlsRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const request = send(address, {
      method: "POST",
      agent: false,
      signal,
      maxHeaderSize: headerBytesMax,
      headers: {
        ...login.headers,
        "content-type": "text/plain; charset=utf-8",
        "content-length": body.length,
        ...(accepts === undefined ? {} : { "accept-encoding": accepts }),
      },
    });
    request.once("response", resolve);
    request.once("error", reject);
    request.end(body);
  });
};
