// Written by schemas/generate.mjs from schemas/resend-requested.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const resendRequestedSchema: RecordSchema = {
  type: "record",
  name: "ResendRequested",
  namespace: "leadwire.v1",
  doc: "Somebody wants a notification that was given up to be sent again: the owner of the partition plans it anew.",
  fields: [
    {
      name: "key",
      type: "string",
      doc: "Of the notification.",
    },
    {
      name: "author",
      type: "string",
      doc: "Who wants it.",
    },
    {
      name: "requested_at",
      type: {
        type: "long",
        logicalType: "timestamp-millis",
      },
      doc: "When.",
    },
  ],
};
