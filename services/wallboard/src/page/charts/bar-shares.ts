/** Where bars of these values stand, as shares of their room; with values below zero, the line of zero moves in. */
export const barShares = (
  values: ReadonlyArray<number>,
): ReadonlyArray<{ readonly from: number; readonly to: number }> => {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const share = (value: number): number => (high > low ? (value - low) / (high - low) : 0);
  return values.map((value) => ({ from: share(0), to: share(value) }));
};
