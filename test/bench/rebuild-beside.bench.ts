import { setTimeout as sleep } from "node:timers/promises";
import { dayMs, type SalesEvent } from "@leadwire/events";
import { defaultWorkspace, type Workspace } from "@leadwire/funnel";
import { demoHistory, type LocalEngine, openEngine } from "leadwire";
import { fromMs, recordOf, temporaryFolder } from "./demo-log.ts";
import { cpuUs, heading, line } from "./report.ts";

/**
 * A rebuild beside a generation that serves, against folding the same log with nothing beside it; and what questions wait
 * for meanwhile: `node test/bench/rebuild-beside.bench.ts [EVENTS]`. CPU is this process's: ClickHouse has its own.
 */
const events = Number(process.argv[2] ?? 1_000_000);
const workspaceOf = (slaMinutes: number): Workspace => ({
  ...defaultWorkspace,
  currency: "EUR",
  timeZone: "Europe/Bucharest",
  responseSlaMs: slaMinutes * 60_000,
});

const folder = temporaryFolder();
const opened = await openEngine({
  dataDir: folder.path,
  workspace: workspaceOf(5),
  nowMs: () => Date.now(),
  storePasswords: { admin: "a".repeat(24), analyst: "b".repeat(24) },
  logFirst: true,
  onNotice: () => undefined,
  onFailure: (cause) => {
    throw cause;
  },
});
if (opened._tag === "Left") throw new Error(opened.left.message);
const engine: LocalEngine = opened.right;

const appendAll = async (): Promise<number> => {
  let batch: SalesEvent[] = [];
  let sent = 0;
  for (const { event } of demoHistory(7, fromMs, fromMs + 100 * dayMs, events / 50_000)) {
    batch.push(event);
    sent += 1;
    if (batch.length === 10_000 || sent === events) {
      await engine.append(batch.map(recordOf));
      batch = [];
    }
    if (sent === events) break;
  }
  await engine.append(batch.map(recordOf));
  return sent;
};

const timed = async (what: string, work: () => Promise<void>): Promise<number> => {
  const [us, from] = [cpuUs(), performance.now()];
  await work();
  const wallMs = performance.now() - from;
  line(what, events, cpuUs() - us, wallMs);
  return wallMs;
};

const rebuild = async (slaMinutes: number): Promise<void> => {
  const { rebuilds } = engine;
  if (rebuilds === undefined) throw new Error("there are no rebuilds");
  await rebuilds.start({ purpose: "swap", workspace: workspaceOf(slaMinutes) });
  for (;;) {
    const { phase, detail } = await rebuilds.status();
    if (phase === "done") return;
    if (phase === "failed") throw new Error(detail);
    await sleep(20);
  }
};

const questions = [
  { metric: "win_rate", window: "90d", by: ["owner"] },
  { metric: "new_leads", window: "all", by: ["channel"] },
  { metric: "pipeline_volume", window: "month", by: [] },
  { metric: "lead_response_time.p90", window: "30d", by: ["team"] },
];
const betweenMs = 100;

/** One question after another, each a little after the answer before, while the work lasts; their latencies in order. */
const askedDuring = async (work: Promise<unknown>): Promise<ReadonlyArray<number>> => {
  const latenciesMs: number[] = [];
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  for (let n = 0; !isOver; n += 1) {
    const question = questions[n % questions.length];
    if (question === undefined) break;
    const from = performance.now();
    const answer = await engine.kpi({ ...question, where: [], at: "latest" });
    if (answer._tag === "Left") throw new Error(answer.left.message);
    latenciesMs.push(performance.now() - from);
    await sleep(betweenMs);
  }
  await over;
  return latenciesMs.toSorted((a, b) => a - b);
};

const latencyLine = (what: string, sorted: ReadonlyArray<number>): void => {
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(0);
  process.stdout.write(
    `${what.padEnd(44)} ${sorted.length} asked, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, the longest ${at(1)} ms\n`,
  );
};

await appendAll();
heading("rebuild beside what serves");
const aloneMs = await timed("floor: fold, tell and store, nothing beside", () => engine.settle());
const besideMs = await timed("beside, nobody asks", () => rebuild(6));
let latencies: ReadonlyArray<number> = [];
const askedMs = await timed("beside, while a client asks", async () => {
  latencies = await askedDuring(rebuild(7));
});
const ratio = (ms: number): string => `${(ms / aloneMs).toFixed(2)}× the floor`;
process.stdout.write(`by the clock: beside ${ratio(besideMs)}, while asked ${ratio(askedMs)}\n`);
latencyLine("questions meanwhile", latencies);
latencyLine("questions afterwards", await askedDuring(sleep(10_000)));
await engine.close();
folder.dispose();
