import { expect, test } from "vitest";
import { localText } from "./local-text.ts";

test("an instant stands in the zone's own time, with seconds only where there are any", () => {
  expect(localText("2017-06-30T22:00:00.000Z", "Europe/Warsaw")).toBe("2017-07-01 00:00");
  expect(localText("2017-07-01T12:30:05.250Z", "UTC")).toBe("2017-07-01 12:30:05");
});
