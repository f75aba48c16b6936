import { createHash } from "node:crypto";
import type { SalesEvent } from "@leadwire/events";

const plain = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return [...value];
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, plain(inner)]),
  );
};

/** SHA-256 of an event's JSON with sorted keys: for tests of the oracle alone; beside an engine, pass the engine's. */
export const jsonContentHash = (event: SalesEvent): string =>
  createHash("sha256")
    .update(JSON.stringify(plain(event)))
    .digest("hex");
