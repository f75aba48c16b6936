import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { mavenFolder } from "../../infra/java/maven-cache.ts";

const here = import.meta.dirname;

/** What to do where Java is not there. */
export const javaHint = "bash infra/ci/install-java.sh installs Java 17 and Maven";

/** Whether Java is there, with a compiler; with CI set it has to be, and its absence throws. */
export const hasJava = (): boolean => {
  try {
    execFileSync("javac", ["-version"], { stdio: "ignore" });
    return true;
  } catch {
    if (process.env.CI !== undefined) throw new Error(`Java is not installed: ${javaHint}.`);
    return false;
  }
};

/** Arguments for `java` that run the program which asks as a BI tool does; the first call fetches the driver. */
export const javaArguments = (): ReadonlyArray<string> => {
  const source = {
    pom: join(here, "java", "pom.xml"),
    artifact: "clickhouse-jdbc",
    goal: ["dependency:copy-dependencies"],
  };
  const classPath = join(mavenFolder(source, `${javaHint}.`), "*");
  // Quick to start rather than quick to run: it asks a few dozen questions.
  return [
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-Xshare:auto",
    "-cp",
    classPath,
    join(here, "java", "Ask.java"),
  ];
};
