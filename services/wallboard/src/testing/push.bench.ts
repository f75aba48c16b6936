import { get, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { createEventParser } from "../page/event-parser.ts";
import { startTestServer } from "./test-server.ts";

/**
 * From a change in the source to its arrival at each watcher, over real sockets: `node …/push.bench.ts [seconds]`.
 * Watchers run in this same process, so the figures hold both sides' work.
 */
const seconds = Number(process.argv[2] ?? 5);
const eventsPerSecond = 1_000;

const watch = (url: string, onFrame: (seqs: ReadonlyArray<number>, bytes: number) => void): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    get(`${url}/api/board/stream`, (response) => {
      response.setEncoding("utf8");
      const parse = createEventParser(({ data }) => {
        const frame: { events?: ReadonlyArray<{ seq: number }> } = JSON.parse(data);
        onFrame(frame.events?.map((event) => event.seq) ?? [], data.length);
      });
      response.on("data", parse);
      response.once("data", () => resolve(response));
    }).on("error", reject);
  });

const percentile = (sorted: Float64Array, share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;

const run = async (watchers: number): Promise<void> => {
  const server = await startTestServer({ frameMs: 16, maxWatchers: 1_000 });
  const happenedMs: number[] = [];
  const latenciesMs: number[] = [];
  let [frames, bytes] = [0, 0];
  const responses = await Promise.all(
    Array.from({ length: watchers }, () =>
      watch(server.url, (seqs, length) => {
        frames++;
        bytes += length;
        for (const seq of seqs) {
          const fromMs = happenedMs[seq];
          if (fromMs !== undefined) latenciesMs.push(performance.now() - fromMs);
        }
      }),
    ),
  );
  const fromMs = performance.now();
  const cpuBefore = process.cpuUsage();
  let seq = 0;
  while (performance.now() - fromMs < seconds * 1_000) {
    for (const due = ((performance.now() - fromMs) * eventsPerSecond) / 1_000; seq < due; ) {
      happenedMs[++seq] = performance.now();
      server.source.happen(1, Date.now());
    }
    await sleep(1);
  }
  const wallMs = performance.now() - fromMs;
  const cpu = process.cpuUsage(cpuBefore);
  await sleep(200);
  for (const response of responses) response.destroy();
  await server.app.close();
  const sorted = Float64Array.from(latenciesMs).sort();
  const column = (text: string | number, width: number): string => String(text).padStart(width);
  process.stdout.write(
    `${column(watchers, 8)} ${column((frames / watchers / (wallMs / 1_000)).toFixed(1), 10)} ${column((bytes / frames / 1_000).toFixed(1), 9)} ${column(percentile(sorted, 0.5).toFixed(1), 8)} ${column(percentile(sorted, 0.99).toFixed(1), 8)} ${column(percentile(sorted, 1).toFixed(1), 8)} ${column(((cpu.user + cpu.system) / 10 / wallMs).toFixed(0), 8)}\n`,
  );
};

process.stdout.write(`push, ${eventsPerSecond} events/s, one frame per 16 ms\n`);
process.stdout.write("watchers   frames/s  kB/frame   p50 ms   p99 ms   max ms    cpu %\n");
for (const watchers of [1, 50, 500]) await run(watchers);
