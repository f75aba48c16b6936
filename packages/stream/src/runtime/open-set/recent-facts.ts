import { type FactKind, factKinds } from "@leadwire/funnel";
import type { DerivedIds } from "../../core/codec/derived-ids.ts";
import { decodeFactChange, type FactMessage } from "../../core/codec/fact-codec.ts";

const keptMax = 4_096;
/** What most facts take. */
const bytesUsual = 512;

/** The newest few thousand changes of facts, as they were written: they are read only where somebody asks. */
export class RecentFacts {
  private readonly ids: DerivedIds;
  private readonly buffers: Array<Buffer> = [];
  private readonly lengths = new Int32Array(keptMax);
  private readonly kinds = new Int8Array(keptMax);
  private count = 0;

  constructor(ids: DerivedIds) {
    this.ids = ids;
  }

  /** Notes a change: the framed record from `start` to `end`. */
  note(kind: number, bytes: Buffer, start: number, end: number): void {
    const n = this.count % keptMax;
    const held = this.buffers[n];
    const fits = held !== undefined && held.length >= end - start;
    const buffer = fits ? held : Buffer.allocUnsafeSlow(Math.max(bytesUsual, end - start));
    this.buffers[n] = buffer;
    bytes.copy(buffer, 0, start, end);
    this.lengths[n] = end - start;
    this.kinds[n] = kind;
    this.count += 1;
  }

  /** Those of some kinds that pass, newest first, at most `max`. */
  find(
    kinds: ReadonlySet<FactKind>,
    passes: (change: FactMessage) => boolean,
    max: number,
  ): ReadonlyArray<FactMessage> {
    const found: Array<FactMessage> = [];
    const oldest = Math.max(0, this.count - keptMax);
    for (let number = this.count - 1; number >= oldest && found.length < max; number -= 1) {
      const n = number % keptMax;
      const kind = factKinds[this.kinds[n] as number];
      if (kind === undefined || !kinds.has(kind)) continue;
      const change = decodeFactChange(this.buffers[n] as Buffer, 0, this.lengths[n] as number, this.ids);
      if (passes(change)) found.push(change);
    }
    return found;
  }
}
