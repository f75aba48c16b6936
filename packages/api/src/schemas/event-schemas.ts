import { integer, listOf, named, object, oneOf, type Schema, said, text } from "./schema.ts";

/** The door for events. */
export const eventSchemas: Readonly<Record<string, Schema>> = {
  Event: object(
    {
      type: said(text, "`lead-created`, `stage-changed`, …: docs/mappings.md lists them with their fields."),
      event_id: text,
      source_system: text,
      occurred_at: said(text, "ISO 8601 with Z or an offset."),
    },
    { revision: said(integer, "A higher one corrects."), voided: { type: "boolean" } },
    { description: "One event, and the fields of its type.", additionalProperties: true },
  ),
  EventResults: object({
    accepted: said(integer, "Durable."),
    refused: integer,
    results: listOf(named("EventResult")),
  }),
  EventResult: object(
    { index: integer, status: oneOf("accepted", "refused") },
    { event_id: text, reason: text, field: text, message: text },
    { description: "In the order of the body." },
  ),
};
