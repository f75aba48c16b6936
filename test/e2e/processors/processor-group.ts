import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** What a processor said of itself last (processor-process.ts). */
export interface ProcessorLine {
  /** Since its process began: now, and when the group last gave it partitions. */
  readonly upMs: number;
  readonly assignedMs: number;
  readonly ready: boolean;
  readonly sources: Readonly<Record<"parked" | "local" | "snapshot" | "log", number>>;
  /** By topic/partition, of what it has. */
  readonly positions: Readonly<Record<string, number>>;
}

export interface ProcessorSettings {
  readonly bootstrap: string;
  readonly folder: string;
  readonly generation: string;
  readonly partitions: number;
  readonly sessionTimeoutMs: number;
}

/** A processor in a process of its own. */
export class ProcessorChild {
  line: ProcessorLine | undefined;
  private readonly child: ChildProcess;
  private readonly exited: Promise<unknown>;

  constructor({ bootstrap, folder, generation, partitions, sessionTimeoutMs }: ProcessorSettings) {
    const script = fileURLToPath(new URL("processor-process.ts", import.meta.url));
    const args = [script, bootstrap, folder, generation, String(partitions), String(sessionTimeoutMs)];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    this.child = child;
    this.exited = once(child, "exit");
    let rest = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const lines = `${rest}${text}`.split("\n");
      rest = lines.pop() ?? "";
      const last = lines.at(-1);
      if (last !== undefined) this.line = JSON.parse(last) as ProcessorLine;
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** SIGTERM unless another signal is given; resolves to the exit code, null after a kill. */
  async end(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    this.child.kill(signal);
    await this.exited;
    return this.child.exitCode;
  }
}
