import { alertFaultText, parseAlertFiles, ThresholdEvaluator } from "@leadwire/alerts";
import { dayMs } from "@leadwire/events";
import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { LiveState, Topology, taskTopics } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import { demoHistory } from "leadwire";
import { percentile } from "./latency-marks.ts";
import { heading } from "./report.ts";

/**
 * What threshold rules cost a live view (`node test/bench/alert-rules.bench.ts [events]`): of each event with 10, 1,000
 * and 10,000 rules that it does not concern, and with as many that go by what it changes; then at a minute's edge, when
 * windows roll. Bar: the first does not depend on the number of rules. The floor, in the same run, is the view itself:
 * reading the slices that the events changed.
 */
const events = Number(process.argv[2] ?? 60_000);
const playedEvents = 3_000;
const batchEvents = 10;
const generation = "bench";
const workspace = { ...defaultWorkspace, currency: "EUR", timeZone: "Europe/Bucharest" };
const calendar = new ZoneCalendar(workspace.timeZone);
const nowMs = Date.now();

/** Copies of the slices that tasks tell: those of the history in one, then those of each batch of events. */
const told: Array<Array<Buffer>> = [[]];
const topology = new Topology(workspace, catalogue.measures, { generation }, ({ topic, bytes }) => {
  if (topic.includes("metrics")) told.at(-1)?.push(Buffer.from(bytes));
});
const history = [...demoHistory(7, nowMs - 90 * dayMs, nowMs, events / 50_000)].slice(-events);
for (const [index, { event }] of history.entries()) {
  topology.arrive({ event, appendTimeMs: nowMs });
  const played = index - (history.length - playedEvents);
  if (played < 0 ? index % 2_000 === 0 || played === -1 : (played + 1) % batchEvents === 0) topology.tellSlices();
  if (played >= -1 && (played + 1) % batchEvents === 0) told.push([]);
}
const [before = [], ...batches] = told;

const metrics = ["new_leads", "win_rate", "sales", "lead_response_time.p90", "response_within_sla", "pipeline_value"];
const units: Readonly<Record<string, string>> = {
  win_rate: " %",
  response_within_sla: " %",
  sales: "0 EUR",
  pipeline_value: "0 EUR",
  "lead_response_time.p90": "0 s",
};
const windows = ["1h", "24h", "7d", "30d", "90d", "day", "week", "month", "quarter", "year"];
const dimensions = ["rep", "team", "channel", "region", "product"];

/** Questions of a whole sales floor, then the same ones at further levels. */
const concerned = (n: number): string => {
  const metric = metrics[n % metrics.length] ?? "";
  const window = metric === "pipeline_value" ? "all" : windows[Math.floor(n / metrics.length) % windows.length];
  const by = dimensions[Math.floor(n / (metrics.length * windows.length)) % dimensions.length];
  const unit = units[metric] ?? "";
  return `${metric} ${window} by ${by} < ${1 + (n % 97)}${unit}`;
};
/** Half of them about groups that nothing happens in, half about what this company does not record. */
const unconcerned = (n: number): string =>
  n % 2 === 0
    ? `new_leads ${windows[n % 10]} where rep=nobody${n} > 5`
    : `nps 30d where team=nobody${n} < 0.${1 + (n % 9)}`;

const rulesOf = (count: number, when: (n: number) => string) => {
  const lines = Array.from({ length: count }, (_, n) => `  - { id: r${n}, when: "${when(n)}" }`);
  const parsed = parseAlertFiles([{ name: "bench.yaml", text: `rules:\n${lines.join("\n")}\n` }], {
    catalogue,
    workspace,
  });
  if (isLeft(parsed)) throw new Error(parsed.left.slice(0, 3).map(alertFaultText).join("\n"));
  return parsed.right.ruleSets.flatMap(({ rules }) => rules);
};

const row = (what: string, figures: ReadonlyArray<number>, digits = 1): void => {
  process.stdout.write(`${what.padEnd(48)}${figures.map((figure) => figure.toFixed(digits).padStart(11)).join("")}\n`);
};

/** One view of its own, with its rules: what a batch costs, and what a minute's edge. */
const play = (name: string, count: number, when: (n: number) => string) => {
  const tasks = taskTopics(generation).map((topic) => ({ topic, partition: 0 }));
  const live = new LiveState({ workspace, catalogue, tasks });
  live.slices.advance(nowMs);
  live.noteActivity();
  for (const bytes of before) live.applyBatches(bytes, 0);
  live.takeChange();
  let asked = 0;
  const askFacts = (): void => {
    asked += 1;
  };
  const evaluator = new ThresholdEvaluator({ rules: rulesOf(count, when), live, calendar, workspace, askFacts });
  const callMs: Array<number> = [];
  let observations = 0;
  const observe = (atMs: number): number => {
    let wholeMs = 0;
    do {
      const fromMs = performance.now();
      observations += [...evaluator.observe(atMs)].length;
      callMs.push(performance.now() - fromMs);
      wholeMs += callMs.at(-1) ?? 0;
    } while (evaluator.nextDueMs() <= atMs);
    return wholeMs;
  };
  const firstMs = observe(nowMs);
  const viewUs: Array<number> = [];
  const ruleUs: Array<number> = [];
  callMs.length = 0;
  for (const batch of batches) {
    const fromMs = performance.now();
    for (const bytes of batch) live.applyBatches(bytes, 0);
    live.slices.advance(nowMs);
    const change = live.takeChange();
    viewUs.push(((performance.now() - fromMs) * 1_000) / batchEvents);
    const sinceMs = performance.now();
    if (change !== undefined) evaluator.note(change);
    observe(nowMs);
    ruleUs.push(((performance.now() - sinceMs) * 1_000) / batchEvents);
  }
  const batchMsMax = Math.max(...callMs);
  callMs.length = 0;
  const minuteMs = calendar.minuteCeilMs(nowMs + 1);
  const edges = Array.from({ length: 5 }, (_, n) => observe(minuteMs + n * 60_000));
  const edgeMsMax = Math.max(...callMs);
  const hourMs = observe(calendar.localHourCeilMs(minuteMs + 5 * 60_000));
  const warm = (us: ReadonlyArray<number>) => us.slice(20);
  row(`${count.toLocaleString("en")} ${name}`, [
    percentile(warm(viewUs), 0.5),
    percentile(warm(ruleUs), 0.5),
    percentile(warm(ruleUs), 0.99),
  ]);
  return {
    name: `${count.toLocaleString("en")} ${name}`,
    firstMs,
    batchMsMax,
    edge: percentile(edges, 0.5),
    edgeMsMax,
    hourMs,
    observations,
    asked,
  };
};

heading(`an event of batches of ${batchEvents}, µs: floor (view) p50, rules p50, rules p99`);
play("(to warm up)", 10, unconcerned);
const played = [
  ...[10, 1_000, 10_000].map((count) => play("rules that it does not concern", count, unconcerned)),
  ...[10, 1_000, 10_000].map((count) => play("rules that go by what it changes", count, concerned)),
];
heading("ms: all at first, a minute's edge in all (p50), its longest call, an hour's edge, longest call of a batch");
for (const { name, firstMs, edge, edgeMsMax, hourMs, batchMsMax } of played)
  row(name, [firstMs, edge, edgeMsMax, hourMs, batchMsMax]);
process.stdout.write(
  `${played.map(({ observations, asked }) => `${observations} told, ${asked} asked of facts`).join("; ")}\n`,
);
