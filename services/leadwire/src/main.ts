#!/usr/bin/env node
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { CliContext } from "./cli/context.ts";
import { runCli } from "./cli/program.ts";

/** The only place that knows the clock, randomness, signals and the process. */
const interrupted = 130;
let stop: AbortController | undefined;

const stopping = (): AbortSignal => {
  if (stop !== undefined) return stop.signal;
  const controller = new AbortController();
  stop = controller;
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(interrupted);
    controller.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return controller.signal;
};

const out = async (text: string | Uint8Array): Promise<void> => {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
};

// A reader that has seen enough (`| head`) closes the pipe: no failure of ours.
process.stdout.on("error", (fault: NodeJS.ErrnoException) => {
  if (fault.code === "EPIPE") process.exit(0);
  throw fault;
});

const live = process.stderr.isTTY === true;
const context: CliContext = {
  terminal: {
    out,
    note: (text) => void process.stderr.write(`${text}\n`),
    redraw: (text) => void process.stderr.write(`\r${text}\u001b[K`),
    live,
  },
  cwd: process.cwd(),
  pid: process.pid,
  nowMs: () => Date.now(),
  randomHex: (bytes) => randomBytes(bytes).toString("hex"),
  stopping,
  exit: (code) => process.exit(code),
};

process.exitCode = await runCli(context, process.argv.slice(2));
