import { type ChartBox, clamp } from "./chart-box.ts";

/** What rows of a name, a bar and a value have to hold, in em of their type. */
export interface RowsWish {
  readonly count: number;
  readonly nameEm: number;
  readonly valueEm: number;
  /** What stands behind the value, such as percent to target; 0: nothing. */
  readonly noteEm: number;
}

export interface RowLayout {
  readonly rowPx: number;
  readonly fontPx: number;
  /** How many rows there is room for; the rest is left out, never cut through. */
  readonly shown: number;
  /** Where the bar is: between name and value, or on a line of its own below them, or nowhere. */
  readonly form: "beside" | "below" | "bare";
  readonly nameEm: number;
  readonly hasNote: boolean;
}

const gapsEm = 2.4;
const barEmMin = 5;

/** Rows share the height; type grows with them up to what reads well across the room. */
export const rowLayout = (
  { count, nameEm, valueEm, noteEm }: RowsWish,
  { widthPx, heightPx, remPx }: ChartBox,
): RowLayout => {
  const leastFontPx = remPx * 0.8;
  const rowPx = clamp(heightPx / Math.max(1, count), leastFontPx * 1.2, remPx * 4.25);
  const shown = Math.max(1, Math.min(count, Math.floor((heightPx + 0.5) / rowPx)));
  const fits = (fontPx: number, hasNote: boolean): boolean =>
    widthPx >= (Math.min(nameEm, 8) + valueEm + (hasNote ? noteEm : 0) + gapsEm + barEmMin) * fontPx;
  const besidePx = clamp(rowPx * 0.54, leastFontPx, remPx * (widthPx > remPx * 50 ? 1.6 : 1.25));
  const isHigh = rowPx >= remPx * 2.2;
  // Rather a bar below its name than small type in high rows.
  const sizes = isHigh ? [besidePx, besidePx * 0.85] : [besidePx, Math.max(leastFontPx, besidePx * 0.85), leastFontPx];
  const beside = sizes.find((fontPx) => fits(fontPx, true));
  const columns = (fontPx: number, hasNote: boolean): number =>
    Math.max(3, Math.min(nameEm, widthPx / fontPx - valueEm - (hasNote ? noteEm : 0) - gapsEm - barEmMin));
  if (beside !== undefined)
    return { rowPx, shown, form: "beside", fontPx: beside, nameEm: columns(beside, true), hasNote: true };
  if (rowPx >= leastFontPx * 2.1) {
    // Smaller type before half a name, and half a name before no note.
    const wholePx = widthPx / (nameEm + valueEm + noteEm + gapsEm);
    const fontPx = clamp(Math.min(rowPx * 0.38, wholePx), leastFontPx, remPx * 1.15);
    const hasNote = widthPx >= (Math.min(nameEm, 8) + valueEm + noteEm + gapsEm) * leastFontPx;
    return { rowPx, shown, form: "below", fontPx, nameEm, hasNote };
  }
  if (!fits(leastFontPx, false)) return { rowPx, shown, form: "bare", fontPx: leastFontPx, nameEm, hasNote: false };
  return { rowPx, shown, form: "beside", fontPx: leastFontPx, nameEm: columns(leastFontPx, false), hasNote: false };
};
