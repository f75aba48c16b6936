import { readdirSync } from "node:fs";
import { isMetric, type Metric } from "../src/index.ts";

/**
 * Every metric, found by its file in src/metrics, so that adding one is adding one file. This folder is the package's
 * only edge: `src` itself reads no disk.
 */
export const findMetrics = async (): Promise<ReadonlyArray<Metric>> => {
  const folder = new URL("../src/metrics/", import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  const found: Metric[] = [];
  for (const file of files.sort()) {
    const module: Readonly<Record<string, unknown>> = await import(new URL(file, folder).href);
    const metrics = Object.values(module).filter(isMetric);
    if (metrics.length === 0) throw new Error(`src/metrics/${file} exports no metric`);
    found.push(...metrics);
  }
  return found;
};
