/**
 * Writes the DDL of this folder from the model in packages/store, and adds what is new to what the model promises:
 * `node infra/clickhouse/main.ts`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { mergedPromise, type PromisedViews } from "../../packages/store/src/index.ts";
import { currentPromise, generatedFiles, promisePath } from "./ddl.ts";

for (const [path, text] of generatedFiles()) {
  const file = join(import.meta.dirname, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const promise = join(import.meta.dirname, promisePath);
const promised: PromisedViews = existsSync(promise) ? JSON.parse(readFileSync(promise, "utf8")) : {};
writeFileSync(promise, `${JSON.stringify(mergedPromise(promised, currentPromise()), null, 2)}\n`);
