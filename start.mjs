// Installs from the lockfile with the pinned pnpm, then runs the demo, or the whole test suite with `test`.
// Plain JavaScript without dependencies: it must run on the machine's own Node (20 or later) before anything is installed.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL(".", import.meta.url));
const { packageManager } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));
const [task = "demo", ...rest] = process.argv.slice(2);

const pnpm = (args) => {
  const { status } = spawnSync("npx", ["-y", packageManager, ...args], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
};

process.stderr.write("Installing what the lockfile names (the first time takes about a minute) …\n");
pnpm(["install", "--frozen-lockfile", "--reporter=append-only", "--loglevel=error"]);
pnpm(task === "test" ? ["run", "test:all", ...rest] : ["exec", "leadwire", task, ...rest]);
