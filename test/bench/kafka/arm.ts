import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { cpuUs } from "../report.ts";

/** What a process of an arm is told. */
export interface ArmTask {
  readonly bootstrap: string;
  /** Records in the event topics. */
  readonly events: number;
  /** Processes that share them. */
  readonly processes: number;
  /** Fresh for each run: names group and output topics. */
  readonly run: string;
  /** A folder of the process's own. */
  readonly folder: string;
}

/** What one process took from its start signal until it was told to end. */
export interface ArmFigures {
  readonly cpuUs: number;
  readonly rssBytes: number;
  /** Once a quarter of its share was read: loaded, compiled and grown. */
  readonly warmCpuUs: number;
  readonly warmRecords: number;
}

export interface Arm {
  /** Resolves when everything is read; until `end` the process keeps what it has. */
  readonly done: Promise<void>;
  /** Events read so far. */
  readonly records: () => number;
  readonly end: () => Promise<void>;
}

const pollMs = 10;

/** Notes what it took to come to a quarter of the process's share. */
const watchWarm = (
  arm: Arm,
  { events, processes }: ArmTask,
): { records: number; us: number; readonly stop: () => void } => {
  const timer = setInterval(() => {
    mark.records = arm.records();
    mark.us = cpuUs();
    if (mark.records >= events / processes / 4) clearInterval(timer);
  }, pollMs);
  const mark = { records: 0, us: cpuUs(), stop: () => clearInterval(timer) };
  return mark;
};

type Message = "go" | "end";

/** Runs an arm in this process: begins on "go", says "done", ends on "end" and answers its figures. */
export const serveArm = (start: (task: ArmTask) => Promise<Arm>): void => {
  const task = JSON.parse(process.argv[2] ?? "{}") as ArmTask;
  const send = (message: unknown): void => void process.send?.(message);
  process.once("message", () => {
    const fromUs = cpuUs();
    const run = async (): Promise<void> => {
      const arm = await start(task);
      const warm = watchWarm(arm, task);
      await arm.done;
      warm.stop();
      send("done");
      await once(process, "message");
      const warmRecords = arm.records() - warm.records;
      await arm.end();
      const endUs = cpuUs();
      const { rss } = process.memoryUsage();
      send({ cpuUs: endUs - fromUs, warmCpuUs: endUs - warm.us, warmRecords, rssBytes: rss } satisfies ArmFigures);
      process.disconnect();
    };
    run().catch((cause: unknown) => {
      process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`);
      process.exit(1);
    });
  });
  send("ready");
};

const next = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const exited = (code: number | null): void => reject(new Error(`an arm's process ended with ${code}`));
    child.once("exit", exited);
    child.once("message", (message) => {
      child.off("exit", exited);
      resolve(message);
    });
  });

const tell = (children: ReadonlyArray<ChildProcess>, message: Message): void => {
  for (const child of children) child.send(message);
};

/** Runs one arm in a process per task, all begun at once; answers the sums, and the wall time until the last was done. */
export const runArm = async (
  file: string,
  tasks: ReadonlyArray<ArmTask>,
): Promise<ArmFigures & { readonly wallMs: number }> => {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const children = tasks.map((task) => fork(path, [JSON.stringify(task)]));
  try {
    await Promise.all(children.map(next));
    const fromMs = performance.now();
    tell(children, "go");
    await Promise.all(children.map(next));
    const wallMs = performance.now() - fromMs;
    tell(children, "end");
    const figures = (await Promise.all(children.map(next))) as ReadonlyArray<ArmFigures>;
    await Promise.all(children.map((child) => child.exitCode ?? once(child, "exit")));
    const sum = (of: (figures: ArmFigures) => number): number => figures.reduce((total, each) => total + of(each), 0);
    return {
      wallMs,
      cpuUs: sum((f) => f.cpuUs),
      rssBytes: sum((f) => f.rssBytes),
      warmCpuUs: sum((f) => f.warmCpuUs),
      warmRecords: sum((f) => f.warmRecords),
    };
  } finally {
    for (const child of children) child.kill("SIGKILL");
  }
};
