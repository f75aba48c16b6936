import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../java/free-port.ts";
import { mavenFolder } from "../java/maven-cache.ts";

const here = import.meta.dirname;
const startTimeoutMs = 60_000;

/** A schema registry with Confluent's API. */
export interface TestRegistry {
  /** The root of the Confluent API. */
  readonly url: string;
  /** Ends a registry of our own; leaves a given one as it is. */
  readonly stop: () => Promise<void>;
}

const registryFolder = (): string => {
  const goal = ["dependency:unpack-dependencies", "-DexcludeTransitive=true"];
  const source = { pom: join(here, "pom.xml"), artifact: "apicurio-registry-app", goal };
  return mavenFolder(source, "Install them (Debian: infra/ci/install-java.sh), or set LEADWIRE_SCHEMA_REGISTRY.");
};

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/subjects`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
};

/** Apicurio in memory, empty, on a free port: up in about 3 s with 230 MB. Ends with this process at the latest. */
const startApicurio = async (): Promise<TestRegistry> => {
  const jars = registryFolder();
  const folder = mkdtempSync(join(tmpdir(), "leadwire-registry-"));
  const output = join(folder, "registry.out");
  const outputFile = openSync(output, "a");
  const port = await freePort();
  const runner = readdirSync(jars).find((name) => name.endsWith("-runner.jar"));
  if (runner === undefined) throw new Error(`${jars} holds no runner of Apicurio. Delete the folder and try again.`);
  const options = ["-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", join(jars, runner)];
  const child = spawn("java", options, {
    cwd: folder,
    env: { ...process.env, QUARKUS_HTTP_PORT: String(port), QUARKUS_HTTP_HOST: "127.0.0.1" },
    stdio: ["ignore", outputFile, outputFile],
  });
  closeSync(outputFile);
  const killAtExit = (): void => void child.kill("SIGKILL");
  process.on("exit", killAtExit);
  const stop = async (): Promise<void> => {
    process.off("exit", killAtExit);
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}/apis/ccompat/v7`;
  for (let waitedMs = 0; waitedMs < startTimeoutMs && child.exitCode === null; waitedMs += 100) {
    if (await answers(url)) return { url, stop };
    await sleep(100);
  }
  const end = readFileSync(output, "utf8").slice(-2_000);
  await stop();
  throw new Error(`The schema registry did not start. The end of its output:\n${end}`);
};

/** The registry that LEADWIRE_SCHEMA_REGISTRY names, else one of our own. Its absence fails: there is nothing to skip to. */
export const startRegistry = async (): Promise<TestRegistry> => {
  const given = process.env.LEADWIRE_SCHEMA_REGISTRY;
  return given === undefined ? startApicurio() : { url: given, stop: async () => undefined };
};
