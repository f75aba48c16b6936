import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalogue } from "@leadwire/kpis/catalogue";
import { describe, expect, test } from "vitest";
import type { CliContext } from "./context.ts";
import { runCli } from "./program.ts";

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
    cwd: "/nowhere",
    pid: 1,
    nowMs: () => 0,
    randomHex: (bytes) => "0".repeat(bytes * 2),
    stopping: () => new AbortController().signal,
    exit: () => {
      throw new Error("exit");
    },
  };
  return { code: await runCli(context, args), out, err };
};

describe("the command line", () => {
  test.each([
    [["kpi", "win_rate"], "--window"],
    [["kpi", "--window", "all"], "metric"],
    [["nothing"], "unknown command"],
    [["up", "--port", "99999"], "from 0 to 65535"],
    [["import"], "files"],
    [["import", "a.jsonl", "--revision", "-1"], "whole number"],
    [["sql"], "Write a statement"],
    [["sql", "SELECT 1", "--format", "xlsx"], 'no format "xlsx"'],
    [["import", "gone.jsonl"], "no file gone.jsonl"],
    [["funnel"], "--window"],
    [["cohorts", "--window", "all"], "metric"],
    [["movements", "--window", "all", "--every", "hour"], "day, week, month"],
    [["quarantine", "replay"], "Name ids, or one reason"],
    [["quarantine", "replay", "--reason", "rate"], 'There is no reason "rate": there are '],
    [["quarantine", "repair", "q-1"], "--set to_stage=proposal"],
    [["kpi", "x", "--window", "all", "--config", "gone.yaml"], "no config file gone.yaml"],
  ])("exits with 2 for %j and says what to write", async (args, words) => {
    const { code, out, err } = await run(...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(words);
  });

  test.each([
    "up",
    "demo",
    "import",
    "kpi",
    "funnel",
    "cohorts",
    "waterfall",
    "movements",
    "quality",
    "sql",
    "ledger",
    "verify",
    "rebuild",
  ])("%s has help with an example, and takes a data directory, a config and --json", async (command) => {
    const { code, out } = await run(command, "--help");
    expect(code).toBe(0);
    for (const words of ["Example", `npx leadwire ${command}`, "--data-dir", "--config", "--json"])
      expect(out).toContain(words);
  });

  test("kpi --list needs no data: the catalogue is there before them", async () => {
    const { code, out } = await run("kpi", "win_rate", "--list", "--lang", "pl", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ language: "pl", metrics: [{ metric: "win_rate", targets: [] }] });
    expect(await run("kpi", "--list", "--lang", "de")).toMatchObject({
      code: 2,
      err: expect.stringContaining("zh-Hant"),
    });
  });

  test("kpi --help names every metric of the catalogue", async () => {
    const { out } = await run("kpi", "--help");
    const listed = out.split("Metrics:\n")[1]?.split("\n\n")[0]?.trim().split(/\s+/u) ?? [];
    expect(listed.sort()).toEqual([...catalogue.metrics.keys()].sort());
  });

  test.each([["kpi", "sales", "--window", "all"], ["ledger"], ["verify"], ["sql", "SELECT 1"], ["quarantine", "list"]])(
    "%s makes no data directory where none is, and says how to begin",
    async (...args) => {
      const dataDir = join(tmpdir(), "leadwire-not-there");
      const { code, out, err } = await run(...args, "--data-dir", dataDir);
      expect([code, out]).toEqual([1, ""]);
      expect(err).toBe(`no data in ${dataDir}: run npx leadwire demo or import first\n`);
      expect(existsSync(dataDir)).toBe(false);
    },
  );

  test("sql --schema needs no data", async () => {
    const { code, out } = await run("sql", "--schema", "--data-dir", "/nowhere/at/all");
    expect(code).toBe(0);
    expect(out).toContain("leads");
  });

  test("quarantine list, show, repair and replay have theirs", async () => {
    expect((await run("quarantine", "list", "--help")).out).toContain("npx leadwire quarantine list");
    expect((await run("quarantine", "show", "--help")).out).toContain("npx leadwire quarantine show q-");
    expect((await run("quarantine", "repair", "--help")).out).toContain("npx leadwire quarantine repair q-");
    expect((await run("quarantine", "replay", "--help")).out).toContain("npx leadwire quarantine replay --reason");
  });

  test.each(["check", "test", "backtest", "list", "history", "silence", "ack", "deliveries", "resend"])(
    "alerts %s has help with an example",
    async (command) =>
      expect((await run("alerts", command, "--help")).out).toContain(`$ npx leadwire alerts ${command}`),
  );
});
