import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** `pnpm bench [NAME]`: every benchmark in a process of its own, one after the other, each with its floor in the same run. */
const root = fileURLToPath(new URL("../../", import.meta.url));
const elsewhere = ["packages/log/src/embedded/append.bench.ts", "packages/events/src/flat-decoder.bench.ts"];
const here = readdirSync(`${root}test/bench`)
  .filter((name) => name.endsWith(".bench.ts"))
  .map((name) => `test/bench/${name}`);
const wanted = process.argv[2] ?? "";

for (const path of [...elsewhere, ...here.sort()].filter((name) => name.includes(wanted))) {
  process.stdout.write(`\n== ${path}\n`);
  const { status } = spawnSync(process.execPath, [path], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
