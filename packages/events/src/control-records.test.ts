import { isLeft, isRight, right } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { type ControlRecord, controlName, decodeControl, encodeControl } from "./control-records.ts";

const records: ReadonlyArray<ControlRecord> = [
  {
    name: "generation-announced",
    record: { generation: "abc", workspace: '{"timeZone":"UTC"}', measures: "new_leads", partitions: 12 },
  },
  {
    name: "restate-requested",
    record: { generation: "abc", partition: 3, scope: "facts", requested_by: "sink" },
  },
  { name: "lead-key", record: { lead_id: "lead-ș", key: Buffer.alloc(32, 7) } },
  { name: "lead-key", record: { lead_id: "lead-2", key: null } },
  {
    name: "access-granted",
    record: {
      token_id: "t-7f3a19c2",
      name: "Screen in the hall",
      sha256: "ab".repeat(32),
      can: ["view"],
      boards: ["team-floor"],
      where: ["team=north"],
      tv: "show/all",
      created_at: 1_700_000_000_000,
      expires_at: null,
      revoked_at: 1_700_000_000_001,
    },
  },
  {
    name: "ledger-updated",
    record: {
      topic: "leadwire.funnel",
      partition: 1,
      position: 2 ** 40,
      entries: [
        {
          source_system: "crm",
          backfill: "",
          applied: 5,
          duplicate: 1,
          quarantined: 2,
          superseded: 0,
          conflict: 0,
          forwarded: 1,
          reasons: [{ reason: "unknown_stage", count: 2 }],
        },
      ],
    },
  },
];

test.each(records)("a $name comes back as it was written", (written) => {
  const bytes = encodeControl(written);
  expect(controlName(bytes, 0, bytes.length)).toBe(written.name);
  expect(JSON.stringify(decodeControl(bytes))).toEqual(JSON.stringify(right(written)));
});

test("bytes of anything else are refused, not read", () => {
  expect(isLeft(decodeControl(Buffer.from("hello")))).toBe(true);
  const whole = encodeControl(records[0] as ControlRecord);
  expect(isRight(decodeControl(whole))).toBe(true);
  expect(isLeft(decodeControl(whole.subarray(0, 9)))).toBe(true);
});
