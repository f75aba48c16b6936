import { type BinPartial, binUpperMs } from "@leadwire/kpis";

/** Upper edges of the histogram's bands; the last band has none. */
export const bandEdgesMs: ReadonlyArray<number> = [1, 5, 15, 60, 240, 1_440].map((minutes) => minutes * 60_000);

const ceilDivide = (n: bigint, d: bigint): bigint => (n <= 0n ? n / d : (n + d - 1n) / d);

/**
 * How many of a bin's `count` whole milliseconds are at most `edgeMs`, where count and sum leave only one answer.
 * k of them in [low, edge] and the rest in [edge + 1, high] sum to at least k·low + (n − k)·(edge + 1) and at most
 * k·edge + (n − k)·high, so k lies between (n·(edge + 1) − sum) / (edge + 1 − low) and (n·high − sum) / (high − edge).
 */
const withinEdge = ([bin, count, sum]: BinPartial, edgeMs: number): number | undefined => {
  const [low, edge, high] = [BigInt(binUpperMs(bin - 1) + 1), BigInt(edgeMs), BigInt(binUpperMs(bin))];
  const least = ceilDivide(count * (edge + 1n) - sum, edge + 1n - low);
  const most = (count * high - sum) / (high - edge);
  const [from, to] = [least < 0n ? 0n : least, most > count ? count : most];
  return from === to ? Number(from) : undefined;
};

/** From counts up to each edge, and of all, those of each band. */
const betweenEdges = (upTo: ReadonlyArray<number>): ReadonlyArray<number> =>
  upTo.map((count, index) => count - (upTo[index - 1] ?? 0));

/**
 * How many durations lie in each band, from percentile bins. A bin is at most 0.9 % wide; the few that an edge cuts
 * are split where their count and sum say how. Undefined where they do not: facts know.
 */
export const bandCounts = (
  bins: ReadonlyArray<BinPartial>,
  edgesMs: ReadonlyArray<number> = bandEdgesMs,
): ReadonlyArray<number> | undefined => {
  const within: Array<number> = [];
  const all = bins.reduce((sum, [, count]) => sum + Number(count), 0);
  for (const edgeMs of edgesMs) {
    let counted = 0;
    for (const part of bins) {
      const [bin, count] = part;
      if (binUpperMs(bin) <= edgeMs) counted += Number(count);
      else if (bin > 0 && binUpperMs(bin - 1) < edgeMs && count > 0n) {
        const inside = withinEdge(part, edgeMs);
        if (inside === undefined) return undefined;
        counted += inside;
      }
    }
    within.push(counted);
  }
  return betweenEdges([...within, all]);
};
