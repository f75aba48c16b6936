import { TimerQueue } from "@leadwire/alerts";
import { heading } from "./report.ts";

/**
 * Timers of alerts (`node test/bench/alert-timers.bench.ts [timers]`). Bars: a million that wait cost less than 100 bytes
 * each, and an advance of the clock costs only what is due. The floor adds the same number of instants to a typed array.
 */
const timers = Number(process.argv[2] ?? 1_000_000);
const dayMs = 86_400_000;
/** A linear congruential generator (Numerical Recipes): the same instants in every run. */
let seed = 12_345;
const instant = (): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed % (30 * dayMs);
};

const timed = (work: () => void): number => {
  const startNs = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - startNs);
};
const report = (what: string, ns: number, count: number): void =>
  console.log(`${what.padEnd(34)} ${(ns / count).toFixed(0).padStart(8)} ns each`);

heading(`timers of alerts: ${timers.toLocaleString("en")} over 30 days`);
const dues = Float64Array.from({ length: timers }, instant);
const floor = new Float64Array(timers);
report(
  "floor: into a typed array",
  timed(() => {
    for (let n = 0; n < timers; n += 1) floor[n] = dues[n] as number;
  }),
  timers,
);

const queue = new TimerQueue();
const ids = new Int32Array(timers);
report(
  "add",
  timed(() => {
    for (let n = 0; n < timers; n += 1) ids[n] = queue.add(dues[n] as number, n);
  }),
  timers,
);
const bytes = queue.bytes / timers;
console.log(
  `${"memory".padEnd(34)} ${bytes.toFixed(1).padStart(8)} bytes each (bar 100): ${bytes < 100 ? "met" : "MISSED"}`,
);

const looks = 1_000_000;
const nothing = (): void => undefined;
report(
  "advance with nothing due",
  timed(() => {
    for (let n = 0; n < looks; n += 1) queue.advance(-1, nothing);
  }),
  looks,
);
const moved = Math.floor(timers / 2);
report(
  "cancel and add again",
  timed(() => {
    for (let n = 0; n < moved; n += 1) {
      queue.cancel(ids[n] as number);
      ids[n] = queue.add(instant(), n);
    }
  }),
  moved,
);
const hour = 3_600_000;
let fired = 0;
report(
  "fire, of an hour's share",
  timed(() => {
    fired = queue.advance(hour, nothing);
  }),
  Math.max(1, fired),
);
const left = queue.size;
report(
  "fire, all the rest",
  timed(() => void queue.advance(Number.POSITIVE_INFINITY, nothing)),
  left,
);
