import { spawn } from "node:child_process";

/** Runs a client's program to its end and reads the JSON that it prints; rejects with what it said if it failed. */
export const runClient = (
  program: string,
  args: ReadonlyArray<string>,
  input: string,
  env: NodeJS.ProcessEnv,
): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"], env });
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
      if (code === 0) resolve(JSON.parse(stdout));
      else reject(new Error(`${program} ended with ${code}: ${stderr.slice(-4_000)}`));
    });
    child.stdin.end(input);
  });
