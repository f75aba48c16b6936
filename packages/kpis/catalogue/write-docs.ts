import { mkdirSync, writeFileSync } from "node:fs";
import { metricPages } from "../src/index.ts";
import { catalogue } from "./index.ts";

/** Writes docs/metrics from the catalogue: `node packages/kpis/catalogue/write-docs.ts`. */
const folder = new URL("../../../docs/metrics/", import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, text] of metricPages(catalogue)) writeFileSync(new URL(name, folder), text);
