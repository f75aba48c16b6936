import type { BinPartial, GroupPartial } from "./partial.ts";

const mergedBins = (a: ReadonlyArray<BinPartial>, b: ReadonlyArray<BinPartial>): ReadonlyArray<BinPartial> => {
  const bins = new Map(a.map((bin) => [bin[0], bin]));
  for (const [bin, count, sum] of b) {
    const [, heldCount, heldSum] = bins.get(bin) ?? [bin, 0n, 0n];
    bins.set(bin, [bin, heldCount + count, heldSum + sum]);
  }
  return [...bins.values()].filter(([, count, sum]) => count !== 0n || sum !== 0n).sort(([x], [y]) => x - y);
};

/** Two answers to parts of one query, added up by group. */
export const mergePartials = (
  a: ReadonlyArray<GroupPartial>,
  b: ReadonlyArray<GroupPartial>,
): ReadonlyArray<GroupPartial> => {
  const groups = new Map(a.map((partial) => [JSON.stringify(partial.group), partial]));
  for (const partial of b) {
    const key = JSON.stringify(partial.group);
    const held = groups.get(key);
    if (held === undefined) groups.set(key, partial);
    else {
      groups.set(key, {
        group: held.group,
        count: held.count + partial.count,
        sum: held.sum + partial.sum,
        ...(held.bins === undefined ? {} : { bins: mergedBins(held.bins, partial.bins ?? []) }),
      });
    }
  }
  return [...groups.values()];
};
