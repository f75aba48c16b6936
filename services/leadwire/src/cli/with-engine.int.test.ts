import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { CliContext } from "./context.ts";
import { runCli } from "./program.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-commands-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = async (...args: ReadonlyArray<string>): Promise<{ code: number; out: string; err: string }> => {
  let out = "";
  let err = "";
  const context: CliContext = {
    terminal: {
      out: async (text) => {
        out += String(text);
      },
      note: (text) => {
        err += `${text}\n`;
      },
      redraw: () => undefined,
      live: false,
    },
    cwd: folder,
    pid: process.pid,
    nowMs: () => Math.floor(performance.timeOrigin + performance.now()),
    randomHex: (bytes) => "0a".repeat(bytes),
    stopping: () => new AbortController().signal,
    exit: (code) => {
      throw new Error(`exit ${code}`);
    },
  };
  return { code: await runCli(context, [...args, "--json"]), out, err };
};

test("commands at the same time on one data directory all get their answer", { timeout: 60_000 }, async () => {
  const files = ["a", "b", "c"].map((name) => {
    const path = join(folder, `${name}.jsonl`);
    const lead = (index: number) => ({ event_id: `${name}${index}`, lead_id: `${name}${index}`, source_system: "web" });
    const lines = Array.from({ length: name === "a" ? 10 : 6_000 }, (_, index) =>
      JSON.stringify({ type: "lead-created", occurred_at: "2026-03-02T08:00:00Z", ...lead(index) }),
    );
    writeFileSync(path, lines.join("\n"));
    return path;
  });
  const done = await Promise.all(files.map((file) => run("import", file, "--data-dir", "data")));
  expect(done.map(({ code, err }) => [code, err.includes("went away")])).toEqual(files.map(() => [0, false]));
  const { out } = await run("kpi", "new_leads", "--window", "all", "--data-dir", "data");
  expect(JSON.parse(out)).toMatchObject([{ value: 12_010 }]);
});
