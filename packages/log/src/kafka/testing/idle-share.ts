import { setTimeout as sleep } from "node:timers/promises";

const windowMs = 1_000;
const windows = 4;

/** The share of one core that this process uses while nothing happens: the least of some windows, for others run too. */
export const idleShare = async (): Promise<number> => {
  let least = Number.POSITIVE_INFINITY;
  for (let window = 0; window < windows; window += 1) {
    const before = process.cpuUsage();
    await sleep(windowMs);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000 / windowMs);
  }
  return least;
};
