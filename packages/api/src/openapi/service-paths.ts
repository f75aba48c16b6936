import { anything, constant, listOf, named, object } from "../schemas/schema.ts";
import { answered, json, operation, type Paths, refusals } from "./operation.ts";

const openToAll = [{}];
const events = { ...json({ anyOf: [named("Event"), listOf(named("Event"))] }) };

const lines = { "application/x-ndjson": { schema: { type: "string", description: "One event per line." } } };

/** The door for events, and what watches the service. */
export const servicePaths: Paths = {
  "/v1/events": {
    post: operation({
      id: "sendEvents",
      tag: "events",
      summary: "Events, at most 10,000 and 8 MiB at once; answered when they are durable.",
      body: { ...events, ...lines },
      responses: {
        200: answered("Every event is accepted and durable.", named("EventResults")),
        422: answered("Some were refused, see `results`; the others are accepted and durable.", named("EventResults")),
        ...refusals(400, 401, 408, 413, 415, 429, 503),
      },
      security: [{}, { key: [] }],
    }),
  },
  "/api/openapi.json": {
    get: operation({
      id: "getOpenApi",
      tag: "service",
      summary: "This document.",
      responses: { 200: answered("OpenAPI 3.1.", anything) },
      security: openToAll,
    }),
  },
  "/healthz": {
    get: operation({
      id: "getHealth",
      tag: "service",
      summary: "The process lives.",
      responses: { 200: answered("It lives.", object({ status: constant("ok") })) },
      security: openToAll,
    }),
  },
  "/readyz": {
    get: operation({
      id: "getReadiness",
      tag: "service",
      summary: "Whether it can do its work.",
      responses: { 200: answered("It can.", object({ status: constant("ready") })), ...refusals(503) },
      security: openToAll,
    }),
  },
  "/metrics": {
    get: operation({
      id: "getMetrics",
      tag: "service",
      summary: "What Prometheus reads.",
      responses: { 200: { description: "Text.", content: { "text/plain": { schema: { type: "string" } } } } },
      security: openToAll,
    }),
  },
};
