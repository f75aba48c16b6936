import { expect, test } from "vitest";
import { outcomeOf } from "./http-outcome.ts";

const nowMs = Date.parse("2026-03-02T09:30:00Z");
const context = { shown: "hooks.example", nowMs, pauseMsMax: 3_600_000, secrets: ["T0KEN-abc"] };
const outcome = (status: number, body = "", headers: Record<string, string> = {}) =>
  outcomeOf({ status, body, headers }, context);

test.each([
  [200, "Delivered"],
  [204, "Delivered"],
  [301, "Refused"],
  [307, "Refused"],
  [400, "Refused"],
  [401, "Refused"],
  [404, "Refused"],
  [410, "Refused"],
  [408, "Retry"],
  [425, "Retry"],
  [429, "Retry"],
  [500, "Retry"],
  [503, "Retry"],
])("%d means %s", (status, tag) => {
  expect(outcome(status)._tag).toBe(tag);
});

test.each([
  ["120", 120_000],
  ["Mon, 02 Mar 2026 09:31:00 GMT", 60_000],
  ["Mon, 02 Mar 2026 09:00:00 GMT", 0],
  ["999999999", 3_600_000],
])("Retry-After: %s asks for a pause of %d ms", (header, afterMs) => {
  expect(outcome(429, "", { "retry-after": header })).toMatchObject({ _tag: "Retry", afterMs });
});

test("a Retry-After that says nothing asks for nothing", () => {
  expect(outcome(503, "", { "retry-after": "soon" })).not.toHaveProperty("afterMs");
});

test("a short answer in plain text is shown", () => {
  expect(outcome(404, "no_service\n").detail).toBe("hooks.example answered 404: no_service.");
});

test.each([["no /services/T0KEN-abc here"], ["x".repeat(500)], ["two\nlines"], ["\u001b[31mred"]])(
  "of an answer such as %j only the status is shown",
  (body) => {
    expect(outcome(404, body).detail).toBe("hooks.example answered 404.");
  },
);
