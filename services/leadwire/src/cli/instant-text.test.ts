import { describe, expect, test } from "vitest";
import { windowText } from "./instant-text.ts";

describe("a window for people", () => {
  test("stands in the workspace's own time", () => {
    const july = { from: "2017-06-30T22:00:00.000Z", to: "2017-07-31T22:00:00.000Z" };
    expect(windowText(july, "Europe/Warsaw")).toBe("2017-07-01 00:00 to 2017-08-01 00:00 (Europe/Warsaw)");
    expect(windowText({ from: "2017-03-25T23:00:00.000Z", to: "2017-03-26T22:00:00.000Z" }, "Europe/Warsaw")).toBe(
      "2017-03-26 00:00 to 2017-03-27 00:00 (Europe/Warsaw)",
    );
  });

  test("says all where it has no edge, and which edge where it has one", () => {
    const at = "2017-07-01T00:00:00.000Z";
    expect(windowText({ from: null, to: null }, "UTC")).toBe("all");
    expect(windowText({ from: null, to: at }, "UTC")).toBe("up to 2017-07-01 00:00 (UTC)");
    expect(windowText({ from: at, to: null }, "UTC")).toBe("from 2017-07-01 00:00 on (UTC)");
  });
});
