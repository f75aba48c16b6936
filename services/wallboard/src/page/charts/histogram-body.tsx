import type { HistogramData } from "../../board/tile-data.ts";
import { formatCount, formatRatio } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";
import { counted } from "../texts/counted.ts";
import { fill } from "../texts/texts.ts";
import type { TileBodyProps } from "../tiles/tile-body.ts";
import { bandText } from "./band-text.ts";
import type { ChartBox } from "./chart-box.ts";
import { ChartHeadline } from "./chart-headline.tsx";
import { ChartView } from "./chart-view.tsx";
import { histogramShape, withinSla } from "./histogram-shape.ts";
import { textWidthEm } from "./text-width.ts";

interface Props {
  readonly data: HistogramData;
  readonly reader: Reader;
  readonly box: ChartBox;
}

const countOf = ({ bands }: HistogramData): number => bands.reduce((sum, { count }) => sum + count, 0);

const spoken = (data: HistogramData, reader: Reader): string => {
  const { charts } = reader.texts;
  const bands = data.bands.map(({ toSeconds, count }, index) => {
    const open = toSeconds === null;
    const duration = bandText(toSeconds ?? data.bands[index - 1]?.toSeconds ?? 0, reader);
    return `${fill(open ? charts.over : charts.upTo, { duration })}: ${formatCount(count, reader.locale)}`;
  });
  return [fill(charts.sla, { duration: bandText(data.slaSeconds, reader) }), ...bands].join(". ");
};

const SlaLine = ({ data, reader, box, x, bottom, fontPx }: Props & { x: number; bottom: number; fontPx: number }) => {
  const text = fill(reader.texts.charts.sla, { duration: bandText(data.slaSeconds, reader) });
  const isLeft = x + (textWidthEm(text) + 0.5) * fontPx > box.widthPx;
  return (
    <g>
      <path class="chart-sla" d={`M${x} ${fontPx * 0.1}V${bottom}`} />
      <text
        class="chart-sla-text"
        x={x + fontPx * (isLeft ? -0.4 : 0.4)}
        y={fontPx}
        text-anchor={isLeft ? "end" : "start"}
      >
        {text}
      </text>
    </g>
  );
};

const HistogramChart = ({ data, reader, box }: Props) => {
  const { fontPx, bottom, bars, edges, slaX } = histogramShape(data, box, reader);
  return (
    <svg class="chart-svg chart-flow" height={box.heightPx} role="img" aria-label={spoken(data, reader)}>
      <g font-size={fontPx}>
        {bars.map(({ side, text: _, ...bar }) => (
          <rect key={bar.x} class="chart-band" data-side={side} {...bar} />
        ))}
        <SlaLine data={data} reader={reader} box={box} x={slaX} bottom={bottom} fontPx={fontPx} />
        {bars.map(({ text, x, y, width }) => (
          <text key={x} class="chart-count" x={x + width / 2} y={y - fontPx * 0.35} text-anchor="middle">
            {text}
          </text>
        ))}
        <path class="chart-zero" d={`M0 ${bottom}H${box.widthPx}`} />
        {edges.map(({ x, text }) => (
          <text key={text} class="chart-axis" x={x} y={bottom + fontPx * 1.35} text-anchor="middle">
            {text}
          </text>
        ))}
      </g>
    </svg>
  );
};

/** How long answers took, in bands; what is beyond the SLA stands right of its line. */
export const HistogramBody = (props: TileBodyProps<"histogram">) => {
  const { data, reader } = props;
  const { locale, texts } = reader;
  const within = withinSla(data.bands, data.slaSeconds);
  const duration = bandText(data.slaSeconds, reader);
  return (
    <ChartView
      {...props}
      isEmpty={countOf(data) === 0}
      draw={(box) => (
        <ChartHeadline
          box={box}
          needsRem={6}
          figure={within === null ? "" : formatRatio(within, locale)}
          words={fill(texts.charts.within, { duration })}
          more={counted(texts.charts.responses, countOf(data), locale)}
          draw={(rest) => <HistogramChart data={data} reader={reader} box={rest} />}
        />
      )}
    />
  );
};
