import type { Contact } from "@leadwire/events";
import type { FastifyInstance, FastifyReply } from "fastify";
import { isLeft } from "fp-ts/lib/Either.js";
import { decodeAppendFrame } from "./append-frame.ts";
import type { SealingEngine } from "./engine-port.ts";
import { encodeEventChunk } from "./event-frame.ts";
import { bearsToken } from "./local-caller.ts";
import { problem, sendProblem } from "./problem.ts";
import { registerRebuild } from "./rebuild-routes.ts";

/** A client sends frames of about a quarter of this; one record alone may be larger than that. */
const appendBytesMax = 64 * 1024 * 1024;
const frameType = "application/octet-stream";

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

const badBody = (reply: FastifyReply, detail: string): FastifyReply =>
  sendProblem(reply, problem(400, "Bad request", "BadBody", detail));

/** A field of a JSON body where it is a text. */
const textOf = (body: unknown, name: string): string | undefined => {
  if (typeof body !== "object" || body === null) return undefined;
  const value: unknown = Reflect.get(body, name);
  return typeof value === "string" ? value : undefined;
};

const contactOf = (body: unknown): Contact =>
  Object.fromEntries(
    (["name", "email", "phone", "company"] as const).flatMap((name) => {
      const text = textOf(body, name);
      return text === undefined ? [] : [[name, text]];
    }),
  );

/** What the command line asks the process that owns the data directory. Every route needs the token. */
export const registerInternal = (scope: FastifyInstance, engine: SealingEngine, token: string): void => {
  scope.addHook("onRequest", async (request, reply) => {
    if (bearsToken(request, token)) return undefined;
    const detail = "The token is not the one in the data directory's owner.json.";
    return sendProblem(reply, problem(401, "Not allowed", "BadToken", detail));
  });
  scope.setErrorHandler((fault: { statusCode?: number }, _request, reply) => {
    const status = fault.statusCode ?? 500;
    return sendProblem(reply, problem(status, "The engine failed", "Failed", messageOf(fault)));
  });
  scope.addContentTypeParser(frameType, { parseAs: "buffer", bodyLimit: appendBytesMax }, (_request, body, done) =>
    done(null, body),
  );
  registerWrites(scope, engine);
  registerSql(scope, engine);
  registerReads(scope, engine);
  registerRebuild(scope, engine.rebuilds);
};

const registerWrites = (scope: FastifyInstance, engine: SealingEngine): void => {
  scope.post("/append", async (request, reply) => {
    if (!Buffer.isBuffer(request.body)) return badBody(reply, `expected a frame of records as ${frameType}`);
    const records = decodeAppendFrame(request.body);
    if (isLeft(records)) return badBody(reply, records.left);
    await engine.append(records.right);
    return { appended: records.right.length };
  });
  scope.post("/settle", async () => {
    await engine.settle();
    return {};
  });
  scope.post("/seal", async (request, reply) => {
    const leadId = textOf(request.body, "lead_id");
    if (leadId === undefined) return badBody(reply, "expected lead_id");
    const body: unknown = request.body;
    const contact = typeof body === "object" && body !== null && "contact" in body ? body.contact : undefined;
    const sealed = await engine.seal(leadId, contactOf(contact));
    return { sealed: sealed === null ? null : Buffer.from(sealed).toString("base64") };
  });
};

const registerSql = (scope: FastifyInstance, engine: SealingEngine): void => {
  scope.post("/sql", async (request, reply) => {
    const sql = textOf(request.body, "sql");
    if (sql === undefined) return badBody(reply, "expected sql");
    const answer = await engine.sql(sql, textOf(request.body, "format"));
    if (isLeft(answer)) {
      const { _tag, message } = answer.left;
      return sendProblem(reply, problem(_tag === "Unavailable" ? 503 : 422, "No answer", _tag, message));
    }
    const { buffer, byteOffset, byteLength } = answer.right;
    return reply.type(frameType).send(Buffer.from(buffer, byteOffset, byteLength));
  });
};

const registerReads = (scope: FastifyInstance, engine: SealingEngine): void => {
  scope.get("/ledger", () => engine.ledger());
  scope.get("/workspace", () => engine.workspace());
  scope.get("/grants", () => engine.grants());
  scope.get("/status", () => engine.status());
  scope.post("/verify", () => engine.verify());
  scope.get("/events", () => engine.eventEnds());
  scope.get<{ Params: { topic: string; partition: string }; Querystring: { from?: string } }>(
    "/events/:topic/:partition",
    async (request, reply) => {
      const [partition, from] = [Number(request.params.partition), Number(request.query.from)];
      if (!Number.isSafeInteger(partition) || !Number.isSafeInteger(from) || partition < 0 || from < 0)
        return badBody(reply, "expected a partition and an offset to read from, whole numbers");
      const chunk = await engine.readEvents({ topic: request.params.topic, partition }, from);
      return reply.type(frameType).send(encodeEventChunk(chunk));
    },
  );
  scope.get<{ Params: { id: string } }>("/backfill/:id", (request) => engine.backfill(request.params.id));
  scope.get<{ Querystring: { limit?: string; reason?: string } }>("/quarantine", async (request, reply) => {
    const limit = Number(request.query.limit);
    if (!Number.isSafeInteger(limit) || limit < 1) return badBody(reply, "expected limit to be a whole number above 0");
    return engine.quarantineList(limit, request.query.reason);
  });
  scope.get<{ Params: { id: string } }>("/quarantine/:id", async (request) => {
    const record = await engine.quarantineShow(request.params.id);
    return { record: record === null ? null : { ...record, bytes: Buffer.from(record.bytes).toString("base64") } };
  });
};
