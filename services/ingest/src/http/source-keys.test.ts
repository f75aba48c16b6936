import { expect, test } from "vitest";
import { isLocalAddress, unguardedDoor } from "./source-keys.ts";

const key = { source: "crm", sha256: "00".repeat(32) };

test.each(["127.0.0.1", "localhost", "::1"])("a door on %s needs no key", (host) => {
  expect(unguardedDoor(host, [])).toBeUndefined();
});

test.each(["0.0.0.0", "::", "10.1.2.3", "ingest.example.com"])("a door on %s does not open without a key", (host) => {
  expect(unguardedDoor(host, [])).toContain("npx leadwire keys create SOURCE");
  expect(unguardedDoor(host, [key])).toBeUndefined();
});

test("a caller is local by its socket's address alone", () => {
  expect(["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"].every(isLocalAddress)).toBe(true);
  expect(["10.0.0.1", "::ffff:10.0.0.1", undefined, "fe80::1", "128.0.0.1"].some(isLocalAddress)).toBe(false);
});
