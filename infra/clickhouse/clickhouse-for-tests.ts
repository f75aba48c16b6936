import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ClickHouseAddress,
  doorHeader,
  doorSecret,
  type EmbeddedServer,
  startEmbeddedServer,
} from "../../packages/store/src/index.ts";
import { dockerRuns } from "../kafka/container-broker.ts";
import { defaultImage, startContainerClickHouse } from "./container-clickhouse.ts";
import type { TestClickHouse } from "./test-clickhouse.ts";

/** A ClickHouse that a test may kill: always one of our own, which starts again by itself. */
export interface BreakableClickHouse extends TestClickHouse {
  readonly server: EmbeddedServer;
  readonly directory: string;
}

const passwords = { admin: "admin-word", analyst: "analyst-word" };

/** The embedded server, in a temporary folder unless one is given. Ends with this process at the latest. */
export const startBreakableClickHouse = async (given?: string): Promise<BreakableClickHouse> => {
  const directory = given ?? (await mkdtemp(join(tmpdir(), "leadwire-store-")));
  const started = await startEmbeddedServer({ directory, passwords });
  if (started._tag === "Left") throw new Error(started.left.detail);
  const server = started.right;
  return {
    server,
    directory,
    isGiven: false,
    address: {
      url: server.url,
      users: {
        engine: { name: "leadwire", password: passwords.admin },
        analyst: { name: "analyst", password: passwords.analyst },
      },
      headers: { [doorHeader]: doorSecret(passwords) },
      embedded: server,
    },
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
};

/** http://user:password@host:port, with the analyst of infra/clickhouse/users.sql as ?analyst=user:password. */
const givenAddress = (text: string): ClickHouseAddress => {
  const url = new URL(text);
  const [name = "analyst", password = ""] = (url.searchParams.get("analyst") ?? "analyst").split(":");
  return {
    url: url.origin,
    users: {
      engine: { name: decodeURIComponent(url.username), password: decodeURIComponent(url.password) },
      analyst: { name, password },
    },
  };
};

/**
 * A real ClickHouse: the one that LEADWIRE_CLICKHOUSE names, else one in a container where Docker runs, else the embedded
 * server. LEADWIRE_CLICKHOUSE_IMAGE chooses the container's image, and then nothing else will do; without it, a runtime
 * that cannot get ClickHouse's own image makes way for the embedded server. None is skipped.
 */
export const startClickHouse = async (): Promise<TestClickHouse> => {
  const { LEADWIRE_CLICKHOUSE: given, LEADWIRE_CLICKHOUSE_IMAGE: image } = process.env;
  if (given !== undefined && given !== "") {
    return { address: givenAddress(given), isGiven: true, stop: async () => undefined };
  }
  if (image !== undefined && image !== "") return startContainerClickHouse(image);
  if (!(await dockerRuns())) return startBreakableClickHouse();
  try {
    return await startContainerClickHouse(defaultImage);
  } catch (cause) {
    console.warn(`Docker runs, but not ${defaultImage} (${cause}). Starting the embedded ClickHouse instead.`);
    return startBreakableClickHouse();
  }
};
