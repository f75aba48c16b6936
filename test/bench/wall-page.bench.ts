import { setTimeout as sleep } from "node:timers/promises";
import { dayMs } from "@leadwire/events";
import { demoHistory } from "leadwire";
import { launchBrowser, openWatched } from "../../services/wallboard/src/testing/browser.ts";
import { percentile } from "./latency-marks.ts";
import { openWallRig } from "./wall-rig.ts";

/**
 * What the page weighs, and when the first live number is painted on a cold load: `node test/bench/wall-page.bench.ts
 * [loads] [history events]`. Each load is a browser context of its own, so nothing is in any cache.
 */
const loads = Number(process.argv[2] ?? 15);
const history = Number(process.argv[3] ?? 50_000);

interface Loaded {
  readonly firstNumberMs: number;
  readonly allNumbersMs: number;
  /** As they came over the network, the stream left out. */
  readonly kilobytes: number;
  readonly ofTheseScriptsAndStyles: number;
  readonly requests: number;
}

/** In the browser: instants since the navigation began, when the frames with the first and with all numbers were done. */
const watchNumbers = `
  window.numbers = {};
  const drawn = new MessageChannel();
  drawn.port1.onmessage = ({ data }) => { window.numbers[data] = performance.now(); };
  const told = new Set();
  const tell = (what) => {
    if (told.has(what)) return;
    told.add(what);
    requestAnimationFrame(() => drawn.port2.postMessage(what));
  };
  new MutationObserver(() => {
    const tiles = [...document.querySelectorAll(".tile")];
    const shown = tiles.filter((tile) => tile.querySelector(".tile-body > *") !== null);
    if (document.querySelector(".value-text") !== null) tell("first");
    if (tiles.length > 0 && shown.length === tiles.length) tell("all");
  }).observe(document, { subtree: true, childList: true });
`;

const nowMs = Date.now;
const held = [...demoHistory(7, nowMs() - 90 * dayMs, nowMs(), Math.max(1, history / 50_000))].map(
  ({ event }) => event,
);
const rig = await openWallRig({ nowMs, history: held, boards: {} });
const browser = await launchBrowser();

const load = async (path: string, locale: string): Promise<Loaded> => {
  const { page } = await openWatched(browser, { locale });
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const types = new Map<string, string>();
  const bytes = new Map<string, number>();
  session.on("Network.responseReceived", ({ requestId, type }) => void types.set(requestId, type));
  session.on(
    "Network.loadingFinished",
    ({ requestId, encodedDataLength }) => void bytes.set(requestId, encodedDataLength),
  );
  await page.addInitScript(watchNumbers);
  await page.goto(`${rig.url}${path}`);
  while ((await page.evaluate("window.numbers.all")) === undefined) await sleep(20);
  await sleep(500);
  const numbers = (await page.evaluate("window.numbers")) as { readonly first: number; readonly all: number };
  const sum = (wanted: (type: string) => boolean): number =>
    [...bytes].reduce((total, [id, size]) => total + (wanted(types.get(id) ?? "") ? size : 0), 0) / 1_000;
  await page.context().close();
  return {
    firstNumberMs: numbers.first,
    allNumbersMs: numbers.all,
    kilobytes: sum(() => true),
    ofTheseScriptsAndStyles: sum((type) => ["Document", "Script", "Stylesheet"].includes(type)),
    requests: bytes.size,
  };
};

const row = (what: string, found: ReadonlyArray<Loaded>): void => {
  const ms = (of: (loaded: Loaded) => number, share: number): string =>
    percentile(found.map(of), share).toFixed(0).padStart(9);
  const last = found.at(-1);
  const times = [
    ms((one) => one.firstNumberMs, 0.5),
    ms((one) => one.firstNumberMs, 1),
    ms((one) => one.allNumbersMs, 0.5),
    ms((one) => one.allNumbersMs, 1),
  ].join("");
  const weight = [last?.ofTheseScriptsAndStyles.toFixed(0), last?.kilobytes.toFixed(0), String(last?.requests)];
  process.stdout.write(`${what.padEnd(30)}${times}${weight.map((text) => text?.padStart(9)).join("")}\n`);
};

process.stdout.write(
  `ms since the navigation, median and most of ${loads} cold loads; kB gzipped: code, and with names and words\n${"".padEnd(30)}    first     most      all     most     code      all requests\n`,
);
for (const [path, locale] of [
  ["/boards/company", "en-GB"],
  ["/boards/team-floor", "ru-RU"],
] as const) {
  const found: Loaded[] = [];
  // The first load of all is of a cold server too.
  for (let index = 0; index < loads; index += 1) found.push(await load(path, locale));
  row(`${path}, ${locale}`, found);
}
await browser.close();
await rig.close();
process.exit(0);
