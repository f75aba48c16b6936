import { problemType } from "@leadwire/api/problem-type";
import type { FastifyReply } from "fastify";
import type { DoorLimits, DoorOutcome } from "./door-options.ts";

/** Why a request is refused whole: RFC 9457, and what it counts as. */
export interface DoorProblem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly outcome: DoorOutcome;
  /** When to try again. */
  readonly retryAfterMs?: number;
}

export const jsonType = "application/json";
export const lineTypes: ReadonlyArray<string> = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

export const sendProblem = (reply: FastifyReply, problem: DoorProblem): FastifyReply => {
  const { status, code, detail, retryAfterMs } = problem;
  if (retryAfterMs !== undefined) void reply.header("retry-after", String(Math.ceil(retryAfterMs / 1_000)));
  if (status === 401) void reply.header("www-authenticate", 'Bearer realm="leadwire"');
  return reply
    .code(status)
    .type("application/problem+json; charset=utf-8")
    .send(JSON.stringify({ type: problemType(code), title: "Not accepted", status, code, detail }));
};

const makeKey = "npx leadwire keys create SOURCE makes one and prints the line for leadwire.yaml";

export const noKey: DoorProblem = {
  status: 401,
  code: "NoKey",
  detail: `The request carries no key; expected the header "authorization: Bearer KEY". ${makeKey}.`,
  outcome: "unauthorised",
};

export const unknownKey: DoorProblem = {
  status: 401,
  code: "UnknownKey",
  detail: `The key is none of those under ingest.keys in leadwire.yaml. ${makeKey}; restart the service after adding it.`,
  outcome: "unauthorised",
};

export const localOnly: DoorProblem = {
  status: 401,
  code: "LocalOnly",
  detail: `This door has no keys, so that only programs on its own machine may send events. ${makeKey}.`,
  outcome: "unauthorised",
};

export const bodyTooLarge = ({ bodyBytesMax }: DoorLimits): DoorProblem => ({
  status: 413,
  code: "BodyTooLarge",
  detail: `The body is larger than ${bodyBytesMax} bytes. Send the events in several requests.`,
  outcome: "too_large",
});

export const wrongType: DoorProblem = {
  status: 415,
  code: "WrongType",
  detail: `Expected content-type ${jsonType} (one event or an array) or ${lineTypes[0]} (one event per line).`,
  outcome: "wrong_type",
};

export const wrongEncoding = (found: string): DoorProblem => ({
  status: 415,
  code: "WrongContentEncoding",
  detail: `content-encoding is ${JSON.stringify(found.slice(0, 80))}; expected gzip, or none.`,
  outcome: "wrong_type",
});

export const notGzip: DoorProblem = {
  status: 400,
  code: "NotGzip",
  detail: "The header content-encoding says gzip, and the body is not gzip, or ends early.",
  outcome: "malformed",
};

export const bodyTooSlow = ({ bodyMsMax }: DoorLimits): DoorProblem => ({
  status: 408,
  code: "BodyTooSlow",
  detail: `The body did not arrive within ${bodyMsMax / 1_000} s. Nothing was taken: send the events again, in smaller requests.`,
  outcome: "timed_out",
});

export const tooBusy = (takenBytes: number, whose: string): DoorProblem => ({
  status: 429,
  code: "TooBusy",
  detail: `${takenBytes} bytes of ${whose} are being worked on. Wait for earlier answers, then send again.`,
  outcome: "too_busy",
  retryAfterMs: 1_000,
});

export const tooFast = (source: string, perSecond: number, waitMs: number): DoorProblem => ({
  status: 429,
  code: "TooFast",
  detail:
    `${source === "" ? "This machine" : `Source "${source}"`} sends more than ${perSecond} events per second. ` +
    "Send again after retry-after seconds; the bound is ingest.rate.events_per_second in leadwire.yaml.",
  outcome: "too_fast",
  retryAfterMs: waitMs,
});

export const appendTooSlow = ({ appendMsMax }: DoorLimits): DoorProblem => ({
  status: 503,
  code: "AppendTooSlow",
  detail:
    `The log has not confirmed the events within ${appendMsMax / 1_000} s; they may be written yet. ` +
    "Send the same events again: repeats are recognised.",
  outcome: "log_failed",
  retryAfterMs: 1_000,
});

export const failed: DoorProblem = {
  status: 500,
  code: "Failed",
  detail: "Leadwire failed on this request; what it met stands in the service's own output. Nothing is acknowledged.",
  outcome: "failed",
};

/** The tag of a fault of the log; see the log's README. */
const tagOf = (cause: unknown): string =>
  cause instanceof Error && "_tag" in cause && typeof cause._tag === "string" ? cause._tag : "";

/** A fault of the log, which passes or is mended. Throws whatever else it is given: a fault of our own. */
export const appendFault = (cause: unknown): DoorProblem => {
  if (tagOf(cause) === "") throw cause;
  const found = cause instanceof Error ? cause.message : String(cause);
  const isBehind = tagOf(cause) === "Overloaded";
  return {
    status: isBehind ? 429 : 503,
    code: tagOf(cause),
    detail: `Nothing of this request is acknowledged: ${found} Send it again later; repeats are recognised.`,
    outcome: isBehind ? "log_behind" : "log_failed",
    retryAfterMs: 1_000,
  };
};
