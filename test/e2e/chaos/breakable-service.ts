import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { leadwireMain } from "../leadwire-process.ts";

export interface ServiceSettings {
  /** `processor`. */
  readonly kind: string;
  /** `processor-2`: its name in the journal and of its files. */
  readonly name: string;
  readonly folder: string;
  readonly config: string;
  readonly env: NodeJS.ProcessEnv;
  /** Told when it ended though nobody ended it, and when it did not end though it was told to. */
  readonly onCrash: (name: string, how: string) => void;
}

/** It ended before it listened, or did not listen in time. */
const listenMsMax = 60_000;
const restartPauseMs = 500;
/** A service has 25 s to end by itself. */
const endMsMax = 40_000;

/**
 * One service as a process of its own that can be ended in any way and started again. One that ends by itself is told of
 * and started again, as whatever runs services would do. What it writes goes to `<name>.out`.
 */
export class BreakableService {
  readonly kind: string;
  readonly name: string;
  /** Where it listens; undefined while it does not run. */
  url: string | undefined;
  private readonly settings: ServiceSettings;
  private readonly output: string;
  private child: ChildProcess | undefined;
  /** Whether it should be running. */
  private wanted = false;

  constructor(settings: ServiceSettings) {
    this.settings = settings;
    this.kind = settings.kind;
    this.name = settings.name;
    this.output = join(settings.folder, `${settings.name}.out`);
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get dataDir(): string {
    return join(this.settings.folder, this.name);
  }

  /** Resolves once it listens, which is before it is ready. Tries again for as long as it is wanted. */
  async start(): Promise<void> {
    this.wanted = true;
    while (this.wanted && this.url === undefined) {
      if (await this.launch()) return;
      await sleep(restartPauseMs);
    }
  }

  /** SIGKILL; resolves when it is gone. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** SIGTERM; resolves to its exit status. */
  async terminate(): Promise<number | null> {
    const { pid, name } = this;
    const watchdog = setTimeout(() => {
      this.settings.onCrash(name, `process ${pid} did not end within ${endMsMax / 1_000} s when told to`);
      this.child?.kill("SIGKILL");
    }, endMsMax);
    const status = await this.end("SIGTERM");
    clearTimeout(watchdog);
    return status;
  }

  pause(): void {
    this.child?.kill("SIGSTOP");
  }

  resume(): void {
    this.child?.kill("SIGCONT");
  }

  /** Deletes what it keeps on disk; to be called while it does not run. */
  deleteState(): void {
    rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 5 });
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    this.wanted = false;
    const { child } = this;
    if (child === undefined) return null;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
    return child.exitCode;
  }

  private async launch(): Promise<boolean> {
    const { kind, config, env } = this.settings;
    const args = ["run", kind, "--config", config, "--data-dir", this.dataDir, "--port", "0", "--json"];
    const errors = openSync(this.output, "a");
    const child = spawn(process.execPath, [leadwireMain, ...args], { stdio: ["ignore", "pipe", errors], env });
    closeSync(errors);
    this.child = child;
    const listening = this.listening(child);
    child.once("exit", (code, signal) => this.ended(child, signal ?? `exit status ${code}`));
    this.url = await listening;
    return this.url !== undefined;
  }

  /** The address on its first line. */
  private listening(child: ChildProcess): Promise<string | undefined> {
    return new Promise((resolve) => {
      let text = "";
      const timer = setTimeout(() => child.kill("SIGKILL"), listenMsMax);
      child.stdout?.on("data", (part: Buffer) => {
        text += part.toString();
        if (!text.includes("\n")) return;
        clearTimeout(timer);
        resolve((JSON.parse(text.slice(0, text.indexOf("\n"))) as { url: string }).url);
      });
      child.once("exit", () => {
        clearTimeout(timer);
        resolve(undefined);
      });
    });
  }

  private ended(child: ChildProcess, how: string): void {
    if (this.child !== child) return;
    const listened = this.url !== undefined;
    this.child = undefined;
    this.url = undefined;
    appendFileSync(this.output, `--- ended: ${how}\n`);
    if (!this.wanted) return;
    this.settings.onCrash(this.name, `ended by itself, ${how}: ${readFileSync(this.output, "utf8").slice(-1_500)}`);
    // One that never listened is tried again by whoever waits for it.
    if (listened) void this.start();
  }
}
