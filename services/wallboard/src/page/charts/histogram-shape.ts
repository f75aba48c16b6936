import type { HistogramData } from "../../board/tile-data.ts";
import { formatCount } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";
import { bandText } from "./band-text.ts";
import { type ChartBox, chartFontPx, clamp, rounded } from "./chart-box.ts";
import { textWidthEm } from "./text-width.ts";

export interface HistogramShape {
  readonly fontPx: number;
  readonly bottom: number;
  readonly bars: ReadonlyArray<{
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    /** Within the SLA, beyond it, or with the SLA inside the band. */
    readonly side: "within" | "beyond" | "across";
    readonly text: string;
  }>;
  /** Between bars, where one band ends and the next begins. */
  readonly edges: ReadonlyArray<{ readonly x: number; readonly text: string }>;
  readonly slaX: number;
}

type Bands = HistogramData["bands"];

/** Where the SLA stands, in bands from the left: on the edge that it equals, else within its band in proportion. */
export const slaPosition = (bands: Bands, slaSeconds: number): number => {
  const index = bands.findIndex(({ toSeconds }) => toSeconds === null || toSeconds >= slaSeconds);
  if (index < 0) return bands.length;
  const from = bands[index - 1]?.toSeconds ?? 0;
  const to = bands[index]?.toSeconds;
  if (to === null || to === undefined) return index + 0.5;
  return index + (slaSeconds - from) / (to - from);
};

/** What part of all is within the SLA; null where the SLA stands within a band, of which nobody knows the part. */
export const withinSla = (bands: Bands, slaSeconds: number): number | null => {
  const total = bands.reduce((sum, { count }) => sum + count, 0);
  if (total === 0 || !bands.some(({ toSeconds }) => toSeconds === slaSeconds)) return null;
  const within = bands.reduce(
    (sum, { toSeconds, count }) => (toSeconds !== null && toSeconds <= slaSeconds ? sum + count : sum),
    0,
  );
  return within / total;
};

const edgesOf = (bands: Bands, bandPx: number, fontPx: number, widthPx: number, reader: Reader) => {
  let freeFrom = 0;
  return bands.flatMap(({ toSeconds }, index) => {
    if (toSeconds === null) return [];
    const text = bandText(toSeconds, reader);
    const half = (textWidthEm(text) * fontPx) / 2;
    const x = clamp((index + 1) * bandPx, half, widthPx - half);
    if (x - half < freeFrom) return [];
    freeFrom = x + half + fontPx * 0.5;
    return { x: rounded(x), text };
  });
};

/** In full where that is not wider than its band, else shorter, else not at all. */
const countText = (count: number, roomEm: number, { locale }: Reader): string => {
  const full = formatCount(count, locale);
  const short = formatCount(count, locale, { compact: true });
  return [full, short].find((text) => textWidthEm(text) * 1.05 <= roomEm) ?? "";
};

export const histogramShape = (
  { bands, slaSeconds }: Pick<HistogramData, "bands" | "slaSeconds">,
  box: ChartBox,
  reader: Reader,
): HistogramShape => {
  const fontPx = chartFontPx(box);
  const bandPx = box.widthPx / Math.max(1, bands.length);
  const hasEdges = box.heightPx >= fontPx * 4.5;
  // Above the highest bar: its count, and over that the name of the SLA's line.
  const top = fontPx * (hasEdges ? 2.7 : 1.4);
  const bottom = box.heightPx - fontPx * (hasEdges ? 1.6 : 0.3);
  const most = Math.max(1, ...bands.map(({ count }) => count));
  const sla = slaPosition(bands, slaSeconds);
  const width = Math.max(0, Math.min(bandPx * 0.82, bandPx - 2));
  return {
    fontPx,
    bottom,
    bars: bands.map(({ count }, index) => {
      const height = count === 0 ? 1 : Math.max(2, (count / most) * (bottom - top));
      return {
        x: rounded((index + 0.5) * bandPx - width / 2),
        y: rounded(bottom - height),
        width: rounded(width),
        height: rounded(height),
        side: index + 1 <= sla ? "within" : index >= sla ? "beyond" : "across",
        text: countText(count, bandPx / fontPx, reader),
      };
    }),
    edges: hasEdges ? edgesOf(bands, bandPx, fontPx, box.widthPx, reader) : [],
    slaX: rounded(sla * bandPx),
  };
};
