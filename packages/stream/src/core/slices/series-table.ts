import { type Dimension, dimensions, factKinds, factOutcomes, type LiveFact, type Name } from "@leadwire/funnel";
import { type Measure, slicedByOf } from "@leadwire/kpis";
import { PagedRows } from "../state/paged-rows.ts";

/** Columns of a series' row. */
const Column = { measure: 0, dimension: 1, value: 2 } as const;
/** The one group that is no dimension's: everything. */
export const companyDimension = dimensions.length;

/** What the slicing of one fact needs to know of a measure. */
export interface SlicedMeasure {
  readonly index: number;
  readonly measure: Measure;
  readonly value: Measure["value"];
  readonly byCohort: boolean;
  readonly binned: boolean;
  readonly positiveAmountOnly: boolean;
  readonly knownCostOnly: boolean;
  /** Indexes into `dimensions`. */
  readonly dimensions: ReadonlyArray<number>;
}

const slicedMeasure = (measure: Measure, index: number): SlicedMeasure => ({
  index,
  measure,
  value: measure.value,
  byCohort: measure.placedBy === "cohort",
  binned: measure.binned,
  positiveAmountOnly: measure.positiveAmountOnly === true,
  knownCostOnly: measure.knownCostOnly === true,
  dimensions: (slicedByOf(measure) ?? []).map((dimension) => dimensions.indexOf(dimension)),
});

type MeasuresByFact = ReadonlyArray<ReadonlyArray<SlicedMeasure>>;

/** One catalogue serves the tasks of all partitions. */
const knownByFact = new WeakMap<ReadonlyArray<Measure>, MeasuresByFact>();

/** The measures that a fact of each kind and outcome counts in: `byFact[kind * outcomes + outcome]`. */
export const measuresByFact = (measures: ReadonlyArray<Measure>): MeasuresByFact => {
  const known = knownByFact.get(measures) ?? findByFact(measures);
  knownByFact.set(measures, known);
  return known;
};

const findByFact = (measures: ReadonlyArray<Measure>): MeasuresByFact => {
  const sliced = measures.map(slicedMeasure);
  return factKinds.flatMap((kind) =>
    factOutcomes.map((outcome) =>
      sliced.filter(
        ({ measure }) =>
          slicedByOf(measure) !== undefined &&
          measure.kind === kind &&
          (measure.outcomes === undefined || measure.outcomes.includes(outcome)),
      ),
    ),
  );
};

/** A fact's value of a dimension. */
export const dimensionOf = (fact: LiveFact, dimension: number): Name => {
  switch (dimension) {
    case 0:
      return fact.owner;
    case 1:
      return fact.team;
    case 2:
      return fact.region;
    case 3:
      return fact.channel;
    case 4:
      return fact.campaign;
    case 5:
      return fact.segment;
    case 6:
      return fact.product;
    case 7:
      return fact.pipeline;
    default:
      return fact.stage;
  }
};

/** Series (measure, dimension, value) as small integers: one array look-up each on the hot path. */
export class SeriesTable {
  readonly rows = new PagedRows(0, 4);
  /** By measure * (dimensions + 1) + dimension: value name to series, -1 where none yet. */
  private readonly byValue: Array<Int32Array | undefined> = [];

  seriesOf(measure: number, dimension: number, value: Name): number {
    const known = this.byValue[measure * (companyDimension + 1) + dimension];
    if (known !== undefined && value < known.length) {
      const series = known[value] as number;
      if (series >= 0) return series;
    }
    return this.add(measure, dimension, value);
  }

  measureOf(series: number): number {
    this.rows.locate(series);
    return this.rows.i32[this.rows.i32At + Column.measure] as number;
  }
  dimensionOf(series: number): number {
    this.rows.locate(series);
    return this.rows.i32[this.rows.i32At + Column.dimension] as number;
  }
  valueOf(series: number): Name {
    this.rows.locate(series);
    return this.rows.i32[this.rows.i32At + Column.value] as number;
  }

  /** Builds the look-up again after the rows were restored. */
  reindex(): void {
    this.byValue.length = 0;
    for (let series = 0; series < this.rows.length; series += 1) {
      this.place(this.measureOf(series), this.dimensionOf(series), this.valueOf(series), series);
    }
  }

  private add(measure: number, dimension: number, value: Name): number {
    const series = this.rows.add();
    this.rows.i32[this.rows.i32At + Column.measure] = measure;
    this.rows.i32[this.rows.i32At + Column.dimension] = dimension;
    this.rows.i32[this.rows.i32At + Column.value] = value;
    this.place(measure, dimension, value, series);
    return series;
  }

  private place(measure: number, dimension: number, value: Name, series: number): void {
    const at = measure * (companyDimension + 1) + dimension;
    let known = this.byValue[at];
    if (known === undefined || value >= known.length) {
      const grown = new Int32Array(Math.max(16, 2 ** Math.ceil(Math.log2(value + 1)) * 2)).fill(-1);
      if (known !== undefined) grown.set(known);
      known = this.byValue[at] = grown;
    }
    known[value] = series;
  }
}

export const dimensionName = (dimension: number): "company" | Dimension => dimensions[dimension] ?? "company";
