import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../java/free-port.ts";
import { answersOn } from "./broker-probe.ts";
import type { TestBroker } from "./temporary-broker.ts";
import { testSettings } from "./test-settings.ts";

/** Kafka's own image, the version of pom.xml. */
export const defaultImage = "apache/kafka:4.2.0";

const startTimeoutMs = 120_000;
const clientPort = 9092;

const sockets = [
  "/var/run/docker.sock",
  join(homedir(), ".docker/run/docker.sock"),
  join(homedir(), ".colima/default/docker.sock"),
];

/** Whether a container runtime answers. testcontainers itself takes a second to load: it is asked only where one may be. */
export const dockerRuns = async (): Promise<boolean> => {
  if (process.env.DOCKER_HOST === undefined && !sockets.some((path) => existsSync(path))) return false;
  const { getContainerRuntimeClient } = await import("testcontainers");
  return getContainerRuntimeClient().then(
    () => true,
    // A client without a daemon leaves its socket behind.
    () => false,
  );
};

/** How Kafka's image is told a property: KAFKA_, capitals, dots as underscores and underscores doubled. */
const asVariable = (property: string): string =>
  `KAFKA_${property.replaceAll("_", "__").replaceAll(".", "_").replaceAll("-", "___").toUpperCase()}`;

/**
 * A broker in a container, by testcontainers. Its port is chosen before it starts, for a broker has to be told the
 * address that clients will use. Rejects when the image is neither here nor to be had.
 */
export const startContainerBroker = async (image: string): Promise<TestBroker> => {
  const { GenericContainer, getContainerRuntimeClient, Wait } = await import("testcontainers");
  const host = (await getContainerRuntimeClient()).info.containerRuntime.host;
  const port = await freePort();
  const settings = {
    "node.id": 1,
    "process.roles": "broker,controller",
    listeners: `CLIENT://:${clientPort},BROKER://localhost:19092,CONTROLLER://localhost:19093`,
    "advertised.listeners": `CLIENT://${host}:${port},BROKER://localhost:19092`,
    "listener.security.protocol.map": "CLIENT:PLAINTEXT,BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "inter.broker.listener.name": "BROKER",
    "controller.listener.names": "CONTROLLER",
    "controller.quorum.voters": "1@localhost:19093",
    ...testSettings,
  };
  const environment = Object.entries(settings).map(([name, value]) => [asVariable(name), String(value)]);
  const container = await new GenericContainer(image)
    .withEnvironment({ ...Object.fromEntries(environment), KAFKA_HEAP_OPTS: "-Xmx1g" })
    .withExposedPorts({ container: clientPort, host: port })
    .withWaitStrategy(Wait.forListeningPorts())
    .withStartupTimeout(startTimeoutMs)
    .start();
  // The port is bound before the broker serves.
  for (let waitedMs = 0; waitedMs < startTimeoutMs; waitedMs += 100) {
    if (await answersOn(port, host)) {
      return { bootstrap: `${host}:${port}`, kind: "container", stop: async () => void (await container.stop()) };
    }
    await sleep(100);
  }
  await container.stop();
  throw new Error(`The broker in ${image} did not answer on ${host}:${port} within ${startTimeoutMs / 1_000} s.`);
};
