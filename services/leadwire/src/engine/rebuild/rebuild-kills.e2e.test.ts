import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runRebuildChild } from "../../testing/run-rebuild-child.ts";

// ClickHouse lets go of old minutes by its own clock: this one is ahead of it.
const startMs = Date.UTC(2060, 5, 1);
const dataDir = mkdtempSync(join(tmpdir(), "leadwire-rebuild-kills-"));
let runs = 0;
const run = (region: string, killAt: string) => {
  runs += 1;
  return runRebuildChild(dataDir, String(startMs + runs * 60_000), region, killAt);
};
const sound = { verified: true, balanced: true };
const former = { "(none)": 42 };
const rebuilt = { "(none)": 22, west: 20 };

afterAll(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));

test.each([
  ["while it folds", "fold", former],
  ["while the views are moved", "views-midway", former],
  ["after the file that decides", "move", former],
])("a rebuild killed %s leaves one generation whole, which serves", { timeout: 60_000 }, async (_, killAt, leads) => {
  const { code, found, stderr } = await run("west", killAt);
  expect(code, stderr).toBeNull();
  expect(found, stderr).toMatchObject([{ leads, ...sound }]);
});

test("what was decided serves at the next start, and the rebuild after it is whole", { timeout: 60_000 }, async () => {
  const { code, found, stderr } = await run("west", "never");
  expect(code, stderr).toBe(0);
  expect(found, stderr).toMatchObject([
    { leads: rebuilt, ...sound },
    { leads: rebuilt, ...sound },
  ]);
  expect(new Set(found.map(({ generation }) => generation)).size).toBe(2);
});
