import { loadWorkspace } from "../config-file.ts";
import { type CliContext, ExitCode, type SharedOptions } from "../context.ts";
import { ownEngine, stopped } from "../hosted-command.ts";
import { defaultPort, type PortWish } from "../listen.ts";
import { closeWithin } from "../with-engine.ts";

export interface ServeOptions extends SharedOptions {
  readonly port?: number;
}

export const portWish = (port: number | undefined): PortWish =>
  port === undefined ? { _tag: "near", port: defaultPort } : port === 0 ? { _tag: "any" } : { _tag: "asked", port };

export const up = async (context: CliContext, options: ServeOptions): Promise<number> => {
  const { terminal } = context;
  const stopping = context.stopping();
  const workspace = await loadWorkspace(context, options);
  const { url, close } = await ownEngine(context, options, workspace, {
    port: portWish(options.port),
    page: true,
  });
  await terminal.out(options.json === true ? `${JSON.stringify({ url })}\n` : `Leadwire serves ${url}\n`);
  terminal.note(`Open it for the page; send events to ${url}/v1/events. Ctrl-C ends it.`);
  await stopped(stopping);
  terminal.note("Ending …");
  await closeWithin(context, close);
  return ExitCode.done;
};
