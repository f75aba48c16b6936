import type { LogRecord } from "@leadwire/log";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isLeft } from "fp-ts/lib/Either.js";
import { type BodyFault, jsonItems, lineItems } from "./body-events.ts";
import { ByteBudget } from "./byte-budget.ts";
import { type PlaceOptions, placeEvents } from "./place-events.ts";

export interface DoorLimits {
  /** A larger body is refused with 413. */
  readonly bodyBytesMax: number;
  readonly eventsMax: number;
  /** Of all requests being worked on; beyond it 429. */
  readonly inFlightBytesMax: number;
}

const defaultDoorLimits: DoorLimits = {
  bodyBytesMax: 8 * 1024 * 1024,
  eventsMax: 10_000,
  inFlightBytesMax: 64 * 1024 * 1024,
};

export interface DoorOptions extends PlaceOptions {
  /** Resolves when every record is durable. */
  readonly append: (records: ReadonlyArray<LogRecord>) => Promise<void>;
  readonly limits?: Partial<DoorLimits>;
}

const jsonType = "application/json";
const lineTypes: ReadonlyArray<string> = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

const sendProblem = (reply: FastifyReply, status: number, code: string, detail: string): FastifyReply =>
  reply
    .code(status)
    .type("application/problem+json; charset=utf-8")
    .send(JSON.stringify({ title: "Not accepted", status, code, detail }));

const mediaType = (request: FastifyRequest): string =>
  (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";

const statusOfFault = (fault: BodyFault): number => (fault._tag === "TooManyEvents" ? 413 : 400);

/** The tag of a fault of the log; see the log's README. */
const tagOf = (cause: unknown): string =>
  cause instanceof Error && "_tag" in cause && typeof cause._tag === "string" ? cause._tag : "";

const sendAppendFault = (reply: FastifyReply, cause: unknown): FastifyReply => {
  const found = cause instanceof Error ? cause.message : String(cause);
  const detail = `Nothing of this request is acknowledged: ${found} Send it again later; repeats are recognised.`;
  const status = tagOf(cause) === "Overloaded" ? 429 : 503;
  return sendProblem(reply.header("retry-after", "1"), status, tagOf(cause) || "AppendFailed", detail);
};

/**
 * Adds `POST /v1/events`: one JSON object, an array, or NDJSON in the JSON form. Answered only when every accepted event
 * is durable, with a result per event: 200 where all are accepted, 422 where any is refused (the others are accepted).
 * 400, 413, 415, 429 and 503 refuse the request whole. Only JSON types are read, so that no page of another site can
 * post here without the browser asking first.
 */
export const registerDoor = (app: FastifyInstance, options: DoorOptions): void => {
  const limits = { ...defaultDoorLimits, ...options.limits };
  const budget = new ByteBudget(limits.inFlightBytesMax);
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      [jsonType, ...lineTypes],
      { parseAs: "buffer", bodyLimit: limits.bodyBytesMax },
      (_request, body, done) => done(null, body),
    );
    scope.setErrorHandler((fault: { statusCode?: number; message: string }, _request, reply) => {
      const status = fault.statusCode ?? 500;
      if (status === 413) return sendProblem(reply, 413, "BodyTooLarge", tooLargeText(limits));
      if (status === 415) return sendProblem(reply, 415, "WrongType", typeText);
      return sendProblem(reply, status, "BadRequest", fault.message);
    });
    scope.addHook("onRequest", async (request, reply) => holdBudget(request, reply, budget, limits));
    scope.post("/v1/events", (request, reply) => accept(request, reply, options, limits));
  });
};

const tooLargeText = ({ bodyBytesMax }: DoorLimits): string =>
  `The body is larger than ${bodyBytesMax} bytes. Send the events in several requests.`;
const typeText = `Expected content-type ${jsonType} (one event or an array) or ${lineTypes[0]} (one event per line).`;

/** Takes the body's bytes for as long as the request lives, before any of them is read. */
const holdBudget = (
  request: FastifyRequest,
  reply: FastifyReply,
  budget: ByteBudget,
  limits: DoorLimits,
): FastifyReply | undefined => {
  const length = Number(request.headers["content-length"] ?? limits.bodyBytesMax);
  if (length > limits.bodyBytesMax) return sendProblem(reply, 413, "BodyTooLarge", tooLargeText(limits));
  const release = budget.take(length);
  if (release === undefined) {
    const detail = `${budget.taken} bytes of other requests are being worked on. Wait for earlier answers, then send again.`;
    return sendProblem(reply.header("retry-after", "1"), 429, "TooBusy", detail);
  }
  reply.raw.once("close", release);
  return undefined;
};

const accept = async (
  request: FastifyRequest,
  reply: FastifyReply,
  options: DoorOptions,
  limits: DoorLimits,
): Promise<FastifyReply> => {
  const body = request.body;
  if (!Buffer.isBuffer(body)) return sendProblem(reply, 415, "WrongType", typeText);
  const read = mediaType(request) === jsonType ? jsonItems : lineItems;
  const items = read(body, limits.eventsMax);
  if (isLeft(items)) return sendProblem(reply, statusOfFault(items.left), items.left._tag, items.left.message);
  const { records, results, refused } = placeEvents(items.right, options);
  try {
    if (records.length > 0) await options.append(records);
  } catch (cause) {
    return sendAppendFault(reply, cause);
  }
  return reply.code(refused === 0 ? 200 : 422).send({ accepted: records.length, refused, results });
};
