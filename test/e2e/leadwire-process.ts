import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The program, for whoever starts it with Node. */
export const leadwireMain = fileURLToPath(new URL("../../services/leadwire/src/main.ts", import.meta.url));

/** The real data that tests are held against; not part of the repository. */
export const sharedData = fileURLToPath(new URL("../../../shared/data/", import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const collect = (child: ChildProcess): Promise<Finished> =>
  new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    child.stdout?.on("data", (part: Buffer) => {
      stdout += part.toString();
    });
    child.stderr?.on("data", (part: Buffer) => {
      stderr += part.toString();
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });

/** Starts the command line as a process of its own; whoever starts one ends it. */
export const start = (
  args: ReadonlyArray<string>,
  env: NodeJS.ProcessEnv = process.env,
): { readonly child: ChildProcess; readonly finished: Promise<Finished> } => {
  const child = spawn(process.execPath, [leadwireMain, ...args], { stdio: ["ignore", "pipe", "pipe"], env });
  return { child, finished: collect(child) };
};

/** Runs one command to its end. */
export const leadwire = (...args: ReadonlyArray<string>): Promise<Finished> => start(args).finished;

/** Runs one command that must succeed, and reads its JSON. */
export const leadwireJson = (...args: ReadonlyArray<string>): Promise<unknown> => leadwireJsonIn(undefined, ...args);

/** The same in another environment. */
export const leadwireJsonIn = async (
  env: NodeJS.ProcessEnv | undefined,
  ...args: ReadonlyArray<string>
): Promise<unknown> => {
  const { code, stdout, stderr } = await start([...args, "--json"], env).finished;
  if (code !== 0) throw new Error(`leadwire ${args.join(" ")} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
};

export interface Served {
  readonly url: string;
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
}

/** Starts a command that serves, and resolves once it does. */
const serving = async (args: ReadonlyArray<string>, env?: NodeJS.ProcessEnv): Promise<Served> => {
  const { child, finished } = start([...args, "--json", "--port", "0"], env);
  const url = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (part: Buffer) => {
      text += part.toString();
      const end = text.indexOf("\n");
      if (end >= 0) resolve((JSON.parse(text.slice(0, end)) as { url: string }).url);
    });
    void finished.then(({ code, stderr }) => reject(new Error(`leadwire ${args[0]} ended with ${code}: ${stderr}`)));
  });
  return { url, child, finished };
};

export const serve = (dataDir: string, ...args: ReadonlyArray<string>): Promise<Served> =>
  serving(["up", "--data-dir", dataDir, ...args]);

/** Starts one service of a cluster; resolves once it listens, which is before it is ready. */
export const serveService = (
  service: string,
  env: NodeJS.ProcessEnv,
  ...args: ReadonlyArray<string>
): Promise<Served> => serving(["run", service, ...args], env);

export const serveDemo = (dataDir: string): Promise<Served> => serving(["demo", "--data-dir", dataDir]);

/** A temporary data directory that `dispose` removes. */
export const temporaryDataDir = (): { readonly path: string; readonly dispose: () => void } => {
  const path = mkdtempSync(join(tmpdir(), "leadwire-e2e-"));
  return { path: join(path, "data"), dispose: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
};
