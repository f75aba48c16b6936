import type { Dimension, ZoneCalendar } from "@leadwire/funnel";
import type { GroupReader, Measure, SliceGrid, SliceRecord, SliceStretch } from "@leadwire/kpis";
import { AvroReader } from "../core/codec/avro-reader.ts";
import { type DerivedIds, idsWithoutRegistry } from "../core/codec/derived-ids.ts";
import { readFrame } from "../core/codec/frame.ts";
import { originNames } from "../core/codec/origin.ts";
import { granularities } from "../core/codec/slice-codec.ts";
import { hoursKeptMs, minutesKeptMs } from "../core/slices/slicer.ts";
import type { LiveChange } from "./live-change.ts";
import { LiveSeries } from "./live-series.ts";

const partitionsMax = 1 << 16;
const minute = 0;
const hour = 1;
const day = 2;
/** Forgetting walks all series, so it waits until this much has become due. */
const forgetEveryMs = 10 * 60_000;

const skipText = (reader: AvroReader): void => {
  const length = reader.long();
  reader.at += length;
};

/** A measure by a dimension, at every granularity. */
interface SeriesSet {
  /** `measure/dimension`. */
  readonly name: string;
  readonly measure: string;
  readonly byGranularity: readonly [minute: LiveSeries, hour: LiveSeries, day: LiveSeries];
}

/** Facts of these kinds are asserted ahead of any event, at their instant. */
const aheadKinds: ReadonlyArray<string> = ["lead_sla", "lead_sla_business", "spend_day", "customer_active"];

/**
 * The slices that a live view holds: those of the given dimensions and of the company, merged over the tasks. Minutes
 * are held for 49 h and hours for 400 days, so memory is bounded by groups, not by events: about 250 bytes for each
 * group in each minute, hour and day, and 50 more for each task that has part in it.
 */
export class LiveSlices implements GroupReader {
  readonly grid: SliceGrid;
  private readonly limits = { minutesFromMs: Number.NEGATIVE_INFINITY, hoursFromMs: Number.NEGATIVE_INFINITY };
  private readonly sets = new Map<string, SeriesSet>();
  /** By the record's own bytes for measure and dimension, so that what is not held costs no decoding. */
  private readonly setsByBytes = new Map<string, SeriesSet | undefined>();
  private readonly measures: ReadonlyMap<string, Measure>;
  private readonly calendar: ZoneCalendar;
  private readonly newestEventMs: () => number;
  private readonly ids: DerivedIds;
  private readonly reader = new AvroReader();
  private forgottenAtMs = Number.NEGATIVE_INFINITY;

  /** `newestEventMs`: the newest event time that the tasks tell of; `ids`: those on records. */
  constructor(
    measures: ReadonlyArray<Measure>,
    dimensions: ReadonlyArray<Dimension>,
    calendar: ZoneCalendar,
    newestEventMs: () => number,
    ids: DerivedIds = idsWithoutRegistry,
  ) {
    this.ids = ids;
    this.measures = new Map(measures.map((measure) => [measure.id, measure]));
    this.calendar = calendar;
    this.newestEventMs = newestEventMs;
    for (const measure of measures) {
      for (const dimension of ["company", ...dimensions.filter((known) => measure.dimensions.includes(known))]) {
        const byGranularity = [new LiveSeries(), new LiveSeries(), new LiveSeries()] as const;
        const name = `${measure.id}/${dimension}`;
        this.sets.set(name, { name, measure: measure.id, byGranularity });
      }
    }
    const { limits } = this;
    this.grid = {
      calendar,
      get minutesFromMs() {
        return limits.minutesFromMs;
      },
      get hoursFromMs() {
        return limits.hoursFromMs;
      },
      newestMs: (measureId) => this.newestMs(measureId),
    };
  }

  /** Groups, stretches and bins held. */
  get size(): number {
    let size = 0;
    for (const { byGranularity } of this.sets.values()) for (const series of byGranularity) size += series.size;
    return size;
  }

  /** Whether a measure is held by a dimension: a series that is not held must not read as an empty one. */
  holds(measureId: string, dimension: "company" | Dimension): boolean {
    return this.sets.has(`${measureId}/${dimension}`);
  }

  /** A record of the metrics topic that is a slice. */
  applyRecord(bytes: Buffer, start: number, end: number, change: LiveChange): void {
    const r = this.reader;
    r.reset(bytes, readFrame(bytes, start, end, this.ids.slice), end);
    const origin = r.long();
    const partition = r.long();
    const version = r.long();
    const namesStart = r.at;
    skipText(r);
    skipText(r);
    const set = this.setOfBytes(bytes.toString("latin1", namesStart, r.at), bytes, namesStart, end);
    if (set === undefined) return;
    const value = r.text();
    const granularity = r.long();
    const startMs = r.long();
    const bin = r.optionalLong();
    this.put(
      set,
      granularity,
      startMs,
      value,
      bin,
      origin * partitionsMax + partition,
      version,
      r.long(),
      r.long(),
      change,
    );
  }

  /** A slice that was read elsewhere. */
  apply(slice: SliceRecord, change: LiveChange): void {
    const set = this.sets.get(`${slice.measure}/${slice.dimension}`);
    if (set === undefined) return;
    const origin = originNames.indexOf(slice.origin as (typeof originNames)[number]);
    if (origin < 0) throw new Error(`a slice comes from "${slice.origin}", not from one of ${originNames.join(", ")}`);
    const task = origin * partitionsMax + slice.partition;
    const granularity = granularities.indexOf(slice.granularity);
    const { startMs, value, bin, version, count, sum } = slice;
    this.put(set, granularity, startMs, value, bin, task, version, count, sum, change);
  }

  /** Says what time it is: minutes and hours that the tasks do not keep up any more are no longer answered from. */
  advance(nowMs: number): void {
    const minutesFromMs = nowMs - minutesKeptMs;
    if (minutesFromMs <= this.limits.minutesFromMs) return;
    this.limits.minutesFromMs = minutesFromMs;
    this.limits.hoursFromMs = nowMs - hoursKeptMs;
    if (nowMs - this.forgottenAtMs < forgetEveryMs) return;
    this.forgottenAtMs = nowMs;
    for (const { byGranularity } of this.sets.values()) {
      byGranularity[minute].forget(this.limits.minutesFromMs);
      byGranularity[hour].forget(this.limits.hoursFromMs);
    }
  }

  readonly visit: GroupReader["visit"] = (measureId, dimension, stretch, visitor) => {
    this.seriesOf(`${measureId}/${dimension}`, stretch)?.visit(stretch, visitor);
  };

  readonly visitValue: GroupReader["visitValue"] = (series, stretch, value, visitor) => {
    this.seriesOf(series, stretch)?.visitValue(stretch, value, visitor);
  };

  readonly valuesIn: GroupReader["valuesIn"] = (series, stretch) =>
    this.seriesOf(series, stretch)?.valuesIn(stretch) ?? [];

  /** The start of the first day that a measure has anything of; +Infinity where there is none. */
  oldestDayMs(measureId: string): number {
    return this.sets.get(`${measureId}/company`)?.byGranularity[day].oldestStartMs ?? Number.POSITIVE_INFINITY;
  }

  private seriesOf(series: string, { granularity }: SliceStretch): LiveSeries | undefined {
    return this.sets.get(series)?.byGranularity[granularities.indexOf(granularity)];
  }

  private put(
    set: SeriesSet,
    granularity: number,
    startMs: number,
    value: string,
    bin: number | null,
    task: number,
    version: number,
    count: number,
    sum: number,
    change: LiveChange,
  ): void {
    if (granularity === minute && startMs < this.limits.minutesFromMs) return;
    if (granularity === hour && startMs < this.limits.hoursFromMs) return;
    const series = set.byGranularity[granularity];
    if (series === undefined) throw new Error(`a slice has granularity ${granularity}, which does not exist`);
    if (!series.apply(startMs, value, bin, task, version, count, sum)) return;
    change.noteGroup(set.name, value);
    change.note(set.measure, granularity, startMs);
    // So old that no hour tells of it.
    if (granularity === day && startMs < this.limits.hoursFromMs) change.note(set.measure, hour, startMs);
  }

  private setOfBytes(names: string, bytes: Buffer, start: number, end: number): SeriesSet | undefined {
    if (this.setsByBytes.has(names)) return this.setsByBytes.get(names);
    const reader = new AvroReader();
    reader.reset(bytes, start, end);
    const measure = reader.text();
    const set = this.sets.get(`${measure}/${reader.text()}`);
    this.setsByBytes.set(names, set);
    return set;
  }

  /** An upper bound of the time of any fact that a measure counts. */
  private newestMs(measureId: string): number {
    const measure = this.measures.get(measureId);
    if (measure === undefined) return Number.POSITIVE_INFINITY;
    if (measure.placedBy === "at") return this.newestPlacedMs(measureId);
    // Slices of a cohort lie at its leads' creation. What became of them happened at an event: none is newer than those
    // that heartbeats tell of or, until the next one comes, than those that other measures have counted.
    let newest = this.newestEventMs();
    for (const { id, kind, placedBy } of this.measures.values()) {
      if (placedBy === "at" && !aheadKinds.includes(kind)) newest = Math.max(newest, this.newestPlacedMs(id));
    }
    return newest;
  }

  /** The end of the newest slice that is not empty; newer facts have finer slices. */
  private newestPlacedMs(measureId: string): number {
    const set = this.sets.get(`${measureId}/company`);
    if (set === undefined) return Number.POSITIVE_INFINITY;
    const { calendar } = this;
    const inMinute = set.byGranularity[minute].newestStartMs();
    if (inMinute !== undefined) return calendar.minuteCeilMs(inMinute + 1) - 1;
    const inHour = set.byGranularity[hour].newestStartMs();
    if (inHour !== undefined) return calendar.localHourCeilMs(inHour + 1) - 1;
    const inDay = set.byGranularity[day].newestStartMs();
    return inDay === undefined ? Number.NEGATIVE_INFINITY : calendar.dayEndOf(inDay) - 1;
  }
}
