import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCli } from "../../program.ts";

let cwd = "";
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "leadwire-check-"));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const write = (path: string, text: string): void => {
  mkdirSync(join(cwd, path, ".."), { recursive: true });
  writeFileSync(join(cwd, path), text);
};

const check = async (...args: ReadonlyArray<string>): Promise<{ code: number; out: string; err: string }> => {
  let out = "";
  let err = "";
  const terminal = {
    out: async (text: string | Uint8Array) => {
      out += String(text);
    },
    note: (text: string) => {
      err += text;
    },
    redraw: () => undefined,
    live: false,
  };
  const exit = (): never => {
    throw new Error("exit");
  };
  const stopping = () => new AbortController().signal;
  const context = { terminal, cwd, pid: 1, nowMs: () => 0, randomHex: () => "", stopping, exit };
  return { code: await runCli(context, ["alerts", "check", ...args]), out, err };
};

const rule = "rules:\n  - { id: sales-low, when: sales month < 10 EUR }\n";

test("leaves out what editors leave there, and reads nothing that may never end", async () => {
  write("alerts/sales.yaml", rule.replace("10 EUR", "10 USD"));
  write("alerts/.#sales.yaml", "half a line");
  expect(await check()).toMatchObject({ code: 0 });
  write("alerts/long.yaml", "#".repeat(9 * 2 ** 20));
  mkdirSync(join(cwd, "alerts", "folder.yaml"));
  const { code, err } = await check("alerts/long.yaml");
  expect(`${code} ${err}`).toContain(
    "2 alerts/long.yaml cannot be read: it has 9437184 bytes, expected 8388608 at most",
  );
  expect((await check("alerts/folder.yaml")).err).toContain("alerts/folder.yaml cannot be read: it is no file");
});

test("reads the folder beside the config in use, and only its rules", async () => {
  write("leadwire.yaml", "currency: EUR\n");
  write("alerts/sales.yaml", rule);
  write("alerts/notes.txt", "no rule");
  write("alerts/tests/sales.yaml", "rules: ../sales.yaml\ntests: []\n");
  const { code, out } = await check();
  expect(code).toBe(0);
  expect(out).toContain("sales-low (warning), alerts/sales.yaml:2\n");
  expect(out).toContain("  fires    below 10.00 EUR\n");
  expect(out).toContain("  tells    wallboard\n");
  expect(out).toContain("engine-lag (critical), (shipped):2\n");
  expect(out.endsWith("3 rules of alerts/: nothing is wrong.\n")).toBe(true);
});

test("a data folder with a config of its own has rules of its own", async () => {
  write("leadwire.yaml", "currency: USD\n");
  write("alerts/wrong.yaml", "rules: nothing");
  write("data/leadwire.yaml", "currency: EUR\n");
  write("data/alerts/sales.yaml", rule);
  const { code, out } = await check("--data-dir", "data", "--json");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    rules: [
      { rule_set: "sales", rule: "sales-low", file: "data/alerts/sales.yaml", tells: [{ receivers: ["wallboard"] }] },
      { rule_set: "shipped", rule: "engine-lag" },
      { rule_set: "shipped", rule: "quarantine-grows" },
    ],
    receivers: [{ name: "wallboard", kind: "wallboard" }],
  });
});

test("exits with 1 and says all that is wrong", async () => {
  write("alerts/a.yaml", "rules:\n  - { id: a, when: sale month < 10 USD }\n");
  write("alerts/b.yaml", "rules:\n  - { id: a, when: sales month < 10 EUR }\n");
  const { code, out } = await check();
  expect(code).toBe(1);
  expect(out.split("\n")).toEqual([
    'alerts/a.yaml:2:20 rules[0].when: expected a metric such as win_rate, or lead, deal, source, lag or quarantine, found "sale". Did you mean sales?',
    'alerts/b.yaml:2:37 rules[0].when: expected the workspace\'s currency USD behind the amount, found "EUR".',
    "",
  ]);
  const json = await check("--json");
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({ faults: [{ file: "alerts/a.yaml", line: 2, column: 20 }, {}] });
});

test("reads the files that are named, and says which cannot be read", async () => {
  write("draft.yaml", rule.replace("EUR", "USD"));
  write("alerts/wrong.yaml", "rules: nothing");
  expect(await check("draft.yaml")).toMatchObject({ code: 0, out: expect.stringContaining("3 rules of draft.yaml:") });
  expect(await check("gone.yaml")).toMatchObject({ code: 2, err: expect.stringContaining("gone.yaml cannot be read") });
});

test("without a folder there are the rules that everybody has", async () =>
  expect(await check()).toMatchObject({
    code: 0,
    out: expect.stringContaining("2 rules of alerts/: nothing is wrong."),
  }));
