import { join } from "node:path";
import { mavenFolder } from "../java/maven-cache.ts";

const here = import.meta.dirname;
/** Not in git: the broker's jars, and the state of `pnpm kafka:up`. */
export const cacheFolder = join(here, ".cache");

/** The class path of the broker that pom.xml names: 46 jars, 43 MB. */
export const brokerClassPath = (): string => {
  const source = { pom: join(here, "pom.xml"), artifact: "kafka_2.13", goal: ["dependency:copy-dependencies"] };
  const hint = "Install them (Debian: infra/ci/install-java.sh), or set LEADWIRE_KAFKA to a running broker.";
  return join(mavenFolder(source, hint), "*");
};
