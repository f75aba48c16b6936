/** Where the engine's parts are: the deployment lines of `leadwire.yaml` (deployment-file.ts). Holds no secret. */

export interface KafkaPlace {
  readonly _tag: "kafka";
  /** `host:port` of some brokers. */
  readonly brokers: ReadonlyArray<string>;
  /** Of every topic; fixed once the topics are made. */
  readonly partitions: number;
  /** Copies of each partition of a topic made here; −1 is the cluster's own default. */
  readonly replicas: number;
  readonly tls: boolean;
  /** For SASL PLAIN; its password comes from the environment. */
  readonly username?: string;
}

export interface ClickHousePlace {
  readonly _tag: "clickhouse";
  readonly url: string;
  /** Writes and migrates. */
  readonly user: string;
  /** Runs ad hoc SQL. */
  readonly analyst: string;
  /** Tables are made on every node of this cluster; one server where not given. */
  readonly cluster?: string;
}

/** Within the process, in the data directory. */
export type Embedded = { readonly _tag: "embedded" };

export interface DoorKey {
  /** The source system that may use it; `*` for any. */
  readonly source: string;
  /** Of the key, in hex: the key itself stands in no file of ours. */
  readonly sha256: string;
}

export interface Deployment {
  readonly log: Embedded | KafkaPlace;
  readonly store: Embedded | ClickHousePlace;
  readonly schemaRegistry?: { readonly url: string; readonly username?: string };
  /** A folder that all processors share, for copies of their state. */
  readonly snapshots?: { readonly folder: string; readonly everyMs: number };
  readonly ingest: {
    readonly keys: ReadonlyArray<DoorKey>;
    /** Of one source; without bound where not given. */
    readonly eventsPerSecondMax?: number;
  };
  readonly listen: { readonly host: string };
  /** Who may see boards and numbers without a token; where not given, whoever reaches an address of this machine alone. */
  readonly wallboard?: { readonly access: "open" | "login" };
}

/** The deployment of an empty file: everything in one process. */
export const embeddedDeployment: Deployment = {
  log: { _tag: "embedded" },
  store: { _tag: "embedded" },
  ingest: { keys: [] },
  listen: { host: "127.0.0.1" },
};
