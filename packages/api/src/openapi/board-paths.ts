import { languages } from "@leadwire/kpis";
import { listOf, named, oneOf } from "../schemas/schema.ts";
import {
  answered,
  bare,
  etagHeader,
  inHeader,
  inPath,
  inQuery,
  json,
  operation,
  type Paths,
  refusals,
} from "./operation.ts";

const tag = "boards";
const id = inPath("id", "The board.");
const ifMatch = inHeader("If-Match", "The ETag of the board that you changed.");
const ifNew = inHeader("If-None-Match", "`*` for a new board.");

const board = {
  get: operation({
    id: "getBoard",
    tag,
    summary: "A board as its file says it.",
    parameters: [id],
    responses: { 200: answered("The board.", named("BoardDefinition"), etagHeader), ...refusals(401, 404) },
  }),
  put: operation({
    id: "saveBoard",
    tag,
    summary: "Saves a board over the one that you changed, or a new one.",
    parameters: [id, ifMatch, ifNew],
    body: json(named("BoardDefinition")),
    responses: {
      200: answered("Saved.", named("BoardDefinition"), etagHeader),
      201: answered("Made.", named("BoardDefinition"), etagHeader),
      ...refusals(400, 401, 403, 404, 412, 413, 422, 428, 500),
    },
  }),
  delete: operation({
    id: "deleteBoard",
    tag,
    summary: "Takes a board's file away.",
    parameters: [id, ifMatch],
    responses: { 204: bare("It is gone."), ...refusals(401, 403, 404, 409, 412, 428) },
  }),
};

const explain = operation({
  id: "explainTile",
  tag,
  summary: "The facts and events behind a tile's number, and the SQL that gives it.",
  parameters: [
    id,
    inPath("tile", "The tile."),
    inQuery("group", "Of a tile with groups: which one."),
    inQuery("point", "Of a course: the start of the point, in epoch milliseconds.", { type: "integer" }),
    inQuery("part", "Of a number made of several: which one."),
    inQuery("limit", "At most so many facts of each part.", { type: "integer", minimum: 1, maximum: 10_000 }),
  ],
  responses: { 200: answered("What stands behind it.", named("ExplainAnswer")), ...refusals(400, 401, 403, 404, 503) },
});

/** What the page asks for. */
export const boardPaths: Paths = {
  "/api/catalogue": {
    get: operation({
      id: "getCatalogue",
      tag,
      summary: "What can be put on a board, named in a language.",
      parameters: [inQuery("lang", "As the browser asks where left out.", oneOf(...languages))],
      responses: { 200: answered("Every number.", named("Catalogue")), ...refusals(401) },
    }),
  },
  "/api/boards": {
    get: operation({
      id: "listBoards",
      tag,
      summary: "The boards that you may see.",
      responses: { 200: answered("In their order.", named("BoardList")), ...refusals(401) },
    }),
  },
  "/api/slideshows": {
    get: operation({
      id: "listSlideshows",
      tag,
      summary: "The slideshows that you may see.",
      responses: { 200: answered("In their order.", listOf(named("Slideshow"))), ...refusals(401) },
    }),
  },
  "/api/boards/{id}": board,
  "/api/boards/{id}/snapshot": {
    get: operation({
      id: "getSnapshot",
      tag,
      summary: "Every tile's numbers, now.",
      parameters: [id],
      responses: { 200: answered("The whole board.", named("BoardSnapshot")), ...refusals(401, 404) },
    }),
  },
  "/api/boards/{id}/stream": {
    get: operation({
      id: "streamBoard",
      tag,
      summary: "The same as server-sent events: a `snapshot`, then `change` frames with what changed.",
      parameters: [id, inHeader("Last-Event-ID", "Goes on behind this frame.")],
      responses: {
        200: { description: "Frames.", content: { "text/event-stream": { schema: { type: "string" } } } },
        ...refusals(401, 404, 503),
      },
    }),
  },
  "/api/boards/{id}/tiles/{tile}/explain": { get: explain },
  "/api/tiles/preview": {
    post: operation({
      id: "previewTile",
      tag,
      summary: "What a tile would show, before its board is saved.",
      body: json(named("TileDefinition")),
      responses: { 200: answered("Its data.", named("TileData")), ...refusals(401, 403, 422) },
    }),
  },
};
