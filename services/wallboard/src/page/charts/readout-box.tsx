import type { CourseFrame } from "./course-frame.ts";

interface ReadoutLine {
  /** What its colour is known by. */
  readonly series: string;
  readonly name: string;
  readonly value: string;
}

interface ReadoutBoxProps {
  readonly frame: CourseFrame;
  /** The point that is read. */
  readonly index: number;
  /** Where it stands, in words. */
  readonly place: string;
  readonly lines: ReadonlyArray<ReadoutLine>;
  readonly colours: ReadonlyMap<string, number>;
}

/** Exact values beside a point, on the side that has room; one line alone needs no name. */
export const ReadoutBox = ({ frame: { xOf, plot }, index, place, lines, colours }: ReadoutBoxProps) => (
  <div
    class="chart-readout"
    aria-hidden="true"
    data-side={xOf(index) > (plot.left + plot.right) / 2 ? "left" : "right"}
    style={{ "--x": `${xOf(index)}px`, "--bottom": `${plot.bottom}px` }}
  >
    <div class="chart-readout-box">
      <p class="chart-readout-period">{place}</p>
      {lines.map(({ series, name, value }) => (
        <p key={series} class="chart-readout-line" data-colour={colours.get(series) ?? 0}>
          {lines.length > 1 && <span class="chart-label-mark" />}
          {lines.length > 1 && <span class="chart-label-name">{name}</span>}
          <span class="chart-label-value">{value}</span>
        </p>
      ))}
    </div>
  </div>
);
