// Written by schemas/generate.mjs from schemas/ledger-updated.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const ledgerUpdatedSchema: RecordSchema = {
  type: "record",
  name: "LedgerUpdated",
  namespace: "leadwire.v1",
  doc: "What became of the records that one task has read: absolute counts at a position of its input.",
  fields: [
    {
      name: "topic",
      type: "string",
      doc: "The task's input.",
    },
    {
      name: "partition",
      type: "int",
      doc: "The partition of that input.",
    },
    {
      name: "position",
      type: "long",
      doc: "The next offset the task will read: the counts are those of everything below it.",
    },
    {
      name: "entries",
      type: {
        type: "array",
        items: {
          type: "record",
          name: "LedgerEntry",
          namespace: "leadwire.v1",
          doc: "The records of one source system within one backfill.",
          fields: [
            {
              name: "source_system",
              type: "string",
              doc: "The system that produced them, as far as known; else empty.",
            },
            {
              name: "backfill",
              type: "string",
              doc: "The import or replay that brought them; empty for live ones.",
            },
            {
              name: "applied",
              type: "long",
              doc: "Records that count.",
            },
            {
              name: "duplicate",
              type: "long",
              doc: "Records whose event was there already.",
            },
            {
              name: "quarantined",
              type: "long",
              doc: "Records put aside.",
            },
            {
              name: "superseded",
              type: "long",
              doc: "Of the applied: revisions below the one that counts.",
            },
            {
              name: "conflict",
              type: "long",
              doc: "Of the duplicates: same id and revision with other content.",
            },
            {
              name: "forwarded",
              type: "long",
              doc: "Records that lay in a wrong place and were sent on to theirs; counted there, not here.",
            },
            {
              name: "reasons",
              type: {
                type: "array",
                items: {
                  type: "record",
                  name: "ReasonCount",
                  namespace: "leadwire.v1",
                  doc: "How many of the quarantined had one reason.",
                  fields: [
                    {
                      name: "reason",
                      type: "string",
                      doc: "One of the closed list of reasons.",
                    },
                    {
                      name: "count",
                      type: "long",
                      doc: "How many.",
                    },
                  ],
                },
              },
              doc: "The quarantined by reason.",
            },
          ],
        },
      },
      doc: "One entry for each source and backfill whose counts changed since the task told them last; of each, the highest position counts.",
    },
  ],
};
