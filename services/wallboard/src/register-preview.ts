import type { FastifyInstance } from "fastify";
import type { WallSource } from "./board-source.ts";
import { isBoardBody } from "./boards/board-body.ts";
import { type Problem, sendProblem } from "./problem.ts";
import { securityHeaders } from "./security-headers.ts";

/** A tile with the longest text that it may have. */
const bodyBytesMax = 65_536;

const refusal = (reasons: ReadonlyArray<string>): Problem => ({
  status: 422,
  title: "Not a tile",
  code: "Refused",
  detail: reasons.join("\n"),
  more: { reasons },
});

/**
 * `POST /api/tiles/preview`: what a tile would show, before the board that it is for is saved. Nothing is kept of it, but
 * it asks what only editors may: the guard lets nobody else post.
 */
export const registerPreview = (app: FastifyInstance, wall: Pick<WallSource, "preview">): void => {
  app.post("/api/tiles/preview", { bodyLimit: bodyBytesMax }, (request, reply) => {
    const board: unknown = {
      ...{ id: "preview", title: "preview", theme: "auto", celebrate: { targets: false, sound: false } },
      tiles: [request.body],
    };
    const reasons: string[] = [];
    if (!isBoardBody(board, reasons)) return sendProblem(reply, refusal(reasons));
    const [tile] = board.tiles;
    const preview = tile === undefined ? { reasons } : wall.preview(tile);
    if ("reasons" in preview) return sendProblem(reply, refusal(preview.reasons));
    return reply
      .headers({ ...securityHeaders, "cache-control": "no-store" })
      .type("application/json; charset=utf-8")
      .send(JSON.stringify(preview.data));
  });
};
