import { derivedRegistry, type EventCodec, eventCodec } from "@leadwire/events";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isLeft } from "fp-ts/lib/Either.js";
import { Admission } from "./admission.ts";
import { type BodyFault, type BodyItem, jsonItems, lineItems } from "./body-events.ts";
import { type DoorLimits, type DoorOptions, type DoorOutcome, defaultDoorLimits } from "./door-options.ts";
import {
  appendFault,
  appendTooSlow,
  bodyTooLarge,
  bodyTooSlow,
  type DoorProblem,
  failed,
  jsonType,
  lineTypes,
  sendProblem,
  wrongType,
} from "./door-problem.ts";
import { contactLeads, type PlacedEvents, placeEvents } from "./place-events.ts";
import type { Grant } from "./source-keys.ts";
import { unpackedBody } from "./unpacked-body.ts";

/** One request from its headers to its answer. */
interface Visit {
  grant: Grant;
  outcome: DoorOutcome;
  accepted: number;
  refused: number;
  /** Ends the wait for the body. */
  readonly bodyTimer: NodeJS.Timeout;
}

const path = "/v1/events";

/**
 * Adds `POST /v1/events`: one JSON object, an array, or NDJSON in the JSON form, plain or gzip. Answered only when every
 * accepted event is durable, with a result per event in the body's order: 200 where all are accepted, 422 where any is
 * refused (the others are accepted). 400, 401, 408, 413, 415, 429 and 503 refuse the request whole. Only JSON types are
 * read, so that no page of another site can post here without the browser asking first.
 */
export const registerDoor = (app: FastifyInstance, options: DoorOptions): void => {
  void app.register(async (scope) => new Door(options).register(scope));
};

class Door {
  private readonly options: DoorOptions;
  private readonly limits: DoorLimits;
  private readonly admission: Admission;
  private readonly codec: EventCodec;
  private readonly visits = new WeakMap<FastifyRequest, Visit>();

  constructor(options: DoorOptions) {
    this.options = options;
    this.limits = { ...defaultDoorLimits, ...options.limits };
    this.admission = new Admission(options, this.limits);
    this.codec = eventCodec(options.registry ?? derivedRegistry);
  }

  register(scope: FastifyInstance): void {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      [jsonType, ...lineTypes],
      { parseAs: "buffer", bodyLimit: this.limits.bodyBytesMax },
      (_request, body, done) => done(null, body),
    );
    scope.setErrorHandler((fault: { statusCode?: number; message: string }, request, reply) =>
      this.refuse(request, reply, this.problemOf(fault)),
    );
    scope.addHook("onRequest", async (request, reply) => this.enter(request, reply));
    scope.post(path, (request, reply) => this.accept(request, reply));
  }

  /** Takes the body's bytes for as long as the request lives, before any of them is read. */
  private enter(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
    const startMs = this.options.nowMs();
    const admitted = this.admission.admit(request, startMs);
    const bodyTimer = setTimeout(() => this.giveUp(request, reply), this.limits.bodyMsMax);
    const grant = admitted.grant ?? { source: "" };
    const visit: Visit = { grant, outcome: "aborted", accepted: 0, refused: 0, bodyTimer };
    this.visits.set(request, visit);
    reply.raw.once("close", () => {
      clearTimeout(bodyTimer);
      if (admitted._tag === "admitted") admitted.release();
      this.tell(visit, startMs);
    });
    return admitted._tag === "refused" ? this.refuse(request, reply, admitted.problem) : undefined;
  }

  private tell({ outcome, grant, accepted, refused }: Visit, startMs: number): void {
    const { onRequest, nowMs } = this.options;
    onRequest?.({ outcome, source: grant.source, accepted, refused, ms: Math.max(0, nowMs() - startMs) });
  }

  /** A body that trickles in holds its bytes no longer than this. */
  private giveUp(request: FastifyRequest, reply: FastifyReply): void {
    if (reply.sent) return;
    reply.raw.once("finish", () => request.raw.destroy());
    this.refuse(request, reply.header("connection", "close"), bodyTooSlow(this.limits));
  }

  private refuse(request: FastifyRequest, reply: FastifyReply, problem: DoorProblem): FastifyReply {
    const visit = this.visits.get(request);
    // Answered already: the body ended early because of that answer.
    if (reply.sent) return reply;
    if (visit !== undefined) visit.outcome = problem.outcome;
    return sendProblem(reply, problem);
  }

  private problemOf(fault: { statusCode?: number; message: string }): DoorProblem {
    const { statusCode = 500, message } = fault;
    if (statusCode === 413) return bodyTooLarge(this.limits);
    if (statusCode === 415) return wrongType;
    if (statusCode < 500) return { status: statusCode, code: "BadRequest", detail: message, outcome: "malformed" };
    this.options.onFault?.(fault);
    return failed;
  }

  private async accept(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const visit = this.visits.get(request);
    if (visit === undefined) throw new Error("a request came in past the door");
    clearTimeout(visit.bodyTimer);
    if (!Buffer.isBuffer(request.body)) return this.refuse(request, reply, wrongType);
    const body = await unpackedBody(request.body, request.headers["content-encoding"], this.limits);
    if (isLeft(body)) return this.refuse(request, reply, body.left);
    const read = mediaType(request) === jsonType ? jsonItems : lineItems;
    const items = read(body.right, this.limits.eventsMax);
    if (isLeft(items)) return this.refuse(request, reply, problemOfBody(items.left));
    this.admission.count(visit.grant, items.right.length, this.options.nowMs());
    const placed = await this.placed(items.right, visit.grant);
    if ("status" in placed) return this.refuse(request, reply, placed);
    visit.accepted = placed.records.length;
    visit.refused = placed.refused;
    visit.outcome = placed.refused === 0 ? "accepted" : "some_refused";
    const { results, refused } = placed;
    return reply.code(refused === 0 ? 200 : 422).send({ accepted: visit.accepted, refused, results });
  }

  /** 1. The leads' keys, durable. 2. The events sealed with them, durable. Resolves to why not where either fails. */
  private async placed(items: ReadonlyArray<BodyItem>, grant: Grant): Promise<PlacedEvents | DoorProblem> {
    const { append, prepareKeys } = this.options;
    let timer: NodeJS.Timeout | undefined;
    const tooSlow = new Promise<DoorProblem>((resolve) => {
      timer = setTimeout(() => resolve(appendTooSlow(this.limits)), this.limits.appendMsMax);
    });
    const work = async (): Promise<PlacedEvents> => {
      if (prepareKeys !== undefined) {
        const leads = contactLeads(items, grant);
        if (leads.size > 0) await prepareKeys(leads);
      }
      const placed = placeEvents(items, { ...this.options, grant, encodeEvent: this.codec.encodeEvent });
      if (placed.records.length > 0) await append(placed.records);
      return placed;
    };
    try {
      return await Promise.race([work().catch(appendFault), tooSlow]);
    } finally {
      clearTimeout(timer);
    }
  }
}

const mediaType = (request: FastifyRequest): string =>
  (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";

const problemOfBody = ({ _tag, message }: BodyFault): DoorProblem =>
  _tag === "TooManyEvents"
    ? { status: 413, code: _tag, detail: message, outcome: "too_large" }
    : { status: 400, code: _tag, detail: message, outcome: "malformed" };
