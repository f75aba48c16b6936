import fc from "fast-check";
import { expect, test } from "vitest";
import { eventFromJson, eventToJson } from "./json-form.ts";
import { salesEvents } from "./testing/events.ts";

/** JSON has no negative zero. */
const withoutNegativeZero = (_name: string, value: unknown): unknown => (value === 0 ? 0 : value);

test("an event written as JSON text is read as the same event", () => {
  fc.assert(
    fc.property(salesEvents, (event) => {
      const text = JSON.stringify(eventToJson(event), withoutNegativeZero);
      const same = "value" in event && event.value === 0 ? { ...event, value: 0 } : event;
      expect(eventFromJson(JSON.parse(text))).toEqual({ _tag: "Right", right: { event: same } });
    }),
    { numRuns: 400 },
  );
});

test("any JSON value is either an event or a fault, never an exception", () => {
  fc.assert(
    fc.property(fc.jsonValue(), salesEvents, fc.nat(), (value, event, which) => {
      expect(["Left", "Right"]).toContain(eventFromJson(value)._tag);
      const json = eventToJson(event);
      const names = Object.keys(json);
      json[names[which % names.length] ?? "type"] = value;
      expect(["Left", "Right"]).toContain(eventFromJson(json)._tag);
    }),
    { numRuns: 1000 },
  );
});
