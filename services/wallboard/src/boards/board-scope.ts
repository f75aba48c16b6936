import type { FastifyInstance } from "fastify";
import { viewerOf } from "../access/access-guard.ts";
import { seenShows, seesBoard } from "../access/board-access.ts";
import type { BoardShelf } from "../board-file/board-shelf.ts";
import { noBoard, type Problem, sendProblem } from "../problem.ts";

/** Whatever stands below a board belongs to it: its stream, its tiles, what explains them. */
const ofBoard = /^(?:\/api)?\/boards\/:id(?:\/|$)/u;
/** What stands behind a number: facts, leads and events, which are on no screen. */
const isExplanation = /\/explain$/u;
const ofShow = /^\/show\/:id(?:\/|$)/u;

const notOnScreens: Problem = {
  status: 403,
  title: "Not allowed",
  code: "ScreenOnly",
  detail: "The link of a screen opens what the screen shows: what stands behind a number needs a login.",
};

const idOf = (params: unknown): string =>
  typeof params === "object" && params !== null && "id" in params && typeof params.id === "string" ? params.id : "";

/** Holds every request for a board or a slideshow against what its viewer may see: any other is not there for them. */
export const scopeBoards = (app: FastifyInstance, shelf: BoardShelf): void => {
  app.addHook("onRequest", async (request, reply) => {
    const route = request.routeOptions.url ?? "";
    const id = idOf(request.params);
    if (ofBoard.test(route) && !seesBoard(viewerOf(request), id, shelf.slideshows()))
      return sendProblem(reply, noBoard(id));
    if (isExplanation.test(route) && viewerOf(request).tv !== null) return sendProblem(reply, notOnScreens);
    if (ofShow.test(route) && !seenShows(viewerOf(request), shelf.slideshows()).some((show) => show.id === id)) {
      const detail = `There is no slideshow ${JSON.stringify(id)} here. /api/slideshows lists those that there are.`;
      return sendProblem(reply, { status: 404, title: "Not found", code: "NoSlideshow", detail });
    }
    return undefined;
  });
};
