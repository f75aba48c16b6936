import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { launchBrowser, openWatched } from "../../services/wallboard/src/testing/browser.ts";
import { startDemoServer } from "../../services/wallboard/src/testing/demo-server.ts";
import { nudgeTile } from "../../services/wallboard/src/testing/invented-tile.ts";
import { seeded } from "../../services/wallboard/src/testing/seeded.ts";

/**
 * 200 tiles that all change once a second, in a real browser: `node test/bench/wall-tiles.bench.ts [seconds]`. Frames and
 * tasks over 50 ms as the browser counts them itself; the empty page in the same run is what it manages at all here.
 */
const seconds = Number(process.argv[2] ?? 15);
const types = [
  "type: number, metric: sales, window: month, course: days",
  "type: leaderboard, metric: sales, window: month, by: rep, rows: 5",
  "type: number, metric: win_rate, window: 30d, course: hours",
  "type: bar, metric: sales, unit: day, points: 14",
  "type: number, metric: new_leads, window: day, course: hours",
  "type: line, metric: sales, unit: week, points: 12, by: team",
  "type: gauge, metric: sales, window: month, target: plan",
  "type: funnel, window: 90d",
] as const;
const across = 12;
const tileYaml = (index: number): string =>
  `  - { id: t${index}, ${types[index % types.length]}, at: ${(index % across) + 1}/${Math.floor(index / across) + 1} 1x1 }`;
const board = `title: Many\ntiles:\n${Array.from({ length: 200 }, (_, index) => tileYaml(index)).join("\n")}\n`;

/** In the browser: how long each frame took to come, and each task over 50 ms. */
const frames = (ms: number): string => `new Promise((done) => {
  const gaps = [];
  const long = [];
  const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: "longtask" });
  const beginMs = performance.now();
  let last = beginMs;
  const step = (now) => {
    gaps.push(now - last);
    last = now;
    if (now < beginMs + ${ms}) return void requestAnimationFrame(step);
    observer.disconnect();
    done({ gaps: gaps.slice(1), long, ms: now - beginMs });
  };
  requestAnimationFrame(step);
})`;

interface Frames {
  readonly gaps: ReadonlyArray<number>;
  readonly long: ReadonlyArray<number>;
  readonly ms: number;
}

const folder = mkdtempSync(join(tmpdir(), "leadwire-tiles-"));
writeFileSync(join(folder, "many.yaml"), board);
const server = await startDemoServer({ folder });
const random = seeded(3);
const browser = await launchBrowser();

const row = (what: string, { gaps, long, ms }: Frames, busy: string): void => {
  const sorted = gaps.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.ceil(share * sorted.length) - 1] ?? 0).toFixed(1).padStart(8);
  const perSecond = ((gaps.length * 1_000) / ms).toFixed(1).padStart(9);
  process.stdout.write(
    `${what.padEnd(34)}${perSecond}${at(0.5)}${at(0.99)}${at(1)}${String(long.length).padStart(8)}${Math.max(0, ...long)
      .toFixed(0)
      .padStart(8)}   ${busy}\n`,
  );
};

const measure = async (what: string, path: string, reducedMotion: "reduce" | "no-preference"): Promise<void> => {
  const { page, complaints } = await openWatched(browser, { reducedMotion });
  await page.goto(path);
  if (path !== "about:blank") await page.locator('[data-tile="t199"] .tile-body > *').waitFor();
  await sleep(1_500);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const spent = async (): Promise<ReadonlyMap<string, number>> =>
    new Map((await session.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value]));
  const before = await spent();
  const found = (await page.evaluate(frames(seconds * 1_000))) as Frames;
  const after = await spent();
  const share = (name: string): string =>
    `${((((after.get(name) ?? 0) - (before.get(name) ?? 0)) * 100_000) / found.ms).toFixed(0)} %`;
  row(
    what,
    found,
    `${share("TaskDuration")} (script ${share("ScriptDuration")}, style ${share("RecalcStyleDuration")}, layout ${share("LayoutDuration")})`,
  );
  for (const complaint of complaints) process.stdout.write(`the browser: ${complaint}\n`);
  await page.context().close();
};

process.stdout.write(
  `${`200 tiles, each changing once a second, ${seconds} s`.padEnd(34)}\n${"".padEnd(34)} frames/s  p50 ms  p99 ms  max ms  > 50 ms longest   main thread\n`,
);
await measure("floor: an empty page", "about:blank", "no-preference");
for (const tile of server.wall.tiles("many")) server.wall.setTile("many", tile);
const url = `${server.url}/boards/many`;
/** All at once, as a second's numbers come from an engine that is told once a second. */
const changing = setInterval(() => {
  for (const tile of server.wall.tiles("many")) server.wall.setTile("many", nudgeTile(tile, Date.now(), random));
}, 1_000);
await measure("all at the same instant", url, "no-preference");
await measure("the same, with reduced motion", url, "reduce");
clearInterval(changing);
let next = 0;
const spread = setInterval(() => {
  for (const tile of server.wall.tiles("many").slice(next, next + 10))
    server.wall.setTile("many", nudgeTile(tile, Date.now(), random));
  next = (next + 10) % 200;
}, 50);
await measure("spread over the second", url, "no-preference");
clearInterval(spread);
await browser.close();
await server.close();
rmSync(folder, { recursive: true });
