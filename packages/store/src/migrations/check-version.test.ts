import { expect, test } from "vitest";
import { faultText } from "../store-fault.ts";
import { versionFault } from "./check-version.ts";

test.each(["26.7.2.1", "26.7.1.1-lts", "26.10.1.1", "27.1.1.1"])("takes ClickHouse %s", (version) => {
  expect(versionFault(version)).toBeUndefined();
});

test.each(["26.6.9.1", "25.12.1.1", "18.16.1", ""])("refuses ClickHouse %s", (version) => {
  expect(versionFault(version)?._tag).toBe("Rejected");
});

test("says what was found, what is needed and the fix", () => {
  const fault = versionFault("25.3.1.1");
  expect(fault && faultText(fault)).toBe(
    "ClickHouse refused it (OLD_VERSION): the server is ClickHouse 25.3.1.1, and Leadwire is tested with 26.7 and later: upgrade the server",
  );
});
