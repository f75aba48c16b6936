import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { WallSource } from "./board-source.ts";
import { createBoardStreams } from "./board-streams.ts";
import type { Timer } from "./frame-pacer.ts";
import { buildPageAssets, type PageAsset } from "./page-assets.ts";
import { registerPreview } from "./register-preview.ts";
import { registerStreams } from "./register-streams.ts";
import { securityHeaders } from "./security-headers.ts";

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

/** Pages of the app: what they show is the page's to find out. */
const pagePaths = ["/", "/boards/:id", "/show/:id"] as const;
const consolePaths = ["/sql", "/sql/:name"] as const;

/**
 * Adds the live page to an app: the page itself and its assets, and each board as JSON and as a stream. Streams end with
 * the app. Throws when the page does not compile.
 */
export const registerWallboard = (
  app: FastifyInstance,
  wall: WallSource,
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
  const streams = createBoardStreams(wall, settings, timerOf(options.nowMs));

  for (const path of pagePaths) app.get(path, (request, reply) => sendAsset(request, reply, assets.index, "no-cache"));
  for (const path of consolePaths)
    app.get(path, (request, reply) => sendAsset(request, reply, assets.console, "no-cache"));
  app.get<{ Params: { name: string } }>("/assets/:name", (request, reply) => {
    const file = assets.files.get(request.params.name);
    if (file !== undefined) return sendAsset(request, reply, file, "public, max-age=31536000, immutable");
    return reply
      .code(404)
      .headers(securityHeaders)
      .send({ error: `There is no asset ${request.params.name}.` });
  });
  registerPreview(app, wall);
  registerStreams(app, streams, options.maxWatchers ?? 1_000);
  // Before the server waits for its connections: a stream would otherwise hold the close back for ever.
  app.addHook("preClose", (done) => {
    streams.close();
    done();
  });
  return { watchers: streams.watchers, framesPushed: streams.framesPushed };
};
