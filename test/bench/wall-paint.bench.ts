import { createServer, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { dayMs } from "@leadwire/events";
import { demoHistory } from "leadwire";
import { launchBrowser, openWatched, type Page } from "../../services/wallboard/src/testing/browser.ts";
import { recordOf } from "./demo-log.ts";
import { latencyLine } from "./latency-marks.ts";
import { fail, floorTopic, openWallRig } from "./wall-rig.ts";

/**
 * From a durable acknowledgement to the painted tile, in a real browser: `node test/bench/wall-paint.bench.ts [seconds]
 * [history events]`. Painted is the first task of the browser's main thread after the frame that drew the number, seen
 * by the browser's own clock; how that stands to ours is measured at the beginning and at the end.
 */
const seconds = Number(process.argv[2] ?? 15);
const history = Number(process.argv[3] ?? 50_000);
const eventsPerSecond = 1_000;
const perAppend = 10;
const leadsPerAppend = perAppend / 2;
const limitMs = 100;

/** The window only grows, so that a number says how much of the load it holds. */
const board = `title: Paint
tiles:
  - { id: count, type: number, at: 1/1 4x3, metric: new_leads, window: year, compare: none, course: hours }
  - { id: sales, type: number, at: 5/1 4x3, metric: sales, window: month, course: days }
  - { id: won, type: number, at: 9/1 4x3, metric: win_rate, window: 30d, course: days }
  - { id: race, type: leaderboard, at: 1/4 4x5, metric: sales, window: month, by: rep, rows: 10 }
  - { id: days, type: bar, at: 5/4 4x5, metric: sales, unit: day, points: 14 }
  - { id: feed, type: feed, at: 9/4 4x5 }
`;

/** In the browser: `window.painted` gets each new text of an element, and when the frame that drew it was done. */
const recorder = (selector: string): string => `{
  const drawn = new MessageChannel();
  const coming = [];
  window.painted = [];
  drawn.port1.onmessage = () => {
    const now = performance.now();
    for (const text of coming.splice(0)) window.painted.push([text, now]);
  };
  let last = "";
  const look = () => {
    const text = document.querySelector(${JSON.stringify(selector)})?.textContent ?? "";
    if (text === last) return;
    last = text;
    requestAnimationFrame(() => {
      coming.push(text);
      drawn.port2.postMessage(0);
    });
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  look();
}`;

type Painted = ReadonlyArray<readonly [text: string, atMs: number]>;

/** What to add to the browser's clock to get ours; of many tries the one that took the shortest, so to half of that. */
const clockOf = async (page: Page): Promise<{ readonly aheadMs: number; readonly withinMs: number }> => {
  let best = { aheadMs: 0, withinMs: Number.POSITIVE_INFINITY };
  for (let tries = 0; tries < 50; tries += 1) {
    const fromMs = performance.now();
    const theirsMs = Number(await page.evaluate("performance.now()"));
    const toMs = performance.now();
    const withinMs = (toMs - fromMs) / 2;
    if (withinMs < best.withinMs) best = { aheadMs: (fromMs + toMs) / 2 - theirsMs, withinMs };
  }
  return best;
};

const browser = await launchBrowser();

/** A bare page that writes each server-sent number, without Leadwire: what a browser takes in any case. */
const floorOfBrowser = async (): Promise<ReadonlyArray<number>> => {
  const streams: ServerResponse[] = [];
  const server = createServer((request, response) => {
    const isStream = request.url === "/stream";
    response.writeHead(200, { "content-type": isStream ? "text/event-stream" : "text/html" });
    if (isStream) streams.push(response.on("error", fail));
    else
      response.end(`<p>-</p><script>new EventSource("/stream").onmessage = (event) => {
      document.querySelector("p").textContent = event.data;
    }</script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the floor's server has no port");
  const { page } = await openWatched(browser);
  await page.goto(`http://127.0.0.1:${address.port}/`);
  await page.evaluate(recorder("p"));
  const sentMs: number[] = [];
  const clock = await clockOf(page);
  while (streams.length === 0) await sleep(10);
  for (let number = 0; number < 200; number += 1) {
    sentMs.push(performance.now());
    streams[0]?.write(`data: ${number}\n\n`);
    await sleep(17 + (number % 17));
  }
  await sleep(200);
  const painted = (await page.evaluate("window.painted")) as Painted;
  await page.context().close();
  server.closeAllConnections();
  server.close();
  return painted.flatMap(([text, atMs]) => {
    const sent = sentMs[Number(text)];
    return sent === undefined ? [] : [atMs + clock.aheadMs - sent];
  });
};

const floorMs = await floorOfBrowser();
const nowMs = Date.now;
const held = [...demoHistory(7, nowMs() - 90 * dayMs, nowMs(), Math.max(1, history / 50_000))].map(
  ({ event }) => event,
);
const rig = await openWallRig({ nowMs, history: held, boards: { paint: board } });
const { page, complaints } = await openWatched(browser);
await page.goto(`${rig.url}/boards/paint`);
await page.locator('[data-tile="count"] .value-text').waitFor();
await sleep(1_500);
await page.evaluate(recorder('[data-tile="count"] .value-text'));
await sleep(200);
const leadsOf = (text: string): number => Number(text.replaceAll(",", ""));
const start = leadsOf(((await page.evaluate("window.painted")) as Painted).at(-1)?.[0] ?? "");
const before = await clockOf(page);

const mark = nowMs().toString(36);
const recordsOf = (append: number) =>
  Array.from({ length: perAppend }, (_, n) => {
    const head = { source_system: "bench", revision: 0, voided: false, lead_id: `${mark}-${append}-${n - (n % 2)}` };
    return recordOf(
      n % 2 === 0
        ? {
            ...{ type: "lead-created", event_id: `${mark}-${append}-${n}`, occurred_at: nowMs() - 50, ...head },
            ...{ channel: "web", owner: `rep-${n}`, team: "north" },
          }
        : {
            ...{ type: "deal-closed", event_id: `${mark}-${append}-${n}`, occurred_at: nowMs() - 40, ...head },
            ...{ outcome: n % 4 === 1 ? "won" : "lost", amount_minor: 10_000 + n, currency: "EUR", lines: [] },
          },
    );
  });

const ackedMs: number[] = [];
const appendMs: number[] = [];
const durableMs: number[] = [];
const cpu = process.cpuUsage();
const fromMs = performance.now();
let appends = 0;
while (performance.now() - fromMs < seconds * 1_000) {
  const due = ((performance.now() - fromMs) * eventsPerSecond) / 1_000 / perAppend;
  for (; appends < due; appends += 1) {
    const append = appends;
    const startMs = performance.now();
    void rig.log.append(recordsOf(append)).then(() => {
      ackedMs[append] = performance.now();
      appendMs.push(performance.now() - startMs);
    }, fail);
    if (append % 10 === 0) {
      const record = { topic: floorTopic, partition: 0, key: null, value: Buffer.alloc(100) };
      void rig.log.append([record]).then(() => durableMs.push(performance.now() - startMs), fail);
    }
  }
  await sleep(2);
}
const wallMs = performance.now() - fromMs;
const { user, system } = process.cpuUsage(cpu);
await sleep(1_500);
const painted = (await page.evaluate("window.painted")) as Painted;
const after = await clockOf(page);

/** The first painted number that holds an append and all before it. */
const paintedMs: number[] = [];
let unseen = 0;
let at = 0;
for (const [append, acked] of ackedMs.entries()) {
  const target = start + (append + 1) * leadsPerAppend;
  while (at < painted.length && leadsOf(painted[at]?.[0] ?? "") < target) at += 1;
  const seen = painted[at];
  if (seen === undefined) unseen += 1;
  else paintedMs.push(seen[1] + before.aheadMs - acked);
}

const rate = Math.round((appends * perAppend * 1_000) / wallMs);
const share = ((user + system) / 10 / wallMs).toFixed(0);
process.stdout.write(
  `${rate} events/s in appends of ${perAppend}, ${share} % of a core without the browser, ${painted.length - 1} numbers painted\n`,
);
process.stdout.write(`${"".padEnd(56)} ${"n".padStart(7)}   p50 ms   p99 ms   max ms\n`);
latencyLine("floor: one durable append", durableMs);
latencyLine("floor: a bare page paints a server-sent number", floorMs);
latencyLine("append of 10 events, until durable", appendMs);
latencyLine("durable acknowledgement to the painted tile", paintedMs);
const late = paintedMs.filter((ms) => ms > limitMs).length;
process.stdout.write(
  `later than ${limitMs} ms: ${late}; never painted: ${unseen}; clocks known within ${before.withinMs.toFixed(1)} ms, moved by ${Math.abs(after.aheadMs - before.aheadMs).toFixed(1)} ms\n`,
);
for (const complaint of complaints) process.stdout.write(`the browser: ${complaint}\n`);
await browser.close();
await rig.close();
process.exit(0);
