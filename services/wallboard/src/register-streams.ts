import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { BoardStreams } from "./board-streams.ts";
import { noBoard, sendProblem } from "./problem.ts";
import { securityHeaders } from "./security-headers.ts";

const streamHead: Readonly<Record<string, string>> = {
  ...securityHeaders,
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
  connection: "keep-alive",
};

type BoardRequest = FastifyRequest<{ Params: { id: string } }>;

/** Opens one stream: head, what the client misses, then frames until either side ends it. */
const openStream = (streams: BoardStreams, request: BoardRequest, reply: FastifyReply): void => {
  reply.hijack();
  const response = reply.raw;
  response.writeHead(200, { ...streamHead });
  response.flushHeaders();
  const lastEventId = request.headers["last-event-id"];
  const seen = typeof lastEventId === "string" ? lastEventId : null;
  const watching = streams.connect(request.params.id, response, seen);
  if (watching === undefined) return void response.end();
  response.on("drain", watching.drained);
  response.on("close", watching.leave);
  response.on("error", watching.leave);
};

/**
 * `/api/boards/ID/snapshot` (the whole board as JSON, now) and `/api/boards/ID/stream` (the pushed one; resumes after
 * `Last-Event-ID`).
 */
export const registerStreams = (app: FastifyInstance, streams: BoardStreams, maxWatchers: number): void => {
  app.get<{ Params: { id: string } }>("/api/boards/:id/snapshot", (request, reply) => {
    const { id } = request.params;
    const frame = streams.snapshot(id);
    if (frame === undefined) return sendProblem(reply, noBoard(id));
    return reply
      .headers({ ...securityHeaders, "cache-control": "no-store" })
      .type("application/json")
      .send(JSON.stringify(frame));
  });
  // A HEAD request would hold a stream open that nobody reads.
  app.get<{ Params: { id: string } }>("/api/boards/:id/stream", { exposeHeadRoute: false }, (request, reply) => {
    const { id } = request.params;
    if (!streams.has(id)) return sendProblem(reply, noBoard(id));
    if (streams.watchers() < maxWatchers) return openStream(streams, request, reply);
    const detail = `${maxWatchers} pages are watching, which is the limit. Close one, or raise maxWatchers.`;
    void reply.header("retry-after", "10");
    return sendProblem(reply, { status: 503, title: "Too many pages", code: "TooManyPages", detail });
  });
};
