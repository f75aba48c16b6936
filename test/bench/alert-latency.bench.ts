import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  defaultDeliveryPolicy,
  defaultSendLimits,
  liveNumbers,
  openAlertService,
  secretReader,
  systemLookup,
} from "@leadwire/alert-service";
import { parseAlertFiles } from "@leadwire/alerts";
import { alertsTopic, dayMs, derivedRegistry } from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { openEmbeddedLog } from "@leadwire/log";
import { LiveOpenSet, LiveView, Runner, StateStore } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import { demoHistory } from "leadwire";
import { generation, partitions, recordOf, temporaryFolder, topics } from "./demo-log.ts";
import { latencyLine } from "./latency-marks.ts";

/**
 * From the durable acknowledgement of the event that trips a rule to the notification's arrival at a receiver:
 * `node test/bench/alert-latency.bench.ts [seconds] [rules] [history events]`. One process holds all of it: log, tasks,
 * live view, rules, the signed webhook and who receives it.
 */
const seconds = Number(process.argv[2] ?? 10);
const ruleCount = Number(process.argv[3] ?? 1_000);
const history = Number(process.argv[4] ?? 20_000);
const eventsPerSecond = 1_000;
const perAppend = 10;
/** One event in so many appends trips a rule that nothing has tripped before. */
const appendsPerTrip = 3;
const ruleFiles = 8;
const workspace = { ...defaultWorkspace, currency: "EUR", timeZone: "Europe/Bucharest" };

const fail = (cause: unknown): void => {
  process.stderr.write(`${String(cause instanceof Error ? cause.stack : cause)}\n`);
  process.exit(1);
};

/** Received: by rule, the instant. */
const receivedMs = new Map<string, number>();
const receiver = createServer((request, response) => {
  let body = "";
  request.on("data", (part: Buffer) => {
    body += part.toString();
  });
  request.on("end", () => {
    const atMs = performance.now();
    for (const { rule, status } of JSON.parse(body).alerts)
      if (status === "firing" && !receivedMs.has(rule)) receivedMs.set(rule, atMs);
    response.writeHead(204).end();
  });
});
await new Promise<void>((resolve) => void receiver.listen(0, "127.0.0.1", resolve));
const { port } = receiver.address() as AddressInfo;

const ruleText = (n: number): string =>
  `  - { id: rule-${n}, when: "new_leads day where channel=trip-${n} >= 1", summary: "trip" }\n`;
const files = Array.from({ length: ruleFiles }, (_, file) => ({
  name: `alerts/file-${file}.yaml`,
  text: `rules:\n${Array.from({ length: ruleCount / ruleFiles }, (_, n) => ruleText(n * ruleFiles + file)).join("")}`,
}));
files.push({
  name: "alerts/notifications.yaml",
  text:
    "allow_private: [127.0.0.1]\n" +
    `receivers: [{ name: ops, webhook: { url: "http://127.0.0.1:${port}/", secret: { env: SECRET } } }]\n` +
    "route: { receivers: [ops], group_by: [rule] }\n",
});
const parsed = parseAlertFiles(files, { catalogue, workspace });
if (isLeft(parsed)) throw new Error(JSON.stringify(parsed.left));

const folder = temporaryFolder();
const log = await openEmbeddedLog({ folder: join(folder.path, "log"), nowMs: Date.now });
await log.ensureTopics([...topics, alertsTopic, "floor"].map((name) => ({ name, partitions })));
const endMs = Date.now();
const past = [...demoHistory(7, endMs - 90 * dayMs, endMs, Math.max(1, history / 50_000))].slice(0, history);
for (let from = 0; from < past.length; from += 10_000)
  await log.append(past.slice(from, from + 10_000).map(({ event }) => recordOf(event)));

const store = new StateStore(join(folder.path, "state"));
const shared = { log, generation, partitions, workspace, nowMs: Date.now, onFailure: fail };
const runner = new Runner({ ...shared, store, measures: catalogue.measures });
const openSet = new LiveOpenSet({ workspace });
const view = new LiveView({ ...shared, catalogue, openSet });
await runner.start();
await view.start();
const numbers = liveNumbers({
  view,
  openSet,
  quarantine: { since: () => 0 },
  nowMs: Date.now,
  workspace,
  factsOf: () => Promise.reject(new Error("no rule here needs facts")),
  onNotice: fail,
});
const passMs: Array<number> = [];
const service = await openAlertService({
  ...shared,
  registry: derivedRegistry,
  processName: "bench",
  config: parsed.right,
  numbers,
  channels: {
    readSecret: secretReader({ SECRET: `whsec_${randomBytes(32).toString("base64")}` }),
    lookup: systemLookup,
    limits: defaultSendLimits,
    style: { zone: workspace.timeZone, currency: workspace.currency },
  },
  policy: defaultDeliveryPolicy,
  random: Math.random,
  onPass: (ms) => passMs.push(ms),
  onNotice: fail,
});
while (view.freshness().state !== "live") await sleep(100);
await sleep(2_000);
passMs.length = 0;

const appendMs: Array<number> = [];
const floorMs: Array<number> = [];
const ackedMs = new Map<string, number>();
let tripped = 0;
let appends = 0;
let liveWakes = 0;
let wakes = 0;
view.onChange(() => {
  wakes += 1;
  if (view.freshness().state === "live") liveWakes += 1;
});

const recordsOf = (from: number, trip: string | undefined) =>
  Array.from({ length: perAppend }, (_, n) => {
    const nowMs = Date.now();
    const lead = `bench-${from + n - (n % 2)}`;
    const common = { event_id: `bench-${from + n}`, source_system: "bench", revision: 0, voided: false, lead_id: lead };
    return recordOf(
      n % 2 === 0
        ? {
            ...common,
            type: "lead-created",
            occurred_at: nowMs - 50,
            channel: n === 0 && trip !== undefined ? trip : "web",
            owner: `rep-${n}`,
            team: "north",
          }
        : {
            ...common,
            type: "deal-closed",
            occurred_at: nowMs - 40,
            outcome: n % 4 === 1 ? "won" : "lost",
            amount_minor: 10_000 + n,
            currency: "EUR",
            lines: [],
          },
    );
  });

const cpu = process.cpuUsage();
const fromMs = performance.now();
let sent = 0;
while (performance.now() - fromMs < seconds * 1_000) {
  const due = Math.floor(((performance.now() - fromMs) * eventsPerSecond) / 1_000);
  while (sent < due) {
    const isTrip = appends % appendsPerTrip === 0 && tripped < ruleCount;
    const rule = isTrip ? `rule-${tripped}` : undefined;
    const records = recordsOf(sent, isTrip ? `trip-${tripped}` : undefined);
    if (isTrip) tripped += 1;
    appends += 1;
    sent += perAppend;
    const startMs = performance.now();
    void log.append(records).then(() => {
      const nowMs = performance.now();
      appendMs.push(nowMs - startMs);
      if (rule !== undefined) ackedMs.set(rule, nowMs);
    }, fail);
    if (appends % 10 === 0) {
      const beforeMs = performance.now();
      void log.append([{ topic: "floor", partition: 0, key: null, value: Buffer.alloc(100) }]).then(() => {
        floorMs.push(performance.now() - beforeMs);
      }, fail);
    }
  }
  await sleep(2);
}
const wallMs = performance.now() - fromMs;
const { user, system } = process.cpuUsage(cpu);
await sleep(3_000);

const toldMs = [...ackedMs].flatMap(([rule, atMs]) => {
  const arrivedMs = receivedMs.get(rule);
  return arrivedMs === undefined ? [] : [arrivedMs - atMs];
});
process.stdout.write(
  `alert latency: ${ruleCount} rules, ${Math.round((sent / wallMs) * 1_000)} events/s in appends of ${perAppend}, ` +
    `${((user + system) / 10 / wallMs).toFixed(0)} % of a core\n`,
);
process.stdout.write(
  `${"".padEnd(56)} ${"n".padStart(7)}${["p50 ms", "p99 ms", "max ms"].map((text) => text.padStart(9)).join("")}\n`,
);
latencyLine("floor: one durable append", floorMs);
latencyLine("append of 10 events, until durable", appendMs);
latencyLine("durable acknowledgement to the notification's arrival", toldMs);
latencyLine("one pass over the rules", passMs);
process.stdout.write(`never told: ${ackedMs.size - toldMs.length}\n`);
process.stdout.write(`live at ${liveWakes} of ${wakes} changes\n`);

await service.stop();
numbers.end();
await view.stop();
await runner.stop();
await store.close();
await log.close();
receiver.close();
folder.dispose();
process.exit(0);
