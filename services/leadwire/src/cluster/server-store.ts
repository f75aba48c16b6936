import type { Workspace } from "@leadwire/funnel";
import { modelViews } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import {
  createGeneration,
  makeMetricViews,
  migrate,
  type Store,
  StoreError,
  type StoreFault,
  serveGeneration,
  serverStore as serverStoreOf,
} from "@leadwire/store";
import { isLeft } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import type { Secrets } from "../config.ts";
import type { ClickHousePlace } from "../deployment/deployment.ts";

/** Speaks to a given server or cluster; nothing is sent until the first statement. */
export const serverStore = (
  { url, user, analyst, cluster }: ClickHousePlace,
  secrets: Secrets,
  requestTimeoutMs?: number,
): Store =>
  serverStoreOf({
    url,
    user,
    password: secrets.clickHousePassword ?? "",
    analyst: { name: analyst, password: secrets.analystPassword ?? "" },
    ...(cluster === undefined ? {} : { cluster }),
    ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }),
  });

/** Whether waiting may mend it: ClickHouse that is away or overloaded comes back; what it refuses it will refuse again. */
export const comesBack = (fault: unknown): boolean => fault instanceof StoreError && fault.fault._tag !== "Rejected";

export interface Served {
  readonly generation: string;
  readonly workspace: Workspace;
  /** It is built and does not serve yet: the views stay where they are. */
  readonly isBuilding?: true;
  /** The metrics' views, some hundred, are made later: see `makeMetrics`. */
  readonly metricsLater?: true;
}

const orThrow = async (step: TaskEither<StoreFault, void>): Promise<void> => {
  const made = await step();
  if (isLeft(made)) throw new StoreError(made.left);
};

/** Makes the metrics' views as a workspace has them; costs nothing where they are so. Rejects StoreError. */
export const makeMetrics = (store: Store, workspace: Workspace): Promise<void> =>
  orThrow(makeMetricViews(store, modelViews(catalogue, workspace)));

/** Brings a store's tables up to date and points its views at a generation; each step may run again. Rejects StoreError. */
export const prepareStore = async (
  store: Store,
  { generation, workspace, isBuilding, metricsLater }: Served,
): Promise<void> => {
  await orThrow(migrate(store));
  await orThrow(createGeneration(store, generation));
  if (isBuilding === true) return;
  await orThrow(serveGeneration(store, generation, workspace.timeZone));
  if (metricsLater !== true) await makeMetrics(store, workspace);
};
