import type { Catalogue, Language } from "@leadwire/kpis";
import type { FastifyInstance } from "fastify";
import type { CatalogueAnswer } from "../board/catalogue-answer.ts";
import type { BoardShelf } from "../board-file/board-shelf.ts";
import { languageOf } from "../language-of.ts";
import { securityHeaders } from "../security-headers.ts";
import { registerBoardRoutes } from "./board-routes.ts";
import { scopeBoards } from "./board-scope.ts";
import { catalogueAnswer } from "./catalogue-answers.ts";
import { registerImages } from "./image-routes.ts";

export interface BoardsOptions {
  readonly shelf: BoardShelf;
  readonly catalogue: Catalogue;
  /** `boards/images`; it need not be there. */
  readonly imagesFolder: string;
  readonly nowMs: () => number;
}

/**
 * The boards as they are written, their pictures, and what can be put on them. The app has to be guarded (guardApp) before it
 * answers: each request is held to the boards of its viewer, those for routes of others below `/api/boards/:id` too.
 */
export const registerBoards = (app: FastifyInstance, options: BoardsOptions): void => {
  const { shelf, catalogue, imagesFolder } = options;
  scopeBoards(app, shelf);
  registerBoardRoutes(app, options);
  registerImages(app, { shelf, folder: imagesFolder });
  const answers = new Map<Language, CatalogueAnswer>();
  app.get<{ Querystring: { lang?: unknown } }>("/api/catalogue", (request, reply) => {
    const { lang } = request.query;
    const language = languageOf(typeof lang === "string" ? lang : request.headers["accept-language"]);
    const answer = answers.get(language) ?? catalogueAnswer(catalogue, language);
    answers.set(language, answer);
    return reply
      .headers({ ...securityHeaders, "cache-control": "private, max-age=300", vary: "accept-language" })
      .type("application/json; charset=utf-8")
      .send(JSON.stringify(answer));
  });
};
