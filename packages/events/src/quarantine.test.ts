import { right } from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { encodeEvent } from "./avro-codec.ts";
import { decodeFault, Fault } from "./decode-fault.ts";
import { decodeQuarantined, encodeQuarantined, type QuarantinedRecord, quarantineId } from "./quarantine.ts";
import { quarantineExplanations, quarantineReasons } from "./quarantine-reason.ts";

const place = { origin: "leads.csv", position: 418, bytes: Buffer.from("x,2017-13-05\n") };
const record: QuarantinedRecord = {
  id: quarantineId(place),
  source_system: "crm",
  ...place,
  reason: "bad_date",
  detail: 'close_date is "2017-13-05": expected a real day as YYYY-MM-DD.',
};

describe("a quarantined record", () => {
  test("comes back with its original bytes, 10 MB of them too", () => {
    expect(decodeQuarantined(encodeQuarantined(record))).toEqual(right(record));
    const ofTopic = { ...record, partition: 0, appended_at: 5, bytes: Buffer.alloc(10_000_000, 0xff) };
    const read = decodeQuarantined(encodeQuarantined(ofTopic));
    if (read._tag === "Left") throw new Error(read.left.detail);
    const { bytes, ...rest } = read.right;
    expect(rest).toEqual({ ...record, partition: 0, appended_at: 5, bytes: undefined });
    expect(ofTopic.bytes.equals(bytes)).toBe(true);
  });

  test("has the same id again for the same bytes from the same place only", () => {
    expect(quarantineId({ ...place, bytes: Uint8Array.from(place.bytes) })).toBe(record.id);
    const ids = [
      quarantineId({ ...place, position: 419 }),
      quarantineId({ ...place, partition: 0 }),
      quarantineId({ ...place, origin: "other.csv" }),
      quarantineId({ ...place, bytes: Buffer.from("y") }),
      record.id,
    ];
    expect(new Set(ids).size).toBe(5);
  });

  test("cut off, or something else, it is refused", () => {
    const bytes = encodeQuarantined(record);
    for (let length = 0; length < bytes.length; length++)
      expect(decodeQuarantined(bytes.subarray(0, length))._tag).toBe("Left");
    const event = encodeEvent({
      type: "lead-erased",
      event_id: "e",
      source_system: "s",
      occurred_at: 0,
      revision: 0,
      voided: false,
      lead_id: "L",
      request_id: "r",
    });
    expect(decodeQuarantined(event)).toMatchObject({ left: { _tag: "unknownSchema" } });
  });
});

test("every reason says what it means and how to mend it", () => {
  for (const reason of quarantineReasons) {
    expect(quarantineExplanations[reason].means).toMatch(/\.$/);
    expect(quarantineExplanations[reason].fix).toMatch(/\.$/);
  }
});

test("every code of a decode fault has its own fault", () => {
  for (const [tag, code] of Object.entries(Fault)) if (code !== Fault.none) expect(decodeFault(code)._tag).toBe(tag);
  expect(() => decodeFault(Fault.none)).toThrow();
  expect(() => decodeFault(99)).toThrow();
});
