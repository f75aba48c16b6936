import { factOutcomes, type LiveFact, type ZoneCalendar } from "@leadwire/funnel";
import { binOf, type Measure } from "@leadwire/kpis";
import { binOfFact } from "../codec/fact-encoder.ts";
import { companyDimension, dimensionOf, measuresByFact, SeriesTable, type SlicedMeasure } from "./series-table.ts";
import type { SliceCell } from "./slice-cell.ts";
import { minuteMs, SliceTable } from "./slice-table.ts";

/** Minute slices serve windows up to 24 h and their prior, hour slices windows up to 90 d and a year's prior. */
export const minutesKeptMs = 49 * 3_600_000;
export const hoursKeptMs = 400 * 86_400_000;
/** Expiry walks all slices, so it waits until this much has become due. */
const expiryStepMs = 12 * 3_600_000;

/** Index into `granularities`. */
const Granularity = { minute: 0, hour: 1, day: 2 } as const;

/** What a measure sums of a fact; NaN where the fact has none, and is left out. */
const summedOf = (fact: LiveFact, value: Measure["value"]): number => {
  switch (value) {
    case "none":
      return 0;
    case "amountMinor":
      return fact.amountMinor;
    case "durationMs":
      return fact.durationMs;
    case "businessMs":
      return fact.businessMs;
    case "costMinor":
      return Number.isNaN(fact.costMinor) ? 0 : fact.costMinor;
    case "unitsMilli":
      return Math.round(fact.units * 1000);
  }
};

/**
 * Keeps the slices of one task in step with its facts: a fact that comes is added to, one that goes is taken from, every
 * slice of every series it lies in.
 */
export class Slicer {
  readonly series = new SeriesTable();
  readonly slices = new SliceTable();
  readonly measures: ReadonlyArray<Measure>;
  /** The newest append time known: minutes and hours are kept relative to it, so an import of old history makes none. */
  newestAppendMs = Number.NEGATIVE_INFINITY;
  /** Up to which append time slices have been freed. */
  expiredToMs = Number.NEGATIVE_INFINITY;
  private readonly byFact: ReadonlyArray<ReadonlyArray<SlicedMeasure>>;
  private readonly calendar: ZoneCalendar;
  /** The cells of the instant sliced last: the facts of one event mostly share theirs. Undefined: not kept any more. */
  private cellsAtMs = Number.NaN;
  private day: SliceCell | undefined;
  private hour: SliceCell | undefined;
  private minute: SliceCell | undefined;

  constructor(measures: ReadonlyArray<Measure>, calendar: ZoneCalendar) {
    this.measures = measures;
    this.calendar = calendar;
    this.byFact = measuresByFact(measures);
  }

  /** Adds (`times` 1) or takes back (-1) a fact. */
  apply(fact: LiveFact, times: 1 | -1): void {
    const measures = this.byFact[fact.kind * factOutcomes.length + fact.outcome] as ReadonlyArray<SlicedMeasure>;
    for (let i = 0; i < measures.length; i += 1) this.slice(fact, measures[i] as SlicedMeasure, times);
  }

  /** Notes an append time that the log has reached, and frees what nobody needs any more. */
  advance(appendTimeMs: number): void {
    if (appendTimeMs <= this.newestAppendMs) return;
    this.newestAppendMs = appendTimeMs;
    this.cellsAtMs = Number.NaN;
    if (appendTimeMs - this.expiredToMs < expiryStepMs) return;
    this.slices.expire(Granularity.minute, (appendTimeMs - minutesKeptMs) / minuteMs);
    this.slices.expire(Granularity.hour, (appendTimeMs - hoursKeptMs) / minuteMs);
    this.expiredToMs = appendTimeMs;
  }

  private slice(fact: LiveFact, measure: SlicedMeasure, times: number): void {
    if (measure.positiveAmountOnly && !(fact.amountMinor > 0)) return;
    const atMs = measure.byCohort ? fact.cohortAtMs : fact.atMs;
    if (measure.knownCostOnly && Number.isNaN(fact.costMinor)) return;
    const value = summedOf(fact, measure.value);
    if (Number.isNaN(value)) return;
    const sum = value * times;
    let bin = -1;
    if (measure.binned) {
      bin = measure.value === "businessMs" ? binOf(value) : binOfFact(fact);
      if (Number.isNaN(bin)) return;
    }
    const count = fact.count * times;
    if (atMs !== this.cellsAtMs) this.findCells(atMs);
    const { slices, series: table, day, hour, minute } = this;
    if (day === undefined) throw new Error("an instant lies in no day");
    const byDimension = measure.dimensions;
    for (let i = -1; i < byDimension.length; i += 1) {
      const dimension = i < 0 ? companyDimension : (byDimension[i] as number);
      const value = i < 0 ? 0 : dimensionOf(fact, dimension);
      const series = table.seriesOf(measure.index, dimension, value);
      slices.add(day, series, bin, count, sum);
      if (hour !== undefined) slices.add(hour, series, bin, count, sum);
      if (minute !== undefined) slices.add(minute, series, bin, count, sum);
    }
  }

  private findCells(atMs: number): void {
    const { calendar, slices, newestAppendMs } = this;
    this.cellsAtMs = atMs;
    this.day = slices.cellOf(Granularity.day, calendar.dayStartOf(atMs) / minuteMs);
    this.hour =
      atMs >= newestAppendMs - hoursKeptMs
        ? slices.cellOf(Granularity.hour, calendar.localHourStartMs(atMs) / minuteMs)
        : undefined;
    this.minute =
      atMs >= newestAppendMs - minutesKeptMs
        ? slices.cellOf(Granularity.minute, calendar.minuteStartMs(atMs) / minuteMs)
        : undefined;
  }
}
