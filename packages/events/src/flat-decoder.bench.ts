/**
 * What reading and writing one event costs, on a mix like the demo's. Run: node packages/events/src/flat-decoder.bench.ts
 * The floor is a pass that only adds up the record's bytes.
 */
import { decodeEvent, encodeEvent, eventAvroType } from "./avro-codec.ts";
import { checkEvent } from "./check-event.ts";
import { contentHash, eventIdOfRow } from "./content.ts";
import type { SalesEvent } from "./event.ts";
import { FlatCheck } from "./flat-check.ts";
import { decodeFlat } from "./flat-decoder.ts";
import { FlatEvent } from "./flat-event.ts";
import { eventFromJson, eventToJson } from "./json-form.ts";
import { convertMinor, parseDecimalMinor } from "./money.ts";
import { frameLength } from "./wire.ts";

const count = 20_000;
const rounds = 20;

const eventAt = (index: number): SalesEvent => {
  const head = {
    event_id: eventIdOfRow("crm", "lead-created", `row-${index}`, 0),
    source_system: "crm",
    occurred_at: 1_774_000_000_000 + index * 977,
    revision: 0,
    voided: false,
  };
  const lead_id = `L-${Math.trunc(index / 4)}`;
  const owner = `rep-${index % 20}`;
  switch (index % 4) {
    case 0:
      return {
        type: "lead-created",
        ...head,
        lead_id,
        channel: "google-ads",
        campaign: "spring-2026",
        owner,
        team: "north",
        region: "East",
        product: "GTX Pro",
        expected_value_minor: 1_250_000,
        currency: "EUR",
      };
    case 1:
      return {
        type: "activity-logged",
        ...head,
        lead_id,
        kind: "call",
        rep: owner,
        direction: "outbound",
        automated: false,
      };
    case 2:
      return {
        type: "stage-changed",
        ...head,
        lead_id,
        to_stage: "qualified",
        owner,
        amount_minor: 990_000,
        currency: "EUR",
      };
    default:
      return {
        type: "deal-closed",
        ...head,
        lead_id,
        outcome: "won",
        amount_minor: 1_200_000,
        currency: "EUR",
        owner,
        lines: [{ product: "GTX Pro", quantity: 2, amount_minor: 1_200_000, cost_minor: 700_000 }],
      };
  }
};

const events = Array.from({ length: count }, (_, index) => eventAt(index));
const records = events.map(encodeEvent);
const log = Buffer.concat(records);
const ends = new Int32Array(count);
let length = 0;
for (const [index, record] of records.entries()) {
  length += record.length;
  ends[index] = length;
}

const measure = (name: string, once: () => number): void => {
  once();
  const startedMs = performance.now();
  let kept = 0;
  for (let round = 0; round < rounds; round++) kept += once();
  const micros = ((performance.now() - startedMs) * 1000) / (rounds * count);
  console.log(`${name.padEnd(44)} ${micros.toFixed(3)} µs/event  (${kept % 10})`);
};

const flat = new FlatEvent();
const check = new FlatCheck();
const eachRecord = (use: (start: number, end: number, index: number) => number) => (): number => {
  let sum = 0;
  let start = 0;
  for (let index = 0; index < count; index++) {
    const end = ends[index]!;
    sum += use(start, end, index);
    start = end;
  }
  return sum;
};

console.log(`${count} events, ${(length / count).toFixed(0)} bytes each`);
measure(
  "floor: add up the bytes",
  eachRecord((start, end) => {
    let sum = 0;
    for (let at = start; at < end; at++) sum += log[at]!;
    return sum;
  }),
);
measure(
  "decodeFlat",
  eachRecord((start, end) => decodeFlat(log, start, end, flat) + flat.linesCount),
);
measure(
  "decodeFlat + isSound",
  eachRecord((start, end) => decodeFlat(log, start, end, flat) + (check.isSound(flat) ? 1 : 0)),
);
const types = events.map((event) => eventAvroType(event.type));
measure(
  "avsc full decode",
  eachRecord((start, end, index) => types[index]!.fromBuffer(log.subarray(start + frameLength, end)).occurred_at % 2),
);
measure(
  "decodeEvent",
  eachRecord((start, end) => (decodeEvent(log.subarray(start, end))._tag === "Right" ? 1 : 0)),
);
measure(
  "encodeEvent",
  eachRecord((_start, _end, index) => encodeEvent(events[index]!).length),
);
measure(
  "checkEvent",
  eachRecord((_start, _end, index) => (checkEvent(events[index]!)._tag === "Right" ? 1 : 0)),
);
measure(
  "contentHash",
  eachRecord((_start, _end, index) => contentHash(events[index]!).length),
);
measure(
  "eventIdOfRow",
  eachRecord((_start, _end, index) => eventIdOfRow("crm", "spend", `row-${index}`, 0).length),
);
const lines = events.map((event) => JSON.stringify(eventToJson(event)));
measure(
  "eventFromJson, with JSON.parse",
  eachRecord((_start, _end, index) => (eventFromJson(JSON.parse(lines[index]!))._tag === "Right" ? 1 : 0)),
);
measure(
  "convertMinor",
  eachRecord((_start, _end, index) => convertMinor(1_250_000 + index, 2, 2, "1.0842") ?? 0),
);
measure(
  "parseDecimalMinor",
  eachRecord((_start, _end, index) =>
    parseDecimalMinor(`${index}.50`, "EUR", { decimal: ".", group: "," })._tag === "Right" ? 1 : 0,
  ),
);
