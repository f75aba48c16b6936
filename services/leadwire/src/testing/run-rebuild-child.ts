import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { FoundServing } from "./rebuild-child.ts";

export interface RebuildRun {
  /** Null where it was killed. */
  readonly code: number | null;
  /** What it found at its start, and after the rebuild where it came to its end. */
  readonly found: ReadonlyArray<FoundServing>;
  readonly stderr: string;
}

/** Runs rebuild-child.ts as a process of its own; see there for the arguments. */
export const runRebuildChild = (...args: ReadonlyArray<string>): Promise<RebuildRun> =>
  new Promise((resolve, reject) => {
    const path = fileURLToPath(new URL("rebuild-child.ts", import.meta.url));
    const child = spawn(process.execPath, [path, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (part: Buffer) => {
      stdout += part.toString();
    });
    child.stderr.on("data", (part: Buffer) => {
      stderr += part.toString();
    });
    child.on("error", reject);
    child.on("close", (code) => {
      const lines = stdout.split("\n").filter((line) => line !== "");
      resolve({ code, stderr, found: lines.map((line) => JSON.parse(line) as FoundServing) });
    });
  });
