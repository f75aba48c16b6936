import type { SchemaRegistry } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import type { Catalogue } from "@leadwire/kpis";
import type { EventLog } from "@leadwire/log";
import type { Store } from "@leadwire/store";
import type { FastifyInstance } from "fastify";
import type { Registry } from "prom-client";
import type { Secrets } from "../config.ts";
import type { Deployment } from "../deployment/deployment.ts";
import type { SealingEngine } from "../http/engine-port.ts";
import type { AlertsSource } from "./alerts-source.ts";

/** What every service is opened with. Whoever opens it owns the log and the store, and closes them after the services. */
export interface ServiceScope {
  readonly log: EventLog;
  readonly generation: string;
  readonly workspace: Workspace;
  /** The generation is built beside the one that serves. */
  readonly isBuilding?: true;
  readonly catalogue: Catalogue;
  /** Of every topic. */
  readonly partitions: number;
  /** Whose schema ids stand on records. */
  readonly registry: SchemaRegistry;
  readonly deployment: Deployment;
  readonly secrets: Secrets;
  /** Absolute. */
  readonly dataDir: string;
  /** Tells this process from all others of the cluster, those on other machines too. */
  readonly processName: string;
  /** What `/internal/*` asks for; without one there are no such routes. */
  readonly internalToken?: string;
  readonly metrics: Registry;
  readonly nowMs: () => number;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** Rules, receivers and routes. */
  readonly alertFiles: AlertsSource;
  /** Where boards are kept; absolute. It need not be there. */
  readonly boardsFolder: string;
  /** 32 fresh random bytes. */
  readonly randomKey: () => Uint8Array;
  readonly onNotice: (text: string) => void;
  /** A broken invariant: the process must not go on. */
  readonly onFailure: (cause: unknown) => void;
}

/** For services that need ClickHouse: migrated, with the generation's tables and views. */
export interface StoreScope extends ServiceScope {
  readonly store: Store;
}

/** One service within a process. */
export interface ServicePart {
  /** What answers questions, where this service does. */
  readonly engine?: SealingEngine;
  /** Adds what has keys of its own, in front of the guard. */
  readonly beforeGuard?: (app: FastifyInstance) => void;
  /** Adds its routes, if it has any. */
  readonly routes?: (app: FastifyInstance) => void;
  /** The generation that it has built serves from here on. */
  readonly serve?: () => Promise<void>;
  /** Why it cannot do its work yet, in sentences; empty when it can. */
  readonly unready: () => ReadonlyArray<string>;
  /** Finishes what is in hand, commits, leaves its group. */
  readonly stop: () => Promise<void>;
}
