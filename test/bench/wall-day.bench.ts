import { setTimeout as sleep } from "node:timers/promises";
import { dayMs } from "@leadwire/events";
import { demoHistory } from "leadwire";
import { launchBrowser, openWatched } from "../../services/wallboard/src/testing/browser.ts";
import { recordOf } from "./demo-log.ts";
import { openWallRig } from "./wall-rig.ts";

/**
 * What page and server hold over a replayed day: `node test/bench/wall-day.bench.ts [hours] [seconds in a step]`. The
 * clock jumps from step to step, each with the events of its time.
 */
const hours = Number(process.argv[2] ?? 24);
const stepMs = Number(process.argv[3] ?? 20) * 1_000;
/** From an append to the page's frame, on a machine that has nothing else to do. */
const perStepMs = 25;
const hourMs = 3_600_000;
const days = 7;
const midnightMs = Date.UTC(2026, 5, 9);

const feed = [...demoHistory(7, midnightMs - days * dayMs, midnightMs + hours * hourMs, 20)];
const split = feed.findIndex(({ sentAtMs }) => sentAtMs >= midnightMs);
/** Jumps to each step, and goes on from there: the engine's own timers need a clock that moves. */
let aheadMs = midnightMs - performance.now();
const rig = await openWallRig({
  nowMs: () => Math.floor(aheadMs + performance.now()),
  history: feed.slice(0, split).map(({ event }) => event),
  boards: {},
  // Real time is short here: a frame for every step.
  frameMs: 1,
});
const browser = await launchBrowser("--js-flags=--expose-gc");
const { page, complaints } = await openWatched(browser);
const session = await page.context().newCDPSession(page);
await session.send("Performance.enable");
await page.goto(`${rig.url}/boards/response-desk`);
await page.locator('[data-tile="waiting"] .tile-body > *').waitFor();
await page.evaluate(`{
  window.mutations = 0;
  new MutationObserver(() => { window.mutations += 1; }).observe(document.body, { subtree: true, childList: true, characterData: true });
}`);

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1).padStart(9);
const row = async (hour: number, events: number): Promise<number> => {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? 0;
  const { heapUsed, rss } = process.memoryUsage();
  const counts = [of("Nodes"), of("JSEventListeners"), Number(await page.evaluate("window.mutations"))];
  process.stdout.write(
    `${String(hour).padStart(5)}${String(events).padStart(9)}${megabytes(of("JSHeapUsedSize"))}${counts.map((count) => String(count).padStart(10)).join("")}${megabytes(heapUsed)}${megabytes(rss)}\n`,
  );
  return of("JSHeapUsedSize");
};

process.stdout.write(
  `${days} days held, then ${hours} h in steps of ${stepMs / 1_000} s\n hour   events  page MB     nodes listeners mutations  heap MB   rss MB\n`,
);
const heaps: number[] = [await row(0, 0)];
let at = split;
const beganMs = performance.now();
for (let step = 1; step * stepMs <= hours * hourMs; step += 1) {
  const toMs = midnightMs + step * stepMs;
  aheadMs = toMs - performance.now();
  const from = at;
  while (at < feed.length && (feed[at]?.sentAtMs ?? 0) < toMs) at += 1;
  if (at > from) await rig.log.append(feed.slice(from, at).map(({ event }) => recordOf(event)));
  await sleep(perStepMs);
  if (toMs % hourMs === 0) heaps.push(await row((toMs - midnightMs) / hourMs, at - split));
}
const took = (performance.now() - beganMs) / 1_000;
const [first = 0, last = 0] = [heaps[1], heaps.at(-1)];
process.stdout.write(
  `the page after the first hour and after the last: ${megabytes(first).trim()} and ${megabytes(last).trim()} MB; ${Math.round((hours * 3_600) / took)} times as fast as a day\n`,
);
for (const complaint of complaints) process.stdout.write(`the browser: ${complaint}\n`);
await browser.close();
await rig.close();
process.exit(0);
