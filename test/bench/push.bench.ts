import { get, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { dayMs } from "@leadwire/events";
import { demoHistory } from "leadwire";
import { recordOf } from "./demo-log.ts";
import { latencyLine } from "./latency-marks.ts";
import { floorTopic, openWallRig } from "./wall-rig.ts";

/**
 * From a durable acknowledgement to the page: `node test/bench/push.bench.ts [seconds] [history events]`. One process
 * holds all of it: log, tasks, live view, board, HTTP server, and the watcher whose clock decides.
 */
const seconds = Number(process.argv[2] ?? 10);
const history = Number(process.argv[3] ?? 100_000);
const eventsPerSecond = 1_000;
const perAppend = 10;

/** The demo's events, ending now, so that they fall into minutes as live ones do. */
const events = function* (endMs: number) {
  const fromMs = endMs - 90 * dayMs;
  for (const { event } of demoHistory(7, fromMs, endMs, Math.max(1, history / 50_000))) yield event;
};

const source = events(Date.now());
const held = Array.from({ length: history }, () => source.next().value).filter((event) => event !== undefined);

/** Acknowledged, not yet seen to change anything; a change or frame covers all that was acknowledged before it was made. */
const waiting = { change: [] as Array<number>, frame: new Map<string, number>() };
const changeMs: Array<number> = [];
const frameMs: Array<number> = [];
const snapshotMs: Array<number> = [];
const { url, log, close } = await openWallRig({
  nowMs: Date.now,
  history: held,
  boards: {},
  frameMs: 16,
  onChange: ({ fromDayMs }) => {
    const now = performance.now();
    if (fromDayMs.size === 0) return;
    for (const ackedMs of waiting.change) changeMs.push(now - ackedMs);
    waiting.change = [];
  },
  around: (wall) => ({
    ...wall,
    open: (id) => {
      const board = wall.open(id);
      if (board === undefined) return undefined;
      const now = (): ReturnType<typeof board.now> => {
        const from = performance.now();
        const found = board.now();
        snapshotMs.push(performance.now() - from);
        return found;
      };
      return { ...board, now };
    },
  }),
});

const response = await new Promise<IncomingMessage>((resolve, reject) => {
  get(`${url}/api/boards/response-desk/stream`, resolve).on("error", reject);
});
response.setEncoding("utf8");
let before = "";
response.on("data", (chunk: string) => {
  const now = performance.now();
  const text = before + chunk;
  before = chunk.slice(-100); // An id may be cut in two.
  // A burst may push events out of the feed between two frames: what follows them shows that they were counted.
  const waitingIds = [...waiting.frame];
  const shown = waitingIds.findLastIndex(([id]) => text.includes(id));
  for (const [id, ackedMs] of waitingIds.slice(0, shown + 1)) {
    frameMs.push(now - ackedMs);
    waiting.frame.delete(id);
  }
});
await sleep(500);

const appendMs: Array<number> = [];
const floorMs: Array<number> = [];
const cpu = process.cpuUsage();
const fromMs = performance.now();
snapshotMs.length = 0;
let sent = 0;
while (performance.now() - fromMs < seconds * 1_000) {
  const due = Math.floor(((performance.now() - fromMs) * eventsPerSecond) / 1_000);
  while (sent < due) {
    const nowMs = Date.now();
    const marks = Array.from({ length: perAppend }, (_, n) => `mark-${sent + n}-`);
    const records = marks.map((mark, n) =>
      recordOf(
        n % 2 === 0
          ? {
              type: "lead-created",
              event_id: `${mark}${nowMs}`,
              source_system: "bench",
              occurred_at: nowMs - 50,
              revision: 0,
              voided: false,
              lead_id: `${mark}L`,
              channel: "web",
              owner: `rep-${n}`,
              team: "north",
            }
          : {
              type: "deal-closed",
              event_id: `${mark}${nowMs}`,
              source_system: "bench",
              occurred_at: nowMs - 40,
              revision: 0,
              voided: false,
              lead_id: `mark-${sent + n - 1}-L`,
              outcome: n % 4 === 1 ? "won" : "lost",
              amount_minor: 10_000 + n,
              currency: "EUR",
              lines: [],
            },
      ),
    );
    const last = marks.at(-2) ?? "";
    const startMs = performance.now();
    sent += perAppend;
    void log.append(records).then(() => {
      const ackedMs = performance.now();
      appendMs.push(ackedMs - startMs);
      waiting.change.push(ackedMs);
      waiting.frame.set(`${last}L`, ackedMs);
    });
    if (sent % 100 === 0) {
      const beforeMs = performance.now();
      void log.append([{ topic: floorTopic, partition: 0, key: null, value: Buffer.alloc(100) }]).then(() => {
        floorMs.push(performance.now() - beforeMs);
      });
    }
  }
  await sleep(2);
}
const wallMs = performance.now() - fromMs;
const { user, system } = process.cpuUsage(cpu);
await sleep(500);

process.stdout.write(
  `push, ${Math.round((sent / wallMs) * 1_000)} events/s in appends of ${perAppend}, one frame per 16 ms, ${((user + system) / 10 / wallMs).toFixed(0)} % of a core\n`,
);
process.stdout.write(
  `${"".padEnd(56)} ${"n".padStart(7)}${["p50 ms", "p99 ms", "max ms"].map((text) => text.padStart(9)).join("")}\n`,
);
latencyLine("floor: one durable append", floorMs);
latencyLine("append of 10 events, until durable", appendMs);
latencyLine("durable acknowledgement to the view's onChange", changeMs);
latencyLine("durable acknowledgement to the page's frame", frameMs);
latencyLine("the board's tiles, for one frame", snapshotMs);
process.stdout.write(`never seen on the page: ${waiting.frame.size}\n`);

response.destroy();
await close();
process.exit(0);
