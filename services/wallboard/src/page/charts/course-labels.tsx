import type { CourseFrame } from "./course-frame.ts";
import { placeLabels, type SeriesLabel } from "./series-labels.ts";

interface CourseLabelsProps {
  readonly labels: ReadonlyArray<SeriesLabel>;
  /** Where each series ends, in px. */
  readonly ends: ReadonlyArray<number>;
  readonly colours: ReadonlyMap<string, number>;
  readonly frame: CourseFrame;
}

/** Each series is named beside its end, so that nobody matches colours with a legend. In HTML: names end in an ellipsis. */
export const CourseLabels = ({ labels, ends, colours, frame }: CourseLabelsProps) => (
  <div
    class="chart-labels"
    aria-hidden="true"
    style={{ "--left": `${frame.plot.right}px`, "--font": `${frame.fontPx}px` }}
  >
    {placeLabels(labels, ends, frame).map(({ series, name, value, y }) => (
      <p key={series} class="chart-label" data-colour={colours.get(series) ?? 0} style={{ "--y": `${y}px` }}>
        {name !== "" && <span class="chart-label-mark" />}
        {name !== "" && <span class="chart-label-name">{name}</span>}
        {value !== "" && <span class="chart-label-value">{value}</span>}
      </p>
    ))}
  </div>
);
