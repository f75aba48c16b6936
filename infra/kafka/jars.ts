import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
/** Not in git: the broker's jars, and the state of `pnpm kafka:up`. */
export const cacheFolder = join(here, ".cache");

const installHint = "Install them (Debian: infra/ci/install-java.sh), or set LEADWIRE_KAFKA to a running broker.";

/**
 * The class path of the broker that pom.xml names. The first call copies its jars with Maven (43 MB from Maven Central,
 * seconds); later calls find them. Throws when Java or Maven is missing.
 */
export const brokerClassPath = (): string => {
  const version = /<artifactId>kafka_2\.13<\/artifactId>\s*<version>(.+?)</.exec(
    readFileSync(join(here, "pom.xml"), "utf8"),
  )?.[1];
  if (version === undefined) throw new Error("infra/kafka/pom.xml names no version of kafka_2.13.");
  const folder = join(cacheFolder, `jars-${version}`);
  if (!existsSync(folder)) {
    mkdirSync(cacheFolder, { recursive: true });
    const partial = `${folder}.${process.pid}`;
    const maven = [
      "-q",
      "-B",
      "-f",
      join(here, "pom.xml"),
      "dependency:copy-dependencies",
      `-DoutputDirectory=${partial}`,
    ];
    try {
      execFileSync("mvn", maven, { stdio: ["ignore", "inherit", "inherit"] });
    } catch (cause) {
      throw new Error(`Maven could not fetch the broker's jars: Java 17 and Maven are needed. ${installHint}`, {
        cause,
      });
    }
    // Whole or not at all: another process may be fetching too.
    if (existsSync(folder)) rmSync(partial, { recursive: true });
    else renameSync(partial, folder);
  }
  return join(folder, "*");
};
