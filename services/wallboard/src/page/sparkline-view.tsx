import { sparklinePath } from "./sparkline-path.ts";

interface SparklineProps {
  readonly points: ReadonlyArray<number | null>;
  readonly text: string;
  readonly fromZero: boolean;
  readonly read: (value: number) => string;
}

/** The course of a number. A screen reader hears what it covers, and its lowest, highest and newest value. */
const spoken = ({ points, text, read }: SparklineProps): string => {
  const values = points.filter((value) => value !== null);
  const newest = values.at(-1);
  if (newest === undefined) return text;
  return `${text}: ${read(Math.min(...values))} – ${read(Math.max(...values))}, ${read(newest)}`;
};

export const SparklineView = (props: SparklineProps) => {
  const { line, area, end } = sparklinePath(props.points, props.fromZero);
  return (
    <div class="sparkline">
      <svg viewBox="0 0 100 30" preserveAspectRatio="none" role="img" aria-label={spoken(props)}>
        <path class="sparkline-area" d={area} />
        <path class="sparkline-line" d={line} vector-effect="non-scaling-stroke" />
        {end !== null && (
          // A line of no length with round ends is a dot that stays round however the box is stretched.
          <path class="sparkline-end" d={`M${end.x} ${end.y}h0`} vector-effect="non-scaling-stroke" />
        )}
      </svg>
      <span class="sparkline-text" aria-hidden="true">
        {props.text}
      </span>
    </div>
  );
};
