import { readdirSync } from "node:fs";

/** The ids of all metrics, by the names of their files: for help texts, which should not wait for the catalogue. */
export const metricNames = (): ReadonlyArray<string> =>
  readdirSync(new URL("../src/metrics/", import.meta.url))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => name.slice(0, -".ts".length).replaceAll("-", "_"))
    .sort();
