import { createHash } from "node:crypto";
import { join } from "node:path";
import type { TestClickHouse } from "./test-clickhouse.ts";

/** ClickHouse's own image, of the oldest version that is tested. */
export const defaultImage = "clickhouse/clickhouse-server:26.7";

const startTimeoutMs = 120_000;
const httpPort = 8123;

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * A server in a container, by testcontainers, with the users that users.xml gives a real one. Rejects when the image is
 * neither here nor to be had.
 */
export const startContainerClickHouse = async (image: string): Promise<TestClickHouse> => {
  const { GenericContainer, Wait } = await import("testcontainers");
  const engine = { name: "leadwire", password: "admin-word" };
  const analyst = { name: "analyst", password: "analyst-word" };
  const container = await new GenericContainer(image)
    .withEnvironment({
      LEADWIRE_ENGINE_SHA256: sha256(engine.password),
      LEADWIRE_ANALYST_SHA256: sha256(analyst.password),
    })
    .withCopyFilesToContainer([
      { source: join(import.meta.dirname, "users.xml"), target: "/etc/clickhouse-server/users.d/leadwire.xml" },
    ])
    .withExposedPorts(httpPort)
    .withWaitStrategy(Wait.forHttp("/ping", httpPort))
    .withStartupTimeout(startTimeoutMs)
    .start();
  return {
    address: {
      url: `http://${container.getHost()}:${container.getMappedPort(httpPort)}`,
      users: { engine, analyst },
    },
    isGiven: false,
    stop: async () => void (await container.stop()),
  };
};
