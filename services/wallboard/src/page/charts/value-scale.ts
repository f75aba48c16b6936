/** An axis from a round value to a round value. */
export interface ValueScale {
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly ticks: ReadonlyArray<number>;
}

const decimal = [1, 2, 2.5, 5, 10];
/** Seconds that people count in: seconds, minutes, hours, days. */
const durations = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400];

/** Free of the noise of 0.1 + 0.2, so that a tick reads as what it is. */
const clean = (value: number): number => Number(value.toPrecision(12));

/** The smallest round step that makes at most `spans` of the range. */
const stepOf = (range: number, spans: number, unit: string, whole: boolean): number => {
  const least = range / spans;
  if (unit === "s") {
    const known = durations.find((step) => step >= least);
    if (known !== undefined) return known;
    return 86_400 * stepOf(range / 86_400, spans, "", false);
  }
  const power = 10 ** Math.floor(Math.log10(least));
  const isRound = (step: number): boolean => !whole || Number.isInteger(clean(step));
  const factor = decimal.find((factor) => factor * power >= least * (1 - 1e-9) && isRound(factor * power)) ?? 10;
  return whole ? Math.max(1, factor * power) : factor * power;
};

export interface ScaleWish {
  readonly unit: string;
  /** Counts: there is no half a lead. */
  readonly whole: boolean;
  readonly fromZero: boolean;
  /** How many spaces between ticks there is room for. */
  readonly spans: number;
}

/**
 * A scale over the values with round ends. Bars start at zero, because their length is the value; a line does where that
 * does not press it flat (its range is a third of its height or more).
 */
export const valueScale = (values: ReadonlyArray<number>, wish: ScaleWish): ValueScale => {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const flat = wish.fromZero || most - least === 0 || most - least >= Math.max(Math.abs(most), Math.abs(least)) / 3;
  const low = flat ? Math.min(0, least) : least;
  const high = flat ? Math.max(0, most) : most;
  if (values.length === 0 || (low === 0 && high === 0)) return { low: 0, high: 1, step: 1, ticks: [0] };
  const step = stepOf(high - low, Math.max(1, wish.spans), wish.unit, wish.whole);
  const first = Math.floor(clean(low / step));
  const last = Math.ceil(clean(high / step));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => clean((first + index) * step));
  return { low: ticks[0] ?? low, high: ticks.at(-1) ?? high, step, ticks };
};
