import { existsSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;

/** What to do where the Python client is not there. */
export const pythonHint = "bash infra/ci/install-python-clients.sh installs clickhouse-connect and pandas";

/**
 * The Python that has clickhouse-connect and pandas; undefined where it was not installed. With CI set it has to be there,
 * and its absence throws.
 */
export const pythonWithClients = (): string | undefined => {
  const program = join(here, ".cache", "python", "bin", "python");
  if (existsSync(program) && existsSync(join(here, ".cache", "python", "requirements.txt"))) return program;
  if (process.env.CI !== undefined) throw new Error(`The Python client is not installed: ${pythonHint}.`);
  return undefined;
};

/** The script that asks as an analyst's notebook does. */
export const pythonScript = join(here, "python", "ask.py");
