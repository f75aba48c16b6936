/**
 * The process in which an embedded ClickHouse runs; started by server-supervisor.ts with `fork`, never imported.
 * It lives exactly as long as the channel to its parent: an ordinary exit would hang on the engine's threads, and
 * data that were acknowledged survive a SIGKILL, so that is how it ends.
 */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";

const [engine, ...argv] = process.argv.slice(2);
if (engine === undefined || process.send === undefined) {
  throw new Error("server-process.ts is started by the engine: run npx leadwire up");
}

const die = (): never => {
  process.kill(process.pid, "SIGKILL");
  throw new Error("unreachable: the process was killed");
};

/** A `clickhouse` program is a child of this process, so that it ends with it. */
const runProgram = (program: string): void => {
  const child = spawn(program, ["local", ...argv], { stdio: ["ignore", "inherit", "inherit"] });
  const end = (): never => {
    child.kill("SIGKILL");
    return die();
  };
  process.once("disconnect", end);
  child.once("error", (fault) => {
    console.error(`${program} could not be started: ${fault.message}`);
    end();
  });
  child.once("exit", end);
};

/** The library's undocumented entry point: clickhouse-local with its command line, on a thread of its own. */
const runLibrary = async (library: string): Promise<void> => {
  process.once("disconnect", die);
  // ffi-rs is CommonJS with an enum that only `require` hands out whole.
  const { open, load, DataType }: typeof import("ffi-rs") = createRequire(import.meta.url)("ffi-rs");
  open({ library: "clickhouse", path: library });
  const args = ["clickhouse", ...argv];
  await load({
    library: "clickhouse",
    funcName: "chdb_query_cmdline",
    retType: DataType.I32,
    paramsType: [DataType.I32, DataType.StringArray],
    paramsValue: [args.length, args],
    runInNewThread: true,
  });
  die();
};

if (engine.endsWith(".so") || engine.endsWith(".dylib")) await runLibrary(engine);
else runProgram(engine);
