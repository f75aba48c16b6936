import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CliContext } from "../cli/context.ts";
import { runCli } from "../cli/program.ts";
import { withEngine } from "../cli/with-engine.ts";
import type { SealingEngine } from "../http/engine-port.ts";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command line in a folder of its own, with a real engine. */
export interface TestCli {
  /** With `--json`. */
  readonly run: (...args: ReadonlyArray<string>) => Promise<Ran>;
  /** The JSON that a command printed. */
  readonly answered: <T>(...args: ReadonlyArray<string>) => Promise<T>;
  readonly write: (name: string, text: string) => void;
  /** Into a folder within, made where it is not there. */
  readonly writeIn: (folder: string, name: string, text: string) => void;
  /** Keeps one engine open, which commands find and ask: opening one for each takes a second. */
  readonly whileOpen: (body: (engine: SealingEngine) => Promise<void>) => Promise<void>;
  readonly remove: () => void;
}

const places = { dataDir: "data", config: "leadwire.yaml" };

/** What a command wrote. */
interface Told {
  out: string;
  err: string;
}

let runs = 0;

/** The context of one command in a folder: the clock is real, randomness counts the commands. */
const contextIn = (cwd: string, told: Told): CliContext => {
  runs += 1;
  const id = runs;
  return {
    terminal: {
      out: async (text) => {
        told.out += String(text);
      },
      note: (text) => {
        told.err += `${text}\n`;
      },
      redraw: () => undefined,
      live: false,
    },
    cwd,
    pid: process.pid,
    nowMs: () => Math.floor(performance.timeOrigin + performance.now()),
    randomHex: (bytes) => id.toString(16).padStart(bytes * 2, "0"),
    stopping: () => new AbortController().signal,
    exit: (code) => {
      throw new Error(`exit ${code}`);
    },
  };
};

/** Runs one command in a folder. */
export const runIn = async (cwd: string, ...args: ReadonlyArray<string>): Promise<Ran> => {
  const told = { out: "", err: "" };
  return { code: await runCli(contextIn(cwd, told), args), ...told };
};

/** Makes the folder; `remove` it in the end. */
export const openTestCli = (): TestCli => {
  const folder = mkdtempSync(join(tmpdir(), "leadwire-cli-"));
  const run: TestCli["run"] = (...args) =>
    runIn(folder, ...args, "--data-dir", places.dataDir, "--config", places.config, "--json");
  return {
    run,
    answered: async <T>(...args: ReadonlyArray<string>) => {
      const { out, err } = await run(...args);
      if (out === "") throw new Error(err);
      return JSON.parse(out) as T;
    },
    write: (name, text) => writeFileSync(join(folder, name), text),
    writeIn: (within, name, text) => {
      mkdirSync(join(folder, within), { recursive: true });
      writeFileSync(join(folder, within, name), text);
    },
    whileOpen: (body) => withEngine(contextIn(folder, { out: "", err: "" }), { ...places, mayBeEmpty: true }, body),
    remove: () => rmSync(folder, { recursive: true }),
  };
};
