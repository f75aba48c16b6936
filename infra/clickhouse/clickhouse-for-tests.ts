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

/** A ClickHouse for tests, spoken to over HTTP whatever it is. */
export interface TestClickHouse {
  readonly address: ClickHouseAddress;
  /** Others may use it too, and what a test leaves on it stays. */
  readonly isGiven: boolean;
  /** Ends a server of our own and removes its data; leaves a given one as it is. */
  readonly stop: () => Promise<void>;
}

/** A ClickHouse that a test may kill: always one of our own, which starts again by itself. */
export interface BreakableClickHouse extends TestClickHouse {
  readonly server: EmbeddedServer;
  readonly directory: string;
}

const passwords = { admin: "admin-word", analyst: "analyst-word" };

/** The embedded server, in a temporary folder. Ends with this process at the latest. */
export const startBreakableClickHouse = async (): Promise<BreakableClickHouse> => {
  const directory = await mkdtemp(join(tmpdir(), "leadwire-store-"));
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
    },
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
};

/** http://user:password@host:port, with the analyst of infra/clickhouse/users.sql as ?analyst=user:password. */
export const givenAddress = (text: string): ClickHouseAddress => {
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
 * The ClickHouse that LEADWIRE_CLICKHOUSE names, else a container where LEADWIRE_CLICKHOUSE_IMAGE asks for one and
 * Docker runs, else the embedded server. Its absence fails: there is nothing to skip to.
 */
export const startClickHouse = async (): Promise<TestClickHouse> => {
  const given = process.env.LEADWIRE_CLICKHOUSE;
  if (given !== undefined) return { address: givenAddress(given), isGiven: true, stop: async () => undefined };
  return startBreakableClickHouse();
};
