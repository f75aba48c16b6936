/**
 * Percentile bins of durations, after DDSketch (Masson, Rim, Lee, VLDB 2019): bin i holds (γ^(i−2), γ^(i−1)], γ = 1.009,
 * so a bin is at most 0.9 % wide. The edges are integers made by integer arithmetic, so that every machine agrees on
 * every index; bins hold (count, sum), and the value of one is sum/count.
 */

const gammaNumerator = 1009n;
const gammaDenominator = 1000n;
const logGamma = Math.log(1.009);
const durationMsMax = 2n ** 53n;

/** `upperMs[i]` is the longest duration of bin i. Bin 0 holds 0 (and what is below), bin 1 holds 1 ms. */
const upperMs: Float64Array = (() => {
  const fractionBits = 64n;
  const edges = [0];
  for (let edge = 1n << fractionBits; edge >> fractionBits <= durationMsMax; ) {
    edges.push(Number(edge >> fractionBits));
    edge = (edge * gammaNumerator) / gammaDenominator;
  }
  edges.push(Number.POSITIVE_INFINITY);
  return Float64Array.from(edges);
})();

/** The bin of a whole number of milliseconds. */
export const binOf = (durationMs: number): number => {
  if (!(durationMs > 0)) return 0;
  // The logarithm only guesses; the table of edges decides.
  let bin = Math.ceil(Math.log(durationMs) / logGamma) + 1;
  if (bin > upperMs.length - 1) bin = upperMs.length - 1;
  if (bin < 1) bin = 1;
  while ((upperMs[bin] as number) < durationMs) bin++;
  while ((upperMs[bin - 1] as number) >= durationMs) bin--;
  return bin;
};

/** The longest duration (ms) that falls into the bin. */
export const binUpperMs = (bin: number): number => upperMs[bin] ?? Number.POSITIVE_INFINITY;
