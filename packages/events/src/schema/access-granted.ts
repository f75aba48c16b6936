// Written by schemas/generate.mjs from schemas/access-granted.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const accessGrantedSchema: RecordSchema = {
  type: "record",
  name: "AccessGranted",
  namespace: "leadwire.v1",
  doc: "A token and what its bearer may do. The newest record of an id counts: a token is revoked by the same words with a time in revoked_at.",
  fields: [
    {
      name: "token_id",
      type: "string",
      doc: "Names the token; no secret.",
    },
    {
      name: "name",
      type: "string",
      doc: "Who or what it is for, in a person's words.",
    },
    {
      name: "sha256",
      type: "string",
      doc: "Of the whole token, in lower-case hex. The token itself is written nowhere.",
    },
    {
      name: "can",
      type: {
        type: "array",
        items: "string",
      },
      doc: "view, edit (which is view, too), sql. Who does not know a word passes it over.",
    },
    {
      name: "boards",
      type: {
        type: "array",
        items: "string",
      },
      doc: "These boards alone; empty: all of them.",
    },
    {
      name: "where",
      type: {
        type: "array",
        items: "string",
      },
      doc: "DIMENSION=VALUE: these rows alone, for what it asks in SQL; empty: all of them.",
    },
    {
      name: "tv",
      type: ["null", "string"],
      default: null,
      doc: "show/ID or boards/ID: what its link opens on a screen, full screen without menus, and all that it sees; null for a person's token.",
    },
    {
      name: "created_at",
      type: {
        type: "long",
        logicalType: "timestamp-millis",
      },
      doc: "When it was made.",
    },
    {
      name: "expires_at",
      type: [
        "null",
        {
          type: "long",
          logicalType: "timestamp-millis",
        },
      ],
      default: null,
      doc: "From here on it is worth nothing; null: never by itself.",
    },
    {
      name: "revoked_at",
      type: [
        "null",
        {
          type: "long",
          logicalType: "timestamp-millis",
        },
      ],
      default: null,
      doc: "When it was taken back; null while it stands.",
    },
  ],
};
