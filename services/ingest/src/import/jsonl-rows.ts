import { type DoorEvent, doorMessage, eventFromJson } from "@leadwire/events";
import { type Refusal, refusal } from "./refusal.ts";
import { hasContact, removed } from "./without-contact.ts";

/** The event on one line of a `.jsonl` file (kpis.md, the JSON form), or why the line goes to quarantine. */
export const eventOfLine = (line: string): DoorEvent | Refusal => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    // The parser quotes what it could not read: not where that may be a contact.
    const told = error instanceof Error && !hasContact(line);
    return refusal("malformed_json", told ? error.message : "the line is not JSON");
  }
  const event = eventFromJson(value);
  if (event._tag === "Right") return event.right;
  const fault = event.left.field.startsWith("contact") ? { ...event.left, found: removed } : event.left;
  return { ...refusal(fault._tag, doorMessage(fault)), ...sourceOf(value) };
};

const sourceOf = (value: unknown): Pick<Refusal, "sourceSystem"> => {
  if (typeof value !== "object" || value === null || !("source_system" in value)) return {};
  const source = value.source_system;
  return typeof source === "string" && source.length <= 1024 ? { sourceSystem: source } : {};
};
