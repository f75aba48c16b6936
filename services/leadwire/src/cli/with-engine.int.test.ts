import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runIn } from "../testing/test-cli.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-commands-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (...args: ReadonlyArray<string>) => runIn(folder, ...args, "--json");

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

const importLine = (event: object): ReturnType<typeof run> => {
  const path = join(folder, "one.jsonl");
  const head = { occurred_at: "2026-03-02T08:00:00Z", source_system: "web", lead_id: "L1" };
  writeFileSync(path, JSON.stringify({ ...head, ...event }));
  return run("import", path, "--data-dir", "data");
};

test("an imported lead-erased takes the lead's key", { timeout: 60_000 }, async () => {
  const keys = (): string => readFileSync(join(folder, "data", "keys", "lead-keys.jsonl"), "utf8");
  await importLine({ type: "lead-created", event_id: "e1", contact: { name: "Ana" } });
  expect(keys()).toMatch(/^\["L1","[^"]+"\]\n$/u);
  await importLine({ type: "lead-erased", event_id: "e2", request_id: "r1" });
  expect(keys()).toBe('["L1",null]\n');
});

test("events are judged by the workspace that is served, until a rebuild", { timeout: 60_000 }, async () => {
  await importLine({ type: "lead-created", event_id: "e1" });
  const stage = "{ id: trial, probability: 0.5, qualified: true, opportunity: true }";
  writeFileSync(join(folder, "data", "leadwire.yaml"), `pipelines: [{ id: p, stages: [${stage}] }]\n`);
  const trial = { type: "stage-changed", event_id: "e2", to_stage: "trial" };
  const refused = await importLine(trial);
  expect(refused.err).toContain("run npx leadwire rebuild");
  expect(JSON.parse(refused.out)).toMatchObject({ rows: { quarantined_by_reason: { unknown_stage: 1 } } });
  const back = await run("rebuild", "--back", "--data-dir", "data");
  expect(back.code).not.toBe(0);
  // Nothing is said of a rebuild that begins.
  expect(back.err).toMatch(/^\S*There is no former generation to go back to/u);
  const { err } = await run("rebuild", "--data-dir", "data");
  expect(err.match(/100 %/gu)).toHaveLength(1);
  expect(JSON.parse((await importLine(trial)).out)).toMatchObject({ rows: { placed: 1, quarantined: 0 } });
});

test("a question to Kafka is not answered by a process with a log of its own", { timeout: 60_000 }, async () => {
  await importLine({ type: "lead-created", event_id: "e1" });
  const owner = { pid: process.pid, url: "http://127.0.0.1:1", token: "t", log: "embedded" };
  writeFileSync(join(folder, "data", "owner.json"), JSON.stringify(owner));
  writeFileSync(join(folder, "kafka.yaml"), 'log: kafka\nkafka: { brokers: ["127.0.0.1:1"] }\n');
  const { code, err } = await run(
    "kpi",
    "new_leads",
    "--window",
    "all",
    "--data-dir",
    "data",
    "--config",
    "kafka.yaml",
  );
  expect([code, err]).toEqual([1, expect.stringContaining("whose log is in that folder")]);
});

test("an answer without rows says so, and leaves standard output empty", { timeout: 60_000 }, async () => {
  await importLine({ type: "lead-created", event_id: "e1" });
  const none = await runIn(folder, "sql", "SELECT 1 WHERE 0", "--data-dir", "data");
  expect(none).toEqual({ code: 0, out: "", err: "No rows.\n" });
});
