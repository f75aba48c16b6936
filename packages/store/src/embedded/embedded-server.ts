import { setTimeout as sleep } from "node:timers/promises";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import type { ReaderUser } from "../readers/reader-user.ts";
import type { StoreUser } from "../store-user.ts";
import { engineFile } from "./engine-file.ts";
import { freePort } from "./free-port.ts";
import { PauseGate } from "./pause-gate.ts";
import { type ServerChild, startServerChild } from "./server-child.ts";
import {
  defaultLimits,
  doorHeader,
  doorSecret,
  type ServerLimits,
  type ServerPasswords,
  serverFiles,
  usersXml,
  writeServerFiles,
} from "./server-files.ts";

/** What makes a server one of several: for tests of the cluster layout, since the library cannot replicate. */
export interface ShardOptions {
  /** Where the other servers reach it. */
  readonly tcpPort: number;
  /** Elements of its configuration: remote_servers, macros. */
  readonly configXml: string;
}

export interface EmbeddedServerOptions {
  /** A directory of the server's own: data, configuration, log. */
  readonly directory: string;
  /** Random and new at each start; only their hashes are written. */
  readonly passwords: ServerPasswords;
  /** A `clickhouse` program to run instead of the library from npm. */
  readonly binary?: string;
  readonly limits?: Partial<ServerLimits>;
  readonly shard?: ShardOptions;
  /** Told when the server died and when it is back, for the log. */
  readonly onChange?: (state: "ready" | "died", detail: string) => void;
}

export interface EmbeddedServer {
  /** Stays the same over restarts. */
  readonly url: string;
  readonly passwords: ServerPasswords;
  /** Of the running process; undefined between two of them. */
  readonly pid: () => number | undefined;
  /** What is under way: the engine's own requests, and people's. */
  readonly gates: Readonly<Record<StoreUser, PauseGate>>;
  /**
   * Lets these readers in, and nobody else. Users are read at start only, so the server pauses where they differ from
   * those it knows: what comes waits, what runs may end within 10 seconds and is cut then.
   */
  readonly admit: (readers: ReadonlyArray<ReaderUser>) => Promise<Either<LaunchFault, void>>;
  /** Resolves when it takes requests. */
  readonly ready: () => Promise<void>;
  /** Ends the process; resolves when it is gone. */
  readonly stop: () => Promise<void>;
}

/** Why the server did not come up. */
export type LaunchFault =
  | { readonly _tag: "NoEngine"; readonly detail: string }
  | { readonly _tag: "NotStarted"; readonly detail: string };

const startTimeoutMs = 20_000;
const pollMs = 10;
const backOffMs: ReadonlyArray<number> = [50, 100, 250, 500, 1_000, 2_000, 5_000];
const steadyMs = 30_000;
/** So long a planned pause waits for what is under way. */
const drainMs = 10_000;

const answers = async (url: string, passwords: ServerPasswords): Promise<boolean> => {
  try {
    const answer = await fetch(url, {
      method: "POST",
      body: "SELECT 1",
      headers: {
        [doorHeader]: doorSecret(passwords),
        "X-ClickHouse-User": "leadwire",
        "X-ClickHouse-Key": passwords.admin,
      },
      signal: AbortSignal.timeout(5_000),
    });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
};

/** How a process ended, and what it said before. */
const lastWords = (child: ServerChild): string => {
  const said = child.tail();
  return said === "" ? child.ending() : `${child.ending()}: ${said}`;
};

/** One server: the process that runs now, and the promise to have one until `stop`. */
class Supervisor implements EmbeddedServer {
  readonly url: string;
  readonly passwords: ServerPasswords;
  readonly #engine: string;
  readonly #options: EmbeddedServerOptions;
  readonly #limits: ServerLimits;
  readonly #port: number;
  readonly gates = { engine: new PauseGate(), analyst: new PauseGate() };
  #child: ServerChild | undefined;
  #readers: ReadonlyArray<ReaderUser> = [];
  /** Ends when the pause before it has. */
  #pauses: Promise<unknown> = Promise.resolve();
  #isPausing = false;
  #relaunching: Promise<void> = Promise.resolve();
  /** Closed while no process serves. */
  readonly #serving = new PauseGate();
  #stopping = false;
  #deathsInARow = 0;
  readonly #stopped = new AbortController();

  constructor(engine: string, port: number, options: EmbeddedServerOptions) {
    this.#engine = engine;
    this.#port = port;
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.passwords = options.passwords;
    this.url = `http://127.0.0.1:${port}`;
  }

  readonly pid = (): number | undefined => this.#child?.pid;

  /** Starts the process and waits until it serves; the last words of one that died are the detail. */
  async launch(): Promise<Either<LaunchFault, void>> {
    const { directory, shard } = this.#options;
    await writeServerFiles(directory, this.passwords, this.#limits, this.#readers, shard?.configXml);
    if (this.#stopping) return left({ _tag: "NotStarted", detail: "it was stopped" });
    const child = startServerChild(this.#engine, serverFiles(directory), this.#port, shard?.tcpPort);
    this.#child = child;
    for (let waitedMs = 0; waitedMs < startTimeoutMs; waitedMs += pollMs) {
      if (child.hasEnded() || this.#stopping) break;
      // Signed in, not just /ping: another program may have taken the port.
      if (await answers(this.url, this.passwords)) {
        void this.#watch(child);
        this.#serving.open();
        return right(undefined);
      }
      await sleep(pollMs);
    }
    child.kill();
    await child.ended;
    this.#child = undefined;
    const words = lastWords(child);
    return left({ _tag: "NotStarted", detail: `it did not answer on ${this.url} and ${words}` });
  }

  readonly ready = async (): Promise<void> => {
    while (this.#serving.isClosed || this.gates.analyst.isClosed) {
      await this.gates.analyst.passed();
      await this.#serving.passed();
    }
  };

  readonly admit = (readers: ReadonlyArray<ReaderUser>): Promise<Either<LaunchFault, void>> => {
    const admitted = this.#pauses.then(() => this.#admit(readers));
    this.#pauses = admitted.catch(() => undefined);
    return admitted;
  };

  async #admit(readers: ReadonlyArray<ReaderUser>): Promise<Either<LaunchFault, void>> {
    const xml = (of: ReadonlyArray<ReaderUser>): string => usersXml(this.passwords, this.#limits, of);
    if (xml(readers) === xml(this.#readers)) return right(undefined);
    this.#isPausing = true;
    try {
      // One that died may be on its way back with the former readers.
      await this.#relaunching;
      this.#readers = readers;
      await this.#drain();
      return await this.#restart();
    } finally {
      this.#isPausing = false;
      this.gates.engine.open();
      this.gates.analyst.open();
    }
  }

  /** 1. People's requests end, while the engine goes on; 2. the engine's. Each within the bound: a runaway cuts no insert. */
  async #drain(): Promise<void> {
    for (const gate of [this.gates.analyst, this.gates.engine]) {
      const over = new AbortController();
      const signal = AbortSignal.any([over.signal, this.#stopped.signal]);
      gate.close();
      await gate.idle(sleep(drainMs, undefined, { signal }).catch(() => undefined));
      over.abort();
    }
  }

  /** One that does not come up at once is tried again beside, as after a death. */
  async #restart(): Promise<Either<LaunchFault, void>> {
    const child = this.#child;
    child?.kill();
    await child?.ended;
    const started = await this.launch();
    if (started._tag === "Left" && !this.#stopping) this.#relaunching = this.#relaunch();
    return started;
  }

  readonly stop = async (): Promise<void> => {
    this.#stopping = true;
    this.#stopped.abort();
    this.#serving.open();
    const child = this.#child;
    if (child === undefined) return;
    child.kill();
    await child.ended;
  };

  async #watch(child: ServerChild): Promise<void> {
    const steady = setTimeout(() => {
      this.#deathsInARow = 0;
    }, steadyMs);
    steady.unref();
    await child.ended;
    clearTimeout(steady);
    this.#child = undefined;
    this.#serving.close();
    if (this.#stopping || this.#isPausing) return;
    this.#options.onChange?.("died", lastWords(child));
    this.#relaunching = this.#relaunch();
  }

  async #relaunch(): Promise<void> {
    while (!this.#stopping) {
      const waitMs = backOffMs[Math.min(this.#deathsInARow, backOffMs.length - 1)] ?? 5_000;
      this.#deathsInARow += 1;
      await sleep(waitMs, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
      if (this.#stopping) return;
      const started = await this.launch();
      if (started._tag === "Right") {
        this.#options.onChange?.("ready", this.url);
        return;
      }
      this.#options.onChange?.("died", started.left.detail);
    }
  }
}

const noEngine: LaunchFault = {
  _tag: "NoEngine",
  detail:
    `no embedded ClickHouse for ${process.platform} ${process.arch}: set store.binary to a clickhouse program, ` +
    "or store.url to a server, in leadwire.yaml",
};

/** A port may be taken in between, a killed owner's process may hold the directory a moment longer. */
const attempts = 5;

/**
 * Starts an embedded ClickHouse and keeps it running: a process that dies is started again, and none outlives this
 * one, not even when this one is killed.
 */
export const startEmbeddedServer = async (
  options: EmbeddedServerOptions,
): Promise<Either<LaunchFault, EmbeddedServer>> => {
  const engine = engineFile(options.binary);
  if (engine === undefined) return left(noEngine);
  let fault: LaunchFault = noEngine;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const supervisor = new Supervisor(engine, await freePort(), options);
    const started = await supervisor.launch();
    if (started._tag === "Right") return right(supervisor);
    fault = started.left;
    await sleep(backOffMs[attempt + 1] ?? 1_000);
  }
  return left(fault);
};
