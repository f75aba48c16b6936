import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { request as requestPlain } from "node:http";
import { type RequestOptions, request as requestTls } from "node:https";
import type { SendOutcome } from "@leadwire/alerts";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import { type AllowedPrivate, type CheckedHost, checkHost } from "./address-guard.ts";
import type { ChannelDeps } from "./channel-deps.ts";
import type { Endpoint } from "./endpoint.ts";
import { networkFaultText } from "./network-fault.ts";
import { orAborted } from "./or-aborted.ts";

export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly endpoint: Endpoint;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Its beginning, where it was longer or slower than what is read. */
  readonly body: string;
}

type Deps = Pick<ChannelDeps, "lookup" | "limits" | "authorities">;

/** Reads up to the limits, then lets go of the connection: an endless body costs no more than a long one. */
const readBody = (response: IncomingMessage, { answerBytesMax, answerMsMax }: Deps["limits"]): Promise<string> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const done = (): void => {
      clearTimeout(timer);
      response.destroy();
      resolve(Buffer.concat(chunks).subarray(0, answerBytesMax).toString("utf8"));
    };
    const timer = setTimeout(done, answerMsMax);
    response.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= answerBytesMax) done();
    });
    response.on("end", done);
    response.on("error", done);
    response.on("close", done);
  });

const optionsOf = (request: HttpRequest, host: CheckedHost, signal: AbortSignal, deps: Deps): RequestOptions => {
  const { url, host: hostname } = request.endpoint;
  return {
    method: request.method,
    protocol: url.protocol,
    host: hostname,
    port: url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port),
    path: `${url.pathname}${url.search}`,
    headers: {
      ...request.headers,
      ...(request.body === undefined ? {} : { "content-length": Buffer.byteLength(request.body) }),
    },
    lookup: host.lookup,
    // A connection of its own: none that is kept, none through a proxy of the environment.
    agent: false,
    signal,
    rejectUnauthorized: true,
    ...(deps.authorities === undefined ? {} : { ca: deps.authorities }),
  };
};

const ask = (request: HttpRequest, host: CheckedHost, signal: AbortSignal, deps: Deps): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    const send = request.endpoint.url.protocol === "https:" ? requestTls : requestPlain;
    const sent = send(optionsOf(request, host, signal, deps), (response) => {
      readBody(response, deps.limits).then((body) => {
        sent.destroy();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      }, reject);
    });
    // Stays for as long as the request does: a connection may still fail once its answer is known.
    sent.on("error", reject);
    sent.end(request.body);
  });

/**
 * One request to the very addresses that were checked. No redirect is followed, no proxy asked, TLS is verified, and
 * the time until the answer's head is bounded. Left: what to make of a request that had no answer.
 */
export const askHttp = async (
  request: HttpRequest,
  allowed: AllowedPrivate,
  signal: AbortSignal,
  deps: Deps,
): Promise<Either<SendOutcome, HttpAnswer>> => {
  const { endpoint } = request;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), deps.limits.timeMsMax);
  const either = AbortSignal.any([signal, limit.signal]);
  try {
    const host = await orAborted(checkHost(endpoint.host, deps.lookup, allowed), either);
    if (isLeft(host)) {
      const { _tag, detail } = host.left;
      return left({ _tag: _tag === "Closed" ? "Refused" : "Retry", detail });
    }
    return right(await ask(request, host.right, either, deps));
  } catch (error) {
    if (signal.aborted) return left({ _tag: "Retry", detail: "Sending was stopped." });
    const text = limit.signal.aborted ? `no answer within ${deps.limits.timeMsMax / 1000} s` : networkFaultText(error);
    return left({ _tag: "Retry", detail: `${endpoint.shown}: ${text}.` });
  } finally {
    clearTimeout(timer);
  }
};
