import type { Signal } from "@preact/signals";
import { useMemo, useState } from "preact/hooks";
import type { ChartChoice } from "../../../console/saved-query.ts";
import { BarRows } from "../../charts/bar-rows.tsx";
import type { ChartBox } from "../../charts/chart-box.ts";
import { useChartBox } from "../../charts/use-chart-box.ts";
import { counted } from "../../texts/counted.ts";
import { fill } from "../../texts/texts.ts";
import type { Run } from "../console-state.ts";
import { type ConsoleReader, wholeText } from "../console-words.ts";
import { chartColumns, fittingChoice } from "./chart-choice.ts";
import { type ChartPoints, chartPoints } from "./chart-points.ts";
import { PointsChart } from "./points-chart.tsx";
import { valueText } from "./value-text.ts";

interface AnswerChartProps {
  readonly run: Run;
  readonly chart: Signal<ChartChoice | null>;
  readonly reader: ConsoleReader;
}

interface PickProps {
  readonly label: string;
  readonly value: string;
  readonly options: ReadonlyArray<readonly [value: string, text: string]>;
  readonly onPick: (value: string) => void;
}

const Pick = ({ label, value, options, onPick }: PickProps) => (
  <label class="sql-pick">
    <span>{label}</span>
    <select value={value} onChange={(event) => onPick(event.currentTarget.value)}>
      {options.map(([each, text]) => (
        <option key={each} value={each}>
          {text}
        </option>
      ))}
    </select>
  </label>
);

const named = (names: ReadonlyArray<string>): ReadonlyArray<readonly [string, string]> =>
  [...new Set(names)].map((name) => [name, name] as const);

const kinds = ["line", "bar", "scatter"] as const;

const Picks = ({ run, chart, reader, choice }: AnswerChartProps & { readonly choice: ChartChoice }) => {
  const { words } = reader;
  const can = chartColumns(run.columns);
  const set = (change: Partial<ChartChoice>): void => {
    chart.value = { ...choice, ...change };
  };
  return (
    <div class="sql-picks">
      <Pick
        label={words.chartKind}
        value={choice.kind}
        options={kinds.map((kind) => [kind, words.kinds[kind]])}
        onPick={(value) => set({ kind: kinds.find((kind) => kind === value) ?? choice.kind })}
      />
      <Pick label={words.axisX} value={choice.x} options={named(can.x)} onPick={(x) => set({ x })} />
      <Pick label={words.axisY} value={choice.y} options={named(can.y)} onPick={(y) => set({ y })} />
      <Pick
        label={words.series}
        value={choice.series ?? ""}
        options={[["", words.noSeries], ...named(can.series.filter((name) => name !== choice.x))]}
        onPick={(series) => set({ series: series === "" ? null : series })}
      />
    </div>
  );
};

/** Names with a bar each stand below each other, so that long ones can be read; the chart is as high as they need. */
const NamedBars = ({
  points,
  box,
  reader,
}: {
  readonly points: ChartPoints;
  readonly box: ChartBox;
  readonly reader: ConsoleReader;
}) => {
  const values = points.series[0]?.values ?? [];
  const known = values.map((value) => value ?? 0);
  const [low, high] = [Math.min(0, ...known), Math.max(0, ...known)];
  const share = (value: number): number => (high === low ? 0 : (value - low) / (high - low));
  const rows = points.names.map((name, index) => ({
    key: name,
    name: name === "" ? "–" : name,
    from: share(0),
    to: share(known[index] ?? 0),
    value: valueText(values[index] ?? null, reader),
  }));
  const [leastPx, mostPx] = [rows.length * box.remPx * 1.5, rows.length * box.remPx * 2.25];
  const heightPx = Math.max(leastPx, Math.min(box.heightPx, mostPx));
  return <BarRows rows={rows} box={{ ...box, heightPx }} />;
};

const leftOut = (points: ChartPoints, reader: ConsoleReader): string => {
  const { words, locale } = reader;
  const [series, places] = [points.series.length, points.xs.length];
  return [
    points.seriesInAll > series
      ? fill(words.seriesLeft, { shown: wholeText(series, reader), count: wholeText(points.seriesInAll, reader) })
      : "",
    points.placesInAll > places
      ? fill(words.placesLeft, { shown: wholeText(places, reader), count: wholeText(points.placesInAll, reader) })
      : "",
    points.doubled > 0 ? counted(words.doubled, points.doubled, locale) : "",
  ]
    .filter((text) => text !== "")
    .join(" ");
};

/** The answer as a chart: what it suggests, until the reader chooses otherwise. */
export const AnswerChart = ({ run, chart, reader }: AnswerChartProps) => {
  const [room, box] = useChartBox();
  const [pointerPx, setPointerPx] = useState<number | null>(null);
  const { columns, rows } = run;
  const choice = useMemo(() => fittingChoice(chart.value, columns, rows), [chart.value, columns, rows]);
  const points = useMemo(() => (choice === null ? null : chartPoints(columns, rows, choice)), [choice, columns, rows]);
  if (choice === null || points === null) return <p class="empty">{reader.words.noChart}</p>;
  const isNamed = choice.kind === "bar" && points.axis === "name" && points.series.length <= 1;
  const left = leftOut(points, reader);
  return (
    <div class="sql-chart">
      <Picks run={run} chart={chart} reader={reader} choice={choice} />
      {left !== "" && <p class="sql-left">{left}</p>}
      <section
        class="sql-chart-room"
        ref={room}
        // What overflows has to be reached by the keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        tabIndex={0}
        aria-label={`${choice.y}, ${choice.x}`}
        onPointerMove={(event) => setPointerPx(event.clientX - event.currentTarget.getBoundingClientRect().left)}
        onPointerLeave={() => setPointerPx(null)}
      >
        {box !== null &&
          points.xs.length > 0 &&
          (isNamed ? (
            <NamedBars points={points} box={box} reader={reader} />
          ) : (
            <PointsChart points={points} choice={choice} box={box} reader={reader} pointerPx={pointerPx} />
          ))}
        {points.xs.length === 0 && <p class="empty">{reader.words.noChart}</p>}
      </section>
    </div>
  );
};
