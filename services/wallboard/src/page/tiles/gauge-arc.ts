/**
 * A gauge's shape in a box of 200 × 136: an arc of 220 degrees around (100, 100), open below, clockwise. Shares
 * run from 0 at the left end to 1 at the right.
 */
const centre = { x: 100, y: 100 };
const sweep = 220;
const round = (value: number): number => Math.round(value * 100) / 100;

const at = (share: number, radius: number): string => {
  const angle = ((270 - sweep / 2 + share * sweep) * Math.PI) / 180;
  return `${round(centre.x + radius * Math.cos(angle))} ${round(centre.y + radius * Math.sin(angle))}`;
};

const within = (share: number): number => Math.min(1, Math.max(0, share));

/** Path data of the arc between two shares, along the given radius; nothing where they are the same. */
export const arcPath = (from: number, to: number, radius: number): string => {
  const [low, high] = [within(from), within(to)];
  if (high <= low) return "";
  const isLarge = (high - low) * sweep > 180 ? 1 : 0;
  return `M${at(low, radius)}A${radius} ${radius} 0 ${isLarge} 1 ${at(high, radius)}`;
};

/** Path data of a mark across the arc, between two radii. */
export const markPath = (share: number, inner: number, outer: number): string =>
  `M${at(within(share), inner)}L${at(within(share), outer)}`;

/**
 * Where the arc ends: 1 for a ratio (100 %), else a fifth beyond the target, or beyond the value where it is far above,
 * so that a target which was passed is still seen.
 */
export const gaugeEnd = (value: number | null, target: number, unit: string): number => {
  const most = Math.max(value ?? 0, target);
  if (unit === "ratio" && most <= 1) return 1;
  return Math.max(target * 1.2, most * 1.05) || 1;
};
