import { type DoorEvent, doorMessage, eventFromJson } from "@leadwire/events";
import { type Refusal, refusal } from "./refusal.ts";

/** The event on one line of a `.jsonl` file (kpis.md, the JSON form), or why the line goes to quarantine. */
export const eventOfLine = (line: string): DoorEvent | Refusal => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return refusal("malformed_json", error instanceof Error ? error.message : "the line is not JSON");
  }
  const event = eventFromJson(value);
  if (event._tag === "Right") return event.right;
  return { ...refusal(event.left._tag, doorMessage(event.left)), ...sourceOf(value) };
};

const sourceOf = (value: unknown): Pick<Refusal, "sourceSystem"> => {
  if (typeof value !== "object" || value === null || !("source_system" in value)) return {};
  const source = value.source_system;
  return typeof source === "string" && source.length <= 1024 ? { sourceSystem: source } : {};
};
