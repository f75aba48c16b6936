import { type Fields, readYamlFile, type WorkspaceFault, workspaceKeys, type YamlValue } from "@leadwire/funnel";
import type { Either } from "fp-ts/lib/Either.js";
import { readClickHouse, readKafka } from "./cluster-lines.ts";
import { type Deployment, type Embedded, embeddedDeployment } from "./deployment.ts";
import { readIngest, readListen, readRegistry, readSnapshots, readWallboard } from "./service-lines.ts";

/** The top-level keys of `leadwire.yaml` that say where the engine's parts are. */
export const deploymentKeys: ReadonlyArray<string> = [
  "log",
  "kafka",
  "store",
  "clickhouse",
  "schema_registry",
  "snapshots",
  "ingest",
  "listen",
  "wallboard",
];

/** `embedded`, or another place whose own section then has to say where it is. */
const readPlace = <Place>(
  fields: Fields,
  choice: "log" | "store",
  section: "kafka" | "clickhouse",
  read: (at: YamlValue) => Place | undefined,
): Embedded | Place => {
  const embedded: Embedded = { _tag: "embedded" };
  const chosen = fields.or(choice, "embedded", (at) =>
    at.parsed(`embedded or ${section}`, (text) => (text === "embedded" || text === section ? text : undefined)),
  );
  if (chosen === "embedded") {
    // A section that would be passed over in silence is a mistake.
    fields.optional(section, (at) => at.refuse(`the line "${choice}: ${section}" beside it`, `${choice}: embedded`));
    return embedded;
  }
  return fields.required(section, read) ?? embedded;
};

const readDeployment = (fields: Fields): Deployment => {
  const ofDefault = embeddedDeployment;
  const schemaRegistry = fields.optional("schema_registry", readRegistry);
  const snapshots = fields.optional("snapshots", readSnapshots);
  const wallboard = fields.optional("wallboard", readWallboard);
  return {
    log: readPlace(fields, "log", "kafka", readKafka),
    store: readPlace(fields, "store", "clickhouse", readClickHouse),
    ...(schemaRegistry === undefined ? {} : { schemaRegistry }),
    ...(snapshots === undefined ? {} : { snapshots }),
    ingest: fields.or("ingest", ofDefault.ingest, readIngest),
    listen: fields.or("listen", ofDefault.listen, readListen),
    ...(wallboard === undefined ? {} : { wallboard }),
  };
};

/** Reads the deployment lines of the text of `leadwire.yaml`; finds every fault of them at once. */
export const parseDeployment = (text: string): Either<ReadonlyArray<WorkspaceFault>, Deployment> =>
  readYamlFile(
    text,
    { known: deploymentKeys, tolerated: workspaceKeys, whenEmpty: embeddedDeployment },
    readDeployment,
  );
