import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openLeadKeys } from "./lead-key-file.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-keys-"));
});
afterEach(() => rmSync(folder, { recursive: true }));
const path = (): string => join(folder, "keys", "lead-keys.jsonl");

test("gives a lead the same key again, after a restart too, and each lead its own", () => {
  const keys = openLeadKeys(path());
  const first = keys.keyFor("L1");
  expect(first).toHaveLength(32);
  expect(keys.keyFor("L1")).toEqual(first);
  expect(keys.keyFor("L2")).not.toEqual(first);
  keys.close();
  const again = openLeadKeys(path());
  expect(again.keyFor("L1")).toEqual(first);
  again.close();
});

test("erases a key for good: it is in no byte of the file, and none is made again", () => {
  const keys = openLeadKeys(path());
  const text = Buffer.from(keys.keyFor('L"1\n') ?? []).toString("base64");
  const kept = keys.keyFor("L2");
  keys.flush();
  expect(readFileSync(path(), "utf8")).toContain(text);
  keys.eraseAll(['L"1\n']);
  expect(readFileSync(path(), "utf8")).not.toContain(text);
  expect(keys.keyFor('L"1\n')).toBeUndefined();
  keys.close();
  const again = openLeadKeys(path());
  expect(again.keyFor('L"1\n')).toBeUndefined();
  expect(again.keyFor("L2")).toEqual(kept);
  again.close();
});

test("opens after a crash that cut the last line, readable by this user alone", () => {
  const keys = openLeadKeys(path());
  const kept = keys.keyFor("L1");
  keys.close();
  appendFileSync(path(), '["L2","c2');
  const again = openLeadKeys(path());
  expect(again.keyFor("L1")).toEqual(kept);
  expect(again.keyFor("L2")).toHaveLength(32);
  again.close();
  expect(statSync(path()).mode & 0o077).toBe(0);
});
