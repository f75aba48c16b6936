/**
 * What making one row costs, as objects and straight from the record. Run: node services/sink/src/rows.bench.ts
 * The floor is a pass that only copies the record's bytes.
 */
import {
  contentHash,
  contentHashOfBody,
  decodeEvent,
  decodeFlat,
  encodeEvent,
  FlatEvent,
  frameLength,
} from "@leadwire/events";
import { plainFact } from "@leadwire/funnel/testing";
import { eventWriter, factWriter, sliceWriter } from "@leadwire/store";
import { decodeFactChange, decodeSlice, factChangeStart, originNames, sliceStart } from "@leadwire/stream";
import { factBytes, sliceBytes } from "./testing/derived-record.ts";

const count = 20_000;
const rounds = 15;

interface Records {
  readonly bytes: Buffer;
  readonly ends: ReadonlyArray<number>;
}

const recordsOf = (one: (index: number) => Buffer): Records => {
  const all = Array.from({ length: count }, (_, index) => one(index));
  let end = 0;
  return { bytes: Buffer.concat(all), ends: all.map((each) => (end += each.length)) };
};

const measure = (
  name: string,
  { bytes, ends }: Records,
  add: (bytes: Buffer, start: number, end: number, index: number) => void,
  clear: () => void,
): void => {
  const once = (): number => {
    clear();
    const from = process.cpuUsage();
    let start = 0;
    for (const [index, end] of ends.entries()) {
      add(bytes, start, end, index);
      start = end;
    }
    const { user, system } = process.cpuUsage(from);
    return (user + system) / count;
  };
  const costs = Array.from({ length: rounds }, once).slice(3);
  costs.sort((a, b) => a - b);
  const median = costs[costs.length >> 1] ?? Number.NaN;
  process.stdout.write(
    `${name.padEnd(34)} ${(bytes.length / count).toFixed(0).padStart(5)} bytes ${median.toFixed(3).padStart(8)} µs CPU\n`,
  );
};

const hex = (index: number): string => (index * 2_654_435_761).toString(16).padStart(32, "0").slice(-32);
const dimensions = (n: number) => ({
  owner: `Rep ${n % 60}`,
  team: `Manager ${n % 6}`,
  region: `Region ${n % 3}`,
  channel: "google-ads",
  campaign: "(none)",
  segment: "retail",
  product: `Product ${n % 12}`,
  pipeline: "default",
  stage: "(none)",
});
const kinds = ["lead_created", "deal_pipeline", "deal_closed", "sale"] as const;

const facts = recordsOf((n) =>
  factBytes(
    {
      present: true,
      version: n,
      appendTimeMs: 1_770_000_000_000 + n,
      causeSource: "crm",
      isBackfill: false,
      causeEventId: hex(n),
      fact: plainFact({
        factId: `crm/${hex(n)}/${kinds[n % 4]}/0`,
        kind: kinds[n % 4] ?? "sale",
        atMs: 1_760_000_000_000 + n * 977,
        amountMinor: (n % 5000) * 100,
        cohortAtMs: n % 2 === 0 ? null : 1_750_000_000_000 + n,
        durationMs: n % 4 === 2 ? 86_400_000 * (n % 90) : null,
        bin: n % 4 === 2 ? 2_000 + (n % 90) : null,
        leadId: `OPP${n}`,
        dealId: `OPP${n}`,
        accountId: `Account ${n % 4000}`,
        dimensions: dimensions(n),
      }),
    },
    "funnel",
    n % 12,
  ),
);

const slices = recordsOf((n) =>
  sliceBytes({
    measure: kinds[n % 4] ?? "sale",
    dimension: "owner",
    value: `Rep ${n % 60}`,
    granularity: "hour",
    startMs: 1_760_000_400_000 + n * 3_600_000,
    bin: n % 3 === 0 ? 2_000 + (n % 90) : null,
    origin: "funnel",
    partition: n % 12,
    version: n,
    count: n % 7,
    sum: n * 1_000,
  }),
);

const events = recordsOf((n) => {
  const head = { event_id: hex(n), source_system: "crm", occurred_at: 1_760_000_000_000 + n * 977, revision: 0 };
  const lead_id = `OPP${Math.trunc(n / 3)}`;
  const owner = `Rep ${n % 60}`;
  if (n % 3 === 0) {
    const { team, region, product } = dimensions(n);
    return encodeEvent({
      type: "lead-created",
      ...head,
      voided: false,
      lead_id,
      account_id: `Account ${n % 4000}`,
      owner,
      team,
      region,
      product,
    });
  }
  if (n % 3 === 1)
    return encodeEvent({ type: "stage-changed", ...head, voided: false, lead_id, to_stage: "proposal", owner });
  return encodeEvent({
    type: "deal-closed",
    ...head,
    voided: false,
    lead_id,
    outcome: "won",
    amount_minor: n * 100,
    currency: "USD",
    owner,
    lines: [],
  });
});

const floor = Buffer.alloc(65_536);
for (const [name, records] of [
  ["facts", facts],
  ["slices", slices],
  ["events", events],
] as const) {
  measure(
    `${name}: floor, copy`,
    records,
    (bytes, start, end) => bytes.copy(floor, 0, start, end),
    () => undefined,
  );
}
const factRows = factWriter("0");
measure(
  "facts: as objects",
  facts,
  (bytes, start, end) => {
    const change = decodeFactChange(bytes, start, end);
    factRows.add(change, originNames[change.origin], change.partition);
  },
  () => factRows.clear(),
);
const sliceRows = sliceWriter("0");
measure(
  "slices: as objects",
  slices,
  (bytes, start, end) => sliceRows.add(decodeSlice(bytes, start, end)),
  () => sliceRows.clear(),
);
const factRecords = factWriter("0");
measure(
  "facts: from the record",
  facts,
  (bytes, start, end) => factRecords.addRecord(bytes, factChangeStart(bytes, start, end), end),
  () => factRecords.clear(),
);
const sliceRecords = sliceWriter("0");
measure(
  "slices: from the record",
  slices,
  (bytes, start, end) => sliceRecords.addRecord(bytes, sliceStart(bytes, start, end), end),
  () => sliceRecords.clear(),
);
const eventRows = eventWriter();
const place = { topic: "leadwire.funnel", partition: 3, appendTimeMs: 1_770_000_000_000 };
measure(
  "events: decoded",
  events,
  (bytes, start, end) => {
    decodeEvent(bytes.subarray(start, end));
  },
  () => undefined,
);
measure(
  "events: decoded and hashed",
  events,
  (bytes, start, end) => {
    const decoded = decodeEvent(bytes.subarray(start, end));
    if (decoded._tag === "Right") contentHash(decoded.right);
  },
  () => undefined,
);
measure(
  "events: as objects",
  events,
  (bytes, start, end, offset) => {
    const decoded = decodeEvent(bytes.subarray(start, end));
    if (decoded._tag === "Left") throw new Error("an event does not decode");
    eventRows.add({ ...place, offset, event: decoded.right, contentHash: contentHash(decoded.right) });
  },
  () => eventRows.clear(),
);
const flat = new FlatEvent();
measure(
  "events: decoded flat",
  events,
  (bytes, start, end) => decodeFlat(bytes, start, end, flat),
  () => undefined,
);
measure(
  "events: the body's hash",
  events,
  (bytes, start, end) => contentHashOfBody("spend", bytes, start + frameLength, end),
  () => undefined,
);
const eventRecords = eventWriter();
measure(
  "events: from the record",
  events,
  (bytes, start, end, offset) => eventRecords.addRecord(place, offset, bytes, start, end),
  () => eventRecords.clear(),
);
