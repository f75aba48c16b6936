import { Command, InvalidArgumentError } from "commander";
import { type CliContext, ExitCode, type SharedOptions } from "./context.ts";

/** What a command's module exports: options as commander read them, to an exit code. */
type Run<Options> = (context: CliContext, options: Options & SharedOptions) => Promise<number>;

/** For an option that may be repeated. */
export const collect = (value: string, before: ReadonlyArray<string>): ReadonlyArray<string> => [...before, value];

/** For an option that takes a whole number within bounds. */
export const wholeNumber =
  (what: string, min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/u.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Expected ${what} from ${min} to ${max}.`);
  };

export const defaultDataDir = ".leadwire";

/** What stands below a command's help. */
export const examples = (...lines: ReadonlyArray<string>): string =>
  `\n${lines.length > 1 ? "Examples" : "Example"}:\n${lines.map((line) => `  $ npx leadwire ${line}`).join("\n")}\n`;

/**
 * The command line. Each command's code is loaded when it is run: `--help` and a question to a running engine should
 * not wait for ClickHouse's launcher.
 */
export class Commands {
  readonly program = new Command("leadwire");
  exitCode: number = ExitCode.done;
  readonly #context: CliContext;

  constructor(context: CliContext) {
    this.#context = context;
    this.program
      .description("Live sales metrics from an event log: one command, no Docker.")
      .showHelpAfterError("(add --help for what there is)")
      .exitOverride()
      .configureOutput({
        writeOut: (text) => void context.terminal.out(text),
        writeErr: (text) => context.terminal.note(text.trimEnd()),
      });
  }

  /** A command with the options that all have. */
  add(name: string, description: string, parent: Command = this.program): Command {
    return this.addPlain(name, description, parent)
      .option("--data-dir <folder>", "where the data are", defaultDataDir)
      .option(
        "--config <file>",
        "the workspace, and where Kafka and ClickHouse are (default: leadwire.yaml of the data folder, else of this one)",
      );
  }

  /** A command that needs no data and no config. */
  addPlain(name: string, description: string, parent: Command): Command {
    return parent.command(name).description(description).option("--json", "one JSON document on standard output");
  }

  /** Runs a command and keeps its exit code. */
  run<Options>(run: Run<Options>, options: Options & SharedOptions): Promise<void> {
    return run(this.#context, options).then((code) => {
      this.exitCode = code;
    });
  }
}
