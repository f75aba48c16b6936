import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { ServerFiles } from "./server-files.ts";

/** The last words of a process, for the message when it dies. */
const tailBytesMax = 4_000;

export interface ServerChild {
  readonly pid: number | undefined;
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>;
  readonly hasEnded: () => boolean;
  /** What it wrote last. */
  readonly tail: () => string;
  /** How it ended, such as "ended by SIGKILL"; empty while it runs. */
  readonly ending: () => string;
  readonly kill: () => void;
}

const keepListening =
  "SELECT sleepEachRow(1) FROM system.numbers SETTINGS max_block_size=1, max_execution_time=0 FORMAT Null";

/** The process and the program that it may have started. */
const killGroup = (pid: number): void => {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself, and its `exit` is on its way.
  }
};

/** Starts one engine process. In a group of its own, so that a Ctrl-C in the terminal reaches only its owner. */
export const startServerChild = (engine: string, files: ServerFiles, port: number, tcpPort?: number): ServerChild => {
  const args = [
    engine,
    `--path=${files.data}`,
    "--listen_host=127.0.0.1",
    `--http_port=${port}`,
    ...(tcpPort === undefined ? [] : [`--tcp_port=${tcpPort}`]),
    `--config-file=${files.config}`,
    "--logger.console=0",
    "--log-level=error",
    `--logger.log=${files.log}`,
    // Two statements, whatever is listened to: the quota of this session's user ends with them.
    `--query=SYSTEM START LISTEN ${tcpPort === undefined ? "HTTP" : "QUERIES ALL"}; ${keepListening}`,
  ];
  const child: ChildProcess = fork(fileURLToPath(new URL("server-process.ts", import.meta.url)), args, {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    execArgv: [],
    detached: true,
    env: { TZ: "UTC" },
  });
  let tail = "";
  let over = false;
  let ending = "";
  const remember = (chunk: Buffer): void => {
    tail = (tail + chunk.toString("utf8")).slice(-tailBytesMax);
  };
  child.stdout?.on("data", remember);
  child.stderr?.on("data", remember);
  const ended = new Promise<void>((resolve) => {
    const end = (how: string): void => {
      over = true;
      ending = how;
      resolve();
    };
    child.once("exit", (code, signal) => end(signal === null ? `ended with exit code ${code}` : `ended by ${signal}`));
    child.once("error", (fault) => end(`could not be started: ${fault.message}`));
  });
  return {
    pid: child.pid,
    ended,
    hasEnded: () => over,
    tail: () => tail.trim(),
    ending: () => ending,
    kill: () => {
      if (child.pid !== undefined && !over) killGroup(child.pid);
    },
  };
};
