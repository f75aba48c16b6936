import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startTestServer } from "./test-server.ts";

/**
 * From a change in the source to its arrival at each watcher, over real sockets: `node …/push.bench.ts [seconds]`. The
 * watchers are another process, so that the figures of this one are the server's alone.
 */
const seconds = Number(process.argv[2] ?? 5);
const eventsPerSecond = 1_000;

export interface Watched {
  readonly frames: number;
  readonly bytes: number;
  /** Of a tenth of the watchers, evenly taken. */
  readonly latenciesMs: ReadonlyArray<number>;
}

/** One clock for both processes. */
const clockMs = (): number => performance.timeOrigin + performance.now();

const percentile = (sorted: Float64Array, share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;

const run = async (watchers: number, frameMs: number): Promise<void> => {
  const server = await startTestServer({ frameMs });
  const child = fork(fileURLToPath(new URL("push-watchers.ts", import.meta.url)), [
    `${server.url}/api/boards/response-desk/stream`,
    String(watchers),
  ]);
  await once(child, "message");
  const fromMs = performance.now();
  const cpuBefore = process.cpuUsage();
  for (let sent = 0; performance.now() - fromMs < seconds * 1_000; ) {
    for (const due = ((performance.now() - fromMs) * eventsPerSecond) / 1_000; sent < due; sent += 1) {
      if (sent % 10 === 0) server.wall.happen(1, Date.now());
      else server.wall.tell({ occurredAtMs: Date.now(), kind: "lead_created", subject: `at ${clockMs()}` });
    }
    await sleep(1);
  }
  const wallMs = performance.now() - fromMs;
  const cpu = process.cpuUsage(cpuBefore);
  await sleep(300);
  child.send("end");
  const [watched] = (await once(child, "message")) as [Watched];
  await server.app.close();
  const sorted = Float64Array.from(watched.latenciesMs).sort();
  const columns = [
    [watchers, 8],
    [frameMs, 9],
    [(watched.frames / watchers / (wallMs / 1_000)).toFixed(1), 10],
    [(watched.bytes / watched.frames / 1_000).toFixed(1), 9],
    [percentile(sorted, 0.5).toFixed(1), 8],
    [percentile(sorted, 0.99).toFixed(1), 8],
    [percentile(sorted, 1).toFixed(1), 8],
    [((cpu.user + cpu.system) / 10 / wallMs).toFixed(0), 8],
  ] as const;
  process.stdout.write(`${columns.map(([text, width]) => String(text).padStart(width)).join(" ")}\n`);
};

process.stdout.write(`push, ${eventsPerSecond} events/s; cpu of the server alone\n`);
process.stdout.write("watchers  frame ms   frames/s  kB/frame   p50 ms   p99 ms   max ms    cpu %\n");
const all = process.argv[3] === "500" ? ([[500, 33]] as const) : null;
for (const [watchers, frameMs] of all ??
  ([
    [1, 33],
    [50, 33],
    [500, 33],
    [500, 16],
  ] as const))
  await run(watchers, frameMs);
