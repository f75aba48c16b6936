import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeEvent, keyOf, type SalesEvent, topicOf } from "@leadwire/events";
import type { KpiAnswer } from "@leadwire/kpis";
import { demoWorkspaceYaml } from "leadwire";
import { loadConfig } from "../../../services/leadwire/src/cli/config-file.ts";
import type { CliContext } from "../../../services/leadwire/src/cli/context.ts";
import { type HostedEngine, hostEngine } from "../../../services/leadwire/src/cli/host-engine.ts";
import { runCli } from "../../../services/leadwire/src/cli/program.ts";
import type { PortWish } from "../../../services/leadwire/src/shell/listen.ts";

/** `npx leadwire up` with the demo's workspace, and the command line beside it, on a clock that the test plays. */
export interface PlayedEngine {
  readonly url: () => string;
  readonly nowMs: () => number;
  /** Sets the clock; it goes on from there. */
  readonly at: (ms: number) => void;
  readonly append: (events: ReadonlyArray<SalesEvent>) => Promise<void>;
  /** Until all that was appended is in ClickHouse. */
  readonly stored: () => Promise<void>;
  /** `npx leadwire kpi … --json`. */
  readonly kpi: (...args: ReadonlyArray<string>) => Promise<ReadonlyArray<KpiAnswer>>;
  /** Ends the server; `begin` opens it again on the same port and the same data. */
  readonly end: () => Promise<void>;
  readonly begin: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

/** `startMs` has to lie ahead of ClickHouse's own clock, by which it lets go of old minutes. */
export const startPlayedEngine = async (
  startMs: number,
  boards: Readonly<Record<string, string>>,
): Promise<PlayedEngine> => {
  const folder = mkdtempSync(join(tmpdir(), "leadwire-day-"));
  const dataDir = join(folder, "data");
  const boardsFolder = join(dataDir, "boards");
  mkdirSync(boardsFolder, { recursive: true });
  writeFileSync(join(dataDir, "leadwire.yaml"), demoWorkspaceYaml);
  for (const [name, text] of Object.entries(boards)) writeFileSync(join(boardsFolder, `${name}.yaml`), text);
  let aheadMs = startMs - performance.now();
  const nowMs = (): number => Math.floor(aheadMs + performance.now());
  const contextOf = (out: (text: string) => void, note: (text: string) => void): CliContext => ({
    terminal: { out: async (text) => out(String(text)), note, redraw: () => undefined, live: false },
    cwd: folder,
    pid: process.pid,
    nowMs,
    randomHex: (bytes) => "7e".repeat(bytes),
    stopping: () => new AbortController().signal,
    exit: (code) => {
      throw new Error(`exit ${code}`);
    },
  });
  const context = contextOf(
    () => undefined,
    () => undefined,
  );
  const config = await loadConfig(context, { dataDir });
  const open = async (port: PortWish): Promise<HostedEngine> => {
    const hosted = await hostEngine(context, { dataDir, config, port, page: { boardsFolder } });
    if (hosted === undefined) throw new Error("somebody else owns a fresh folder");
    return hosted;
  };
  let hosted: HostedEngine | undefined = await open({ _tag: "any" });
  const { url } = hosted;
  const engine = (): HostedEngine["engine"] => {
    if (hosted === undefined) throw new Error("the server is ended");
    return hosted.engine;
  };
  const kpi: PlayedEngine["kpi"] = async (...args) => {
    const told = { out: "", err: "" };
    const written = contextOf(
      (text) => {
        told.out += text;
      },
      (text) => {
        told.err += `${text}\n`;
      },
    );
    const code = await runCli(written, ["kpi", ...args, "--json", "--data-dir", dataDir]);
    if (code !== 0) throw new Error(`kpi ${args.join(" ")}: ${told.err}`);
    return JSON.parse(told.out) as ReadonlyArray<KpiAnswer>;
  };
  const end = async (): Promise<void> => {
    const ending = hosted;
    hosted = undefined;
    await ending?.close();
  };
  return {
    url: () => url,
    nowMs,
    at: (ms) => {
      aheadMs = ms - performance.now();
    },
    append: (events) =>
      engine().append(
        events.map((event) => ({
          topic: topicOf(event.type),
          key: Buffer.from(keyOf(event)),
          value: encodeEvent(event),
        })),
      ),
    stored: async () => {
      await kpi("new_leads", "--window", "all");
    },
    kpi,
    end,
    begin: async () => {
      hosted = await open({ _tag: "asked", port: Number(new URL(url).port) });
    },
    dispose: async () => {
      await end();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
