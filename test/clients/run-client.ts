import { spawn } from "node:child_process";

/** Runs a client's program to its end and gives what it printed; rejects with what it said if it failed. */
export const runClient = (
  program: string,
  args: ReadonlyArray<string>,
  input: string,
  env: NodeJS.ProcessEnv,
): Promise<string> =>
  new Promise((resolve, reject) => {
    // In this folder: what an example imports is found from here.
    const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"], env, cwd: import.meta.dirname });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      stdout += part;
    });
    child.stderr.setEncoding("utf8").on("data", (part: string) => {
      stderr += part;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${program} ended with ${code}: ${stderr.slice(-4_000)}`));
    });
    child.stdin.end(input);
  });
