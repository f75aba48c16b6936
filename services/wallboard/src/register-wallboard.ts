import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { LiveBoardSource } from "./board-source.ts";
import { type BoardStream, createBoardStream } from "./board-stream.ts";
import type { Timer } from "./frame-pacer.ts";
import { buildPageAssets, type PageAsset } from "./page-assets.ts";

export interface WallboardOptions {
  /** The clock, for the times in frames and for the pace of frames. */
  readonly nowMs: () => number;
  /** At most one frame in this time (default 33). */
  readonly frameMs?: number;
  /** A comment on every stream in this time (default 10,000); the page takes twice and a half of it as a cut. */
  readonly heartbeatMs?: number;
  /** A client whose socket stays full for this long is cut off (default 30,000). */
  readonly stallLimitMs?: number;
  /** Streams beyond this many are refused with 503 (default 1,000). */
  readonly maxWatchers?: number;
}

/** For metrics. */
export interface WallboardStats {
  /** Pages that are watching. */
  readonly watchers: () => number;
  /** Frames sent to all of them since the start. */
  readonly framesPushed: () => number;
}

/** Nothing but our own files, no inline script or style, no string ever read as markup. */
const securityHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

const streamHead: Readonly<Record<string, string>> = {
  ...securityHeaders,
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
  connection: "keep-alive",
};

const timerOf = (nowMs: () => number): Timer => ({
  nowMs,
  after: (delayMs, task) => {
    const handle = setTimeout(task, delayMs);
    return () => clearTimeout(handle);
  },
});

const sendAsset = (request: FastifyRequest, reply: FastifyReply, asset: PageAsset, cache: string): FastifyReply => {
  const zipped = (request.headers["accept-encoding"] ?? "").includes("gzip");
  void reply.headers({ ...securityHeaders, "cache-control": cache, vary: "accept-encoding" });
  if (zipped) void reply.header("content-encoding", "gzip");
  return reply.type(asset.contentType).send(zipped ? asset.gzipped : asset.plain);
};

/** Opens one stream: head, what the client misses, then frames until either side ends it. */
const openStream = (stream: BoardStream, request: FastifyRequest, reply: FastifyReply): void => {
  reply.hijack();
  const response = reply.raw;
  response.writeHead(200, { ...streamHead });
  const lastEventId = request.headers["last-event-id"];
  const client = stream.connect(response, typeof lastEventId === "string" ? lastEventId : null);
  response.on("drain", client.drained);
  response.on("close", () => stream.disconnect(client));
  response.on("error", () => stream.disconnect(client));
};

/**
 * Adds the live page to an app: `/`, `/assets/*`, `/api/board` (the whole board as JSON) and `/api/board/stream` (the
 * pushed one; resumes after `Last-Event-ID`). Streams end with the app. Throws when the page does not compile.
 */
export const registerWallboard = (
  app: FastifyInstance,
  source: LiveBoardSource,
  options: WallboardOptions,
): WallboardStats => {
  const assets = buildPageAssets();
  const settings = {
    build: assets.build,
    epoch: options.nowMs().toString(36),
    frameMs: options.frameMs ?? 33,
    heartbeatMs: options.heartbeatMs ?? 10_000,
    stallLimitMs: options.stallLimitMs ?? 30_000,
  };
  const maxWatchers = options.maxWatchers ?? 1_000;
  const stream = createBoardStream(source, settings, timerOf(options.nowMs));

  app.get("/", (request, reply) => sendAsset(request, reply, assets.index, "no-cache"));
  app.get<{ Params: { name: string } }>("/assets/:name", (request, reply) => {
    const file = assets.files.get(request.params.name);
    if (file !== undefined) return sendAsset(request, reply, file, "public, max-age=31536000, immutable");
    return reply
      .code(404)
      .headers(securityHeaders)
      .send({ error: `There is no asset ${request.params.name}.` });
  });
  app.get("/api/board", (_request, reply) =>
    reply
      .headers({ ...securityHeaders, "cache-control": "no-store" })
      .type("application/json")
      .send(stream.snapshot()),
  );
  // A HEAD request would hold a stream open that nobody reads.
  app.get("/api/board/stream", { exposeHeadRoute: false }, (request, reply) => {
    if (stream.watchers() < maxWatchers) return openStream(stream, request, reply);
    void reply.code(503).header("retry-after", "10");
    void reply.send({
      error: `${maxWatchers} pages are watching, which is the limit. Close one, or raise maxWatchers.`,
    });
  });
  // Before the server waits for its connections: a stream would otherwise hold the close back for ever.
  app.addHook("preClose", (done) => {
    stream.close();
    done();
  });
  return { watchers: stream.watchers, framesPushed: stream.framesPushed };
};
