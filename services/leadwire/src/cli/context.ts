/** Where a command writes. Answers go to `out`, everything else to `note`. */
export interface Terminal {
  /** Resolves once the other side has taken it. */
  readonly out: (text: string | Uint8Array) => Promise<void>;
  /** A line on standard error. */
  readonly note: (text: string) => void;
  /** Writes over the current line of standard error; only where `live`. */
  readonly redraw: (text: string) => void;
  /** Standard error is a terminal that a person watches. */
  readonly live: boolean;
}

/** What only `main.ts` may touch: the clock, randomness, signals, the process. */
export interface CliContext {
  readonly terminal: Terminal;
  readonly cwd: string;
  readonly pid: number;
  readonly nowMs: () => number;
  readonly randomHex: (bytes: number) => string;
  /** Aborted at the first Ctrl-C or SIGTERM; asked for by commands that have something to end. */
  readonly stopping: () => AbortSignal;
  /** Ends the process at once: a broken invariant, or a close that takes too long. */
  readonly exit: (code: number) => never;
}

/** 0 ≤ x < 1, in steps of 2⁻⁴⁸. */
export const randomFraction = (randomHex: CliContext["randomHex"]) => (): number =>
  Number.parseInt(randomHex(6), 16) / 2 ** 48;

/** What every command takes. */
export interface SharedOptions {
  readonly dataDir: string;
  /** Undefined: see config-file.ts. */
  readonly config?: string;
  readonly json?: boolean;
}

const plainPath = /^[\w./~+-]+$/u;

/** What to add to a command shown to a person, so that it asks the same data directory; empty for the default one. */
export const dataDirFlag = (dataDir: string): string =>
  dataDir === ".leadwire" ? "" : ` --data-dir ${plainPath.test(dataDir) ? dataDir : JSON.stringify(dataDir)}`;

export const ExitCode = { done: 0, failed: 1, wrongUsage: 2 } as const;

/** Ends a command with a message: 1 for what failed, 2 for what was asked wrongly. */
export class CommandFault extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number = ExitCode.failed) {
    super(message);
    this.exitCode = exitCode;
  }
}

export const wrongUsage = (message: string): CommandFault => new CommandFault(message, ExitCode.wrongUsage);

/** A fault of a kind that is known says what to do; of any other the stack is the most that is known. */
const causeText = (cause: unknown): string => {
  if (!(cause instanceof Error)) return String(cause);
  return "_tag" in cause || cause.name === "StoreError" ? cause.message : (cause.stack ?? cause.message);
};

/** Ends the process over a broken invariant, with what is known of it. */
export const endOn = (context: CliContext, cause: unknown): never => {
  context.terminal.note(`Leadwire stops: ${causeText(cause)}`);
  return context.exit(ExitCode.failed);
};
