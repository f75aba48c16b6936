import type { Catalogue } from "@leadwire/kpis";
import { boardSchemas } from "../schemas/board-schemas.ts";
import { catalogueSchemas } from "../schemas/catalogue-schemas.ts";
import { eventSchemas } from "../schemas/event-schemas.ts";
import { explainSchemas } from "../schemas/explain-schemas.ts";
import { kpiSchemas } from "../schemas/kpi-schemas.ts";
import { problemSchema } from "../schemas/problem-schema.ts";
import type { Schema } from "../schemas/schema.ts";
import { sqlSchemas } from "../schemas/sql-schemas.ts";
import { tileSchemas } from "../schemas/tile-schemas.ts";
import { boardPaths } from "./board-paths.ts";
import { kpiPaths } from "./kpi-paths.ts";
import type { Paths } from "./operation.ts";
import { reportPaths } from "./report-paths.ts";
import { servicePaths } from "./service-paths.ts";
import { sqlPaths } from "./sql-paths.ts";

/** What is read of an OpenAPI 3.1 document here; the rest of it is JSON. */
export interface OpenApiDocument {
  readonly openapi: "3.1.0";
  readonly info: Schema;
  readonly servers: ReadonlyArray<Schema>;
  readonly security: ReadonlyArray<Schema>;
  readonly tags: ReadonlyArray<Schema>;
  readonly paths: Paths;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>>; readonly securitySchemes: Schema };
}

const about = `Metrics, reports, boards, events and SQL of Leadwire. On the address of its own machine nothing has to be shown;
elsewhere send a token of \`npx leadwire tokens create\` as \`authorization: Bearer TOKEN\`. The same address speaks
ClickHouse's HTTP protocol at \`/\` (docs/sql.md).

\`npx leadwire up\` serves all of it. On a cluster \`run query\` serves metrics, reports and SQL, \`run wallboard\` boards, and
\`run ingest\` takes events.

A ratio is a fraction, money is in minor units (cents) of its currency, a duration in seconds, times are ISO 8601 in UTC.`;

const tags = [
  { name: "metrics", description: "Numbers, and reports made of them." },
  { name: "boards", description: "Boards, and what they show." },
  { name: "sql", description: "Ad hoc SQL." },
  { name: "events", description: "The door for events." },
  { name: "service", description: "What watches the service." },
];

const securitySchemes = {
  token: { type: "http", scheme: "bearer", description: "`npx leadwire tokens create NAME`, or LEADWIRE_API_TOKEN." },
  key: { type: "http", scheme: "bearer", description: "`npx leadwire keys create SOURCE`: for events of this source." },
};

/** The whole of Leadwire's HTTP interface for programs, with the metrics of a catalogue. */
export const openApiDocument = (catalogue: Catalogue): OpenApiDocument => ({
  openapi: "3.1.0",
  info: {
    title: "Leadwire",
    version: "0.1.0",
    description: about,
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
  servers: [{ url: "/" }],
  security: [{}, { token: [] }],
  tags,
  paths: { ...kpiPaths, ...reportPaths, ...boardPaths, ...sqlPaths, ...servicePaths },
  components: {
    schemas: {
      ...kpiSchemas(catalogue),
      ...catalogueSchemas,
      ...boardSchemas,
      ...tileSchemas,
      ...explainSchemas,
      ...sqlSchemas,
      ...eventSchemas,
      Problem: problemSchema,
    },
    securitySchemes,
  },
});
