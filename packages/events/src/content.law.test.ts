import fc from "fast-check";
import { isRight } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { decodeEvent, encodeEvent } from "./avro-codec.ts";
import { contentHash, eventIdOfRow } from "./content.ts";
import { salesEvents } from "./testing/events.ts";

test("content survives the way through the log", () => {
  fc.assert(
    fc.property(salesEvents, (event) => {
      const read = decodeEvent(encodeEvent(event));
      expect(isRight(read) && contentHash(read.right)).toBe(contentHash(event));
    }),
  );
});

test("the order of an event's fields does not matter, any other difference does", () => {
  fc.assert(
    fc.property(salesEvents, (event) => {
      const reversed = Object.fromEntries(Object.entries(event).reverse()) as typeof event & Record<string, unknown>;
      expect(contentHash(reversed)).toBe(contentHash(event));
      expect(contentHash({ ...event, event_id: `${event.event_id}x` })).not.toBe(contentHash(event));
    }),
  );
});

test("the same row gives the same id, another row, type, source or ordinal another one", () => {
  const id = eventIdOfRow("crm", "lead-created", "opp-1", 0);
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(eventIdOfRow("crm", "lead-created", "opp-1", 0)).toBe(id);
  const others = [
    eventIdOfRow("crm", "lead-created", "opp-1", 1),
    eventIdOfRow("crm", "stage-changed", "opp-1", 0),
    eventIdOfRow("crm", "lead-created", "opp-2", 0),
    eventIdOfRow("crmo", "lead-created", "pp-1", 0),
  ];
  expect(new Set([id, ...others]).size).toBe(5);
});
