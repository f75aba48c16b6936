import { readFileSync } from "node:fs";
import { userInfo } from "node:os";

/** The only place that reads the environment: secrets, which stand in no config file. */
export interface Secrets {
  readonly kafkaPassword?: string;
  readonly clickHousePassword?: string;
  readonly analystPassword?: string;
  readonly registryPassword?: string;
  /** For SQL over HTTP. */
  readonly apiToken?: string;
}

/** The variable, or the file that `<NAME>_FILE` names (as container platforms mount secrets), without its last line end. */
const secret = (environment: NodeJS.ProcessEnv, name: string): string | undefined => {
  const file = environment[`${name}_FILE`];
  if (file === undefined || file === "") return environment[name];
  try {
    return readFileSync(file, "utf8").replace(/\r?\n$/u, "");
  } catch (fault) {
    const found = fault instanceof Error ? fault.message : String(fault);
    throw new Error(`${name}_FILE names a file that cannot be read: ${found}`);
  }
};

/** Reads the secrets; throws where a named file cannot be read. */
export const readSecrets = (environment: NodeJS.ProcessEnv = process.env): Secrets => {
  const found = {
    kafkaPassword: secret(environment, "LEADWIRE_KAFKA_PASSWORD"),
    clickHousePassword: secret(environment, "LEADWIRE_CLICKHOUSE_PASSWORD"),
    analystPassword: secret(environment, "LEADWIRE_CLICKHOUSE_ANALYST_PASSWORD"),
    registryPassword: secret(environment, "LEADWIRE_SCHEMA_REGISTRY_PASSWORD"),
    apiToken: secret(environment, "LEADWIRE_API_TOKEN"),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
};

/** Who runs the command, as the system knows them: the author of what a person says, where they do not say it. */
export const readUserName = (environment: NodeJS.ProcessEnv = process.env): string | undefined => {
  const stated = environment.LEADWIRE_USER;
  if (stated !== undefined) return stated;
  try {
    return userInfo().username;
  } catch {
    // A container's user may have no name.
    return undefined;
  }
};

/** What receivers of alerts name their secrets by (docs/alerts.md). */
export const environment: Readonly<Record<string, string | undefined>> = process.env;
