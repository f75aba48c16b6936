import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { dayMs } from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import type { CheckedQuestion } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { openEmbeddedLog } from "@leadwire/log";
import { LiveView, Runner, StateStore } from "@leadwire/stream";
import { demoHistory } from "leadwire";
import { generation, partitions, recordOf, temporaryFolder, topics } from "./demo-log.ts";
import { percentile } from "./latency-marks.ts";
import { heading } from "./report.ts";

/**
 * A tick of a live view: every window of a wall asked again from slices, over the demo's 90 days
 * (`node test/bench/live-tick.bench.ts [events] [ticks]`). Bar: 1,000 windows × groups in 20 ms. The floor visits the
 * same slices and adds nothing up.
 */
const events = Number(process.argv[2] ?? 200_000);
const ticks = Number(process.argv[3] ?? 200);
const numbersWanted = 1_000;
const workspace = { ...defaultWorkspace, currency: "EUR", timeZone: "Europe/Bucharest" };
const nowMs = Date.now();

const folder = temporaryFolder();
const log = await openEmbeddedLog({ folder: join(folder.path, "log"), nowMs: Date.now });
await log.ensureTopics(topics.map((name) => ({ name, partitions })));
const held = [...demoHistory(7, nowMs - 90 * dayMs, nowMs, events / 50_000)].slice(-events);
for (let from = 0; from < held.length; from += 10_000) {
  await log.append(held.slice(from, from + 10_000).map(({ event }) => recordOf(event)));
}

const fail = (cause: unknown): never => {
  throw cause;
};
const shared = { log, generation, partitions, workspace, nowMs: Date.now, onFailure: fail };
const runner = new Runner({
  ...shared,
  store: new StateStore(join(folder.path, "state")),
  measures: catalogue.measures,
});
const view = new LiveView({ ...shared, catalogue });
await runner.start();
await view.start();
while (view.freshness().state !== "live") await sleep(100);
await runner.stop();

const metrics = ["new_leads", "win_rate", "sales", "lead_response_time.p90", "response_within_sla", "pipeline_value"];
const windows = ["1h", "24h", "7d", "30d", "90d", "day", "week", "month", "quarter", "year"];
/** Levels are read at a slice's edge, everything else a millisecond before one. */
const edgeMs = Math.ceil(nowMs / 60_000) * 60_000;
const questions: Array<CheckedQuestion> = [];
let numbers = 0;
for (const by of ["owner", "team", "channel", "region", "product"]) {
  for (const metric of metrics) {
    for (const window of windows) {
      if (numbers >= numbersWanted) break;
      const checked = view.state.check({
        metric,
        window,
        atMs: metric === "pipeline_value" ? edgeMs : edgeMs - 1,
        by: [by],
      });
      if (checked._tag === "Left") continue;
      const answer = view.askChecked(checked.right);
      if (answer._tag === "Left") continue;
      numbers += answer.right.length;
      questions.push(checked.right);
    }
  }
}

const line = (what: string, ms: ReadonlyArray<number>): void => {
  const shown = [0.5, 0.99, 1].map((share) => percentile(ms, share).toFixed(2).padStart(9)).join("");
  process.stdout.write(`${what.padEnd(56)} ${String(ms.length).padStart(6)}${shown} ms\n`);
};
const timed = (what: string, tick: (question: CheckedQuestion) => void): void => {
  const ms: Array<number> = [];
  for (let n = 0; n < ticks; n += 1) {
    const fromMs = performance.now();
    for (const question of questions) tick(question);
    ms.push(performance.now() - fromMs);
  }
  line(what, ms.slice(ticks / 10));
};

heading(`a tick of ${questions.length} windows, ${numbers} numbers: n, p50, p99, max`);
const { slices } = view.state;
let visited = 0;
timed("floor: visiting the same slices", (question) => {
  for (const { query } of view.plan(question).queries) {
    const stretch = { granularity: "day" as const, fromMs: query.fromMs, toMs: query.toMs };
    slices.visit(query.measure.id, query.by[0] ?? "company", stretch, () => {
      visited += 1;
    });
  }
});
process.stdout.write(`  ${Math.round(visited / ticks).toLocaleString("en")} slices a tick\n`);
timed("1,000 windows × groups, evaluated (at most 20)", (question) => void view.askChecked(question));

await view.stop();
await log.close();
folder.dispose();
