import type { CourseFrame } from "./course-frame.ts";

/** Lines across at the ticks, their values at the left, the periods below. The drawing around them is one picture with one label. */
export const CourseAxes = ({ fontPx, plot, ticks, periods }: CourseFrame) => (
  <g font-size={fontPx}>
    {ticks.map(({ y, text, isZero }) => (
      <g key={text}>
        <path class={isZero ? "chart-zero" : "chart-grid"} d={`M${plot.left} ${y}H${plot.right}`} />
        <text class="chart-axis" x={plot.left - fontPx * 0.5} y={y} dy="0.35em" text-anchor="end">
          {text}
        </text>
      </g>
    ))}
    {periods.map(({ x, text }) => (
      <text key={text} class="chart-axis" x={x} y={plot.bottom + fontPx * 1.35} text-anchor="middle">
        {text}
      </text>
    ))}
  </g>
);
