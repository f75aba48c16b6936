import type { FastifyInstance } from "fastify";
import { viewerOf } from "../access/access-guard.ts";
import { seenShows, seesBoard } from "../access/board-access.ts";
import type { BoardShelf } from "../board-file/board-shelf.ts";
import { noBoard, sendProblem } from "../problem.ts";

/** Whatever stands below a board belongs to it: its stream, its tiles, what explains them. */
const ofBoard = /^(?:\/api)?\/boards\/:id(?:\/|$)/u;
const ofShow = /^\/show\/:id(?:\/|$)/u;

const idOf = (params: unknown): string =>
  typeof params === "object" && params !== null && "id" in params && typeof params.id === "string" ? params.id : "";

/** Holds every request for a board or a slideshow against what its viewer may see: any other is not there for them. */
export const scopeBoards = (app: FastifyInstance, shelf: BoardShelf): void => {
  app.addHook("onRequest", async (request, reply) => {
    const route = request.routeOptions.url ?? "";
    const id = idOf(request.params);
    if (ofBoard.test(route) && !seesBoard(viewerOf(request), id, shelf.slideshows()))
      return sendProblem(reply, noBoard(id));
    if (ofShow.test(route) && !seenShows(viewerOf(request), shelf.slideshows()).some((show) => show.id === id)) {
      const detail = `There is no slideshow ${JSON.stringify(id)} here. /api/slideshows lists those that there are.`;
      return sendProblem(reply, { status: 404, title: "Not found", code: "NoSlideshow", detail });
    }
    return undefined;
  });
};
