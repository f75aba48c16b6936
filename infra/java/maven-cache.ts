import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a pom.xml brings, and how. */
export interface MavenSource {
  readonly pom: string;
  /** The artifact whose version names the cached folder. */
  readonly artifact: string;
  /** Goal and options of Maven's dependency plugin that fill `-DoutputDirectory`. */
  readonly goal: ReadonlyArray<string>;
}

/**
 * The folder with what a pom.xml brings, under `.cache/` beside it (not in git). The first call fetches it with Maven
 * from Maven Central; later calls find it. Throws with `hint` when Java or Maven is missing.
 */
export const mavenFolder = ({ pom, artifact, goal }: MavenSource, hint: string): string => {
  const text = readFileSync(pom, "utf8");
  const version = new RegExp(`<artifactId>${artifact}</artifactId>\\s*<version>(.+?)<`).exec(text)?.[1];
  if (version === undefined) throw new Error(`${pom} names no version of ${artifact}.`);
  const cache = join(dirname(pom), ".cache");
  const folder = join(cache, `jars-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const partial = `${folder}.${process.pid}`;
  try {
    // The plugin's marks of what it has unpacked go with the folder: deleting that is enough to fetch anew.
    const places = [`-DoutputDirectory=${partial}`, `-DmarkersDirectory=${join(partial, ".markers")}`];
    execFileSync("mvn", ["-q", "-B", "-f", pom, ...goal, ...places], { stdio: ["ignore", "inherit", "inherit"] });
  } catch (cause) {
    throw new Error(`Maven could not fetch ${artifact} ${version}: Java 17 and Maven are needed. ${hint}`, { cause });
  }
  // Whole or not at all: another process may be fetching too.
  if (existsSync(folder)) rmSync(partial, { recursive: true });
  else renameSync(partial, folder);
  return folder;
};
