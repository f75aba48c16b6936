/**
 * One decoded event as spans and numbers in typed arrays, for the hot path: reused from record to record, so that
 * decoding creates nothing. What an event type does not carry is absent (span -1, number NaN, small integer -1).
 */

/** Texts, as spans of the record's buffer. A field shared by several types has one slot. */
export const Slot = {
  eventId: 0,
  sourceSystem: 1,
  leadId: 2,
  accountId: 3,
  dealId: 4,
  subscriptionId: 5,
  channel: 6,
  campaign: 7,
  owner: 8,
  team: 9,
  region: 10,
  segment: 11,
  product: 12,
  pipeline: 13,
  fromStage: 14,
  toStage: 15,
  changedBy: 16,
  rep: 17,
  currency: 18,
  reason: 19,
  metric: 20,
  scope: 21,
  period: 22,
  plan: 23,
  requestId: 24,
  contactSealed: 25,
} as const;
export type SlotName = keyof typeof Slot;

/** Numbers. Dates are days since 1970-01-01, amounts minor units. */
export const Num = {
  occurredAt: 0,
  revision: 1,
  amountMinor: 2,
  expectedValueMinor: 3,
  expectedCloseOn: 4,
  termMonths: 5,
  recurringAmountMinor: 6,
  mrrMinor: 7,
  score: 8,
  value: 9,
  periodStart: 10,
  periodEnd: 11,
} as const;
export type NumName = keyof typeof Num;

/** Small integers: flags as 0 or 1, enums as an index into their vocabulary (vocabulary.ts). */
export const Small = {
  voided: 0,
  automated: 1,
  activityKind: 2,
  direction: 3,
  outcome: 4,
  category: 5,
  subscriptionReason: 6,
  surveyKind: 7,
} as const;
export type SmallName = keyof typeof Small;

export const slotCount = Object.keys(Slot).length;
export const numCount = Object.keys(Num).length;
export const smallCount = Object.keys(Small).length;

export class FlatEvent {
  /** The record's buffer: spans point into it. */
  bytes: Buffer = Buffer.alloc(0);
  /** A view of the same memory. */
  view: DataView = new DataView(new ArrayBuffer(0));
  /** Index in `eventTypes`, or -1 after a fault. */
  type = -1;
  /** The Avro bytes behind the frame, and the id of the schema they were written with. */
  bodyStart = 0;
  bodyEnd = 0;
  schemaId = -1;
  /** A deal's lines: where their array begins (-1 where the type has none), how many, and how to read one. */
  linesStart = -1;
  linesCount = 0;
  lineOps: Int32Array | null = null;
  // One place more than there are fields: what nobody asks for is written there.
  readonly start: Int32Array = new Int32Array(slotCount + 1);
  readonly end: Int32Array = new Int32Array(slotCount + 1);
  readonly numbers: Float64Array = new Float64Array(numCount + 1);
  readonly small: Int32Array = new Int32Array(smallCount + 1);

  constructor() {
    this.clear();
  }

  get occurredAtMs(): number {
    return this.numbers[Num.occurredAt] ?? Number.NaN;
  }

  get revision(): number {
    return this.numbers[Num.revision] ?? Number.NaN;
  }

  get voided(): boolean {
    return this.small[Small.voided] === 1;
  }

  get automated(): boolean {
    return this.small[Small.automated] === 1;
  }

  has(slot: number): boolean {
    return (this.start[slot] ?? -1) >= 0;
  }

  /** The text in a slot; undefined where it is absent. Creates a string: not for every event. */
  text(slot: number): string | undefined {
    const start = this.start[slot] ?? -1;
    return start < 0 ? undefined : this.bytes.toString("utf8", start, this.end[slot] ?? start);
  }

  /** Everything absent, flags false, revision 0. */
  clear(): void {
    this.type = -1;
    this.schemaId = -1;
    this.linesStart = -1;
    this.linesCount = 0;
    this.lineOps = null;
    this.start.fill(-1);
    this.end.fill(-1);
    this.numbers.fill(Number.NaN);
    this.small.fill(-1);
    this.numbers[Num.revision] = 0;
    this.small[Small.voided] = 0;
    this.small[Small.automated] = 0;
  }
}
