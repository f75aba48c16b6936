import { Temporal } from "temporal-polyfill";

/** A stretch of time in which a zone's offset does not change. Both edges are true transitions (or ±Infinity). */
export interface OffsetSegment {
  readonly startMs: number;
  /** Excluded. */
  readonly endMs: number;
  /** Local time minus UTC. */
  readonly offsetMs: number;
}

/** Ten years: long enough to be found once, short enough to be built at once. */
const blockMs = 10 * 365.25 * 86_400_000;

const segmentAt = (zone: string, instantMs: number): OffsetSegment => {
  const at = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone);
  const next = at.getTimeZoneTransition("next");
  // "previous" looks strictly before, so it is asked from one millisecond on.
  const previous = at.add({ milliseconds: 1 }).getTimeZoneTransition("previous");
  return {
    startMs: previous === null ? Number.NEGATIVE_INFINITY : previous.epochMilliseconds,
    endMs: next === null ? Number.POSITIVE_INFINITY : next.epochMilliseconds,
    offsetMs: Math.round(at.offsetNanoseconds / 1_000_000),
  };
};

/** The offsets of one zone, looked up in blocks of ten years that are built when first asked for. */
export class ZoneOffsets {
  readonly #zone: string;
  readonly #blocks = new Map<number, ReadonlyArray<OffsetSegment>>();

  constructor(zone: string) {
    this.#zone = zone;
  }

  /** The segment that holds the instant. */
  segmentOf(instantMs: number): OffsetSegment {
    const index = Math.floor(instantMs / blockMs);
    let block = this.#blocks.get(index);
    if (block === undefined) {
      block = this.#build(index * blockMs, (index + 1) * blockMs);
      this.#blocks.set(index, block);
    }
    let low = 0;
    let high = block.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((block[middle] as OffsetSegment).startMs <= instantMs) low = middle;
      else high = middle - 1;
    }
    return block[low] as OffsetSegment;
  }

  #build(fromMs: number, toMs: number): ReadonlyArray<OffsetSegment> {
    const segments: OffsetSegment[] = [];
    let at = fromMs;
    while (at < toMs) {
      const segment = segmentAt(this.#zone, at);
      segments.push(segment);
      at = segment.endMs;
    }
    return segments;
  }
}
