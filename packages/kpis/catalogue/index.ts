import { catalogueOf } from "../src/index.ts";
import { findMetrics } from "./find-metrics.ts";

/** Every metric that has a file in src/metrics. */
export const catalogue = catalogueOf(await findMetrics());
