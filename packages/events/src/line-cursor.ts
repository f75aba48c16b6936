import { Fault } from "./decode-fault.ts";
import type { FlatEvent } from "./flat-event.ts";
import { Line } from "./flat-plan.ts";
import { FlatReader } from "./flat-reader.ts";

const noSymbols = new Int32Array(0);

/** Goes through a deal's lines one by one, in the order in which they stand. Reused from event to event. */
export class LineCursor {
  private readonly reader = new FlatReader();
  private ops: Int32Array = new Int32Array(0);
  private inBlock = 0;
  private left = 0;
  private readonly starts = new Int32Array(2);
  private readonly ends = new Int32Array(2);
  private readonly numbers = new Float64Array(4);
  private readonly small = new Int32Array(1);

  /** Places the cursor before the first line of an event that was decoded without a fault. */
  reset(event: FlatEvent): void {
    this.inBlock = 0;
    this.left = event.linesCount;
    // What the writer's schema lacks stays absent; what it has, each line writes.
    this.numbers.fill(Number.NaN);
    if (event.lineOps === null) return;
    this.ops = event.lineOps;
    this.reader.reset(event.bytes, event.linesStart, event.bodyEnd);
  }

  /** Reads the next line; false when there is none. */
  next(): boolean {
    if (this.left === 0) return false;
    if (this.inBlock === 0) {
      this.inBlock = blockCount(this.reader);
      if (this.inBlock === 0) throw new Error("A deal's lines ended before their count: decode the event first.");
    }
    this.inBlock--;
    this.left--;
    return this.reader.run(this.ops, noSymbols, this.starts, this.ends, this.numbers, this.small);
  }

  get productStart(): number {
    return this.starts[Line.product] ?? -1;
  }

  get productEnd(): number {
    return this.ends[Line.product] ?? -1;
  }

  get quantity(): number {
    return this.numbers[Line.quantity] ?? Number.NaN;
  }

  get amountMinor(): number {
    return this.numbers[Line.amountMinor] ?? Number.NaN;
  }

  /** NaN where the line states no cost. */
  get costMinor(): number {
    return this.numbers[Line.costMinor] ?? Number.NaN;
  }

  /** Walks all lines of an array that starts at the reader's position; answers their number, 0 after a fault. */
  walk(reader: FlatReader, ops: Int32Array): number {
    let total = 0;
    for (let count = blockCount(reader); count > 0; count = blockCount(reader)) {
      // Each line takes at least a byte: a count above what is left is a lie.
      if (count > reader.end - reader.at) reader.fail(Fault.truncated);
      for (let index = 0; index < count; index++)
        if (!reader.run(ops, noSymbols, this.starts, this.ends, this.numbers, this.small)) return 0;
      total += count;
    }
    return reader.fault === Fault.none ? total : 0;
  }
}

/** The number of items in the array's next block, 0 at its end or after a fault. */
const blockCount = (reader: FlatReader): number => {
  const count = reader.int();
  if (count >= 0) return reader.fault === Fault.none ? count : 0;
  // A negative count is followed by the block's size in bytes, which is not needed here.
  if (reader.int() < 0) reader.fail(Fault.badLength);
  return reader.fault === Fault.none ? -count : 0;
};
