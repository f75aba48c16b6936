import type { WaterfallData } from "../../board/tile-data.ts";
import { plainWords } from "../reader/catalogue-names.ts";
import type { Reader } from "../reader/reader.ts";
import type { BarRow } from "./bar-rows.tsx";
import { shortText } from "./tick-text.ts";

/** What the bars span: all of it from zero, or only what moves where that is less than a third of the whole. */
const spanOf = (
  levels: ReadonlyArray<number>,
): { readonly low: number; readonly high: number; readonly torn: boolean } => {
  const [least, most] = [Math.min(...levels), Math.max(...levels)];
  const moved = most - least;
  if (least <= 0 || moved === 0 || moved >= most / 3)
    return { low: Math.min(0, least), high: Math.max(0, most), torn: false };
  return { low: least - moved / 2, high: most, torn: true };
};

/** Start, each step from where the one before ended, and the end. Steps keep their sign, so colour is never alone. */
export const waterfallRows = (data: WaterfallData, reader: Reader): BarRow[] => {
  const { movements } = reader.texts.charts;
  const named = (movement: string): string => movements[movement] ?? plainWords(movement);
  const levels = [data.startMinor];
  for (const { amountMinor } of data.steps) levels.push((levels.at(-1) ?? 0) + amountMinor);
  levels.push(data.endMinor);
  const { low, high, torn } = spanOf(levels);
  const share = (minor: number): number => (high > low ? (minor - low) / (high - low) : 0);
  const total = (key: "start" | "end", minor: number): BarRow => ({
    key,
    name: named(key),
    from: torn ? 0 : share(0),
    to: share(minor),
    torn,
    tone: "total",
    value: shortText(minor, data, {}, reader),
  });
  const steps = data.steps.map(({ movement, amountMinor }, index): BarRow => {
    const before = levels[index] ?? 0;
    return {
      key: movement,
      name: named(movement),
      from: share(before),
      to: share(before + amountMinor),
      tone: amountMinor > 0 ? "better" : amountMinor < 0 ? "worse" : "plain",
      value: `${amountMinor > 0 ? "+" : ""}${shortText(amountMinor, data, {}, reader)}`,
    };
  });
  return [total("start", data.startMinor), ...steps, total("end", data.endMinor)];
};
