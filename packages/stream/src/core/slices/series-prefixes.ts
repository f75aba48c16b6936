import { AvroWriter } from "../codec/avro-writer.ts";
import type { Span } from "../codec/span.ts";
import type { TextTable } from "../state/text-table.ts";
import { companyDimension, dimensionName, type SeriesTable } from "./series-table.ts";

/** The fields that name a series (measure, dimension, value) as Avro, written once and copied for each of its slices. */
export class SeriesPrefixes {
  private readonly series: SeriesTable;
  private readonly names: TextTable;
  private readonly measures: ReadonlyArray<string>;
  private readonly written = new AvroWriter();
  /** Series n stands between ends n - 1 and n. */
  private readonly ends: Array<number> = [];

  constructor(series: SeriesTable, names: TextTable, measures: ReadonlyArray<string>) {
    this.series = series;
    this.names = names;
    this.measures = measures;
  }

  prefixOf(series: number, span: Span): void {
    while (this.ends.length <= series) this.write(this.ends.length);
    const start = series === 0 ? 0 : (this.ends[series - 1] as number);
    span.setViewed(this.written.buffer, this.written.view, start, (this.ends[series] as number) - start);
  }

  private write(series: number): void {
    const w = this.written;
    const dimension = this.series.dimensionOf(series);
    w.text(this.measures[this.series.measureOf(series)] ?? "");
    w.text(dimensionName(dimension));
    if (dimension === companyDimension) w.text("");
    else {
      this.names.locate(this.series.valueOf(series));
      w.raw(this.names.view, this.names.avroStart, this.names.avroLength);
    }
    this.ends.push(w.at);
  }
}
