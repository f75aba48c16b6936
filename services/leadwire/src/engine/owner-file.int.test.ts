import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { announce, findOwner, releaseOwnership, takeOwnership } from "./owner-file.ts";

let dataDir = "";
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "leadwire-owner-"));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const owner = { pid: process.pid, url: null, token: "t" };
const path = (): string => join(dataDir, "owner.json");

test("one process at a time owns a data directory, and its file is for this user alone", () => {
  expect(takeOwnership(dataDir, owner)).toBe(true);
  expect(takeOwnership(dataDir, { ...owner, token: "other" })).toBe(false);
  announce(dataDir, { ...owner, url: "http://127.0.0.1:1" });
  expect(findOwner(dataDir)).toMatchObject({ url: "http://127.0.0.1:1", token: "t" });
  expect(statSync(path()).mode & 0o077).toBe(0);
  releaseOwnership(dataDir, process.pid);
  expect(findOwner(dataDir)).toBeUndefined();
});

test.each([
  ["a dead process", JSON.stringify({ ...owner, pid: 2 ** 22 + 1 })],
  ["a file that was cut", '{"pid":'],
  ["nothing", ""],
])("the file of %s is put aside", (_whose, text) => {
  writeFileSync(path(), text);
  expect(findOwner(dataDir)).toBeUndefined();
  expect(takeOwnership(dataDir, owner)).toBe(true);
});

test.runIf(process.platform === "linux")("another process that got a dead owner's pid does not own its data", () => {
  writeFileSync(path(), JSON.stringify({ ...owner, started: "1" }));
  expect(takeOwnership(dataDir, { ...owner, token: "mine" })).toBe(true);
  expect(findOwner(dataDir)).toMatchObject({ token: "mine" });
});
