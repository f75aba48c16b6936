/** Round a small circle and back to the middle, in pixels: no edge stays on the same dots of the screen for long. */
const path: ReadonlyArray<readonly [x: number, y: number]> = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
  [-4, 4],
  [-4, 0],
  [-4, -4],
  [0, -4],
  [4, -4],
];
const everyMs = 2 * 60_000;

/** Where the page stands at this time; the same for everything on it. */
export const shiftAt = (nowMs: number): readonly [x: number, y: number] =>
  path[Math.floor(nowMs / everyMs) % path.length] ?? [0, 0];
