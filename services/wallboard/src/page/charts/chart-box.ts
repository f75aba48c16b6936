/** The room that a chart has, in CSS pixels, and how large a rem is there: type grows with the screen. */
export interface ChartBox {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly remPx: number;
}

export const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

/** Type that is read from across the room where there is room for it, and never below 0.8 rem. */
export const chartFontPx = ({ heightPx, remPx }: ChartBox): number => clamp(heightPx * 0.065, remPx * 0.8, remPx * 1.1);

/** Two digits after the point: no difference to the eye, and an unchanged chart has unchanged attributes. */
export const rounded = (px: number): number => Math.round(px * 100) / 100;
