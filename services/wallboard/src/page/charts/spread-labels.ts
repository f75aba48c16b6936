/**
 * Places labels of one height as near as possible to where they belong, without one over another, between `top` and
 * `bottom`: pushes downwards in order, then back up from the bottom. What does not fit at all is left out from the end
 * of the list, so the most important ones come first. Middles in px, in the order of `wanted`; null: no room.
 */
export const spreadLabels = (
  wanted: ReadonlyArray<number>,
  heightPx: number,
  top: number,
  bottom: number,
): ReadonlyArray<number | null> => {
  const room = Math.max(0, Math.floor((bottom - top) / heightPx + 1e-6));
  const placed = wanted
    .slice(0, room)
    .map((middle, index) => ({ index, middle }))
    .sort((a, b) => a.middle - b.middle || a.index - b.index);
  let floor = top + heightPx / 2;
  for (const label of placed) {
    label.middle = Math.max(label.middle, floor);
    floor = label.middle + heightPx;
  }
  let ceiling = bottom - heightPx / 2;
  for (const label of placed.toReversed()) {
    label.middle = Math.min(label.middle, ceiling);
    ceiling = label.middle - heightPx;
  }
  const middles = new Map(placed.map(({ index, middle }) => [index, middle]));
  return wanted.map((_, index) => middles.get(index) ?? null);
};
