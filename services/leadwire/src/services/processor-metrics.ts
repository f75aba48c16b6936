import type { Partition } from "@leadwire/log";
import type { Runner } from "@leadwire/stream";
import { Histogram, type Registry } from "prom-client";
import { type Sample, sampledCounter, sampledGauge } from "../shell/sampled.ts";

const counted = ["applied", "duplicate", "quarantined", "forwarded", "superseded", "conflict"] as const;

const countHelp: Readonly<Record<(typeof counted)[number], string>> = {
  applied: "Records that count",
  duplicate: "Records whose event was there already",
  quarantined: "Records put aside",
  forwarded: "Records sent on to where they belong",
  superseded: "Applied records below the revision that counts",
  conflict: "Duplicates with other content",
};

const bySource = function* (runner: Runner, name: (typeof counted)[number]): Iterable<Sample> {
  const sums = new Map<string, number>();
  for (const task of runner.tasks) {
    if (task.derived) continue;
    for (const { source, counts } of task.ledger.entries()) sums.set(source, (sums.get(source) ?? 0) + counts[name]);
  }
  for (const [source, sum] of sums) yield [{ source }, sum];
};

/** Without the generation: a rebuild goes on in the same series. */
const placeLabels = ({ topic, partition }: Partition): Record<string, string | number> => ({
  topic: topic.replace(/^(leadwire\.account-log)\..*$/u, "$1"),
  partition,
});

const addLag = (registry: Registry, runner: () => Runner): void => {
  const labels = ["topic", "partition"];
  sampledGauge(registry, {
    name: "leadwire_lag_records",
    help: "Records at the end of a partition that its task has not folded.",
    labels,
    sample: () =>
      runner()
        .progress()
        .tasks.map((task) => [placeLabels(task), task.behindRecords]),
  });
  sampledGauge(registry, {
    name: "leadwire_lag_seconds",
    help: "How long ago the oldest record that is not folded was appended; 0 when caught up.",
    labels,
    sample: () =>
      runner()
        .progress()
        .tasks.map((task) => [placeLabels(task), task.behindMs / 1000]),
  });
  sampledGauge(registry, {
    name: "leadwire_watermark_seconds",
    help: "Newest time of any event that counts, in Unix seconds.",
    labels,
    sample: () =>
      runner()
        .tasks.filter(({ newestEventMs }) => Number.isFinite(newestEventMs))
        .map((task) => [placeLabels(task), task.newestEventMs / 1000]),
  });
  sampledGauge(registry, {
    name: "leadwire_caught_up_in_seconds",
    help: "How long until nothing is left to fold, at the pace of the last 5 s; NaN while unknown.",
    sample: () => [[{}, (runner().progress().caughtUpInMs ?? Number.NaN) / 1000]],
  });
};

const addWork = (registry: Registry, runner: () => Runner): void => {
  sampledCounter(registry, {
    name: "leadwire_folded_records_total",
    help: "Records folded by this process, repeats after a restart among them.",
    sample: () => [[{}, runner().progress().records]],
  });
  sampledCounter(registry, {
    name: "leadwire_rebalances_total",
    help: "How often the group took partitions back.",
    sample: () => [[{}, runner().progress().rebalances]],
  });
  sampledCounter(registry, {
    name: "leadwire_commits_total",
    help: "How often state and positions were made durable.",
    sample: () => [[{}, runner().progress().commits]],
  });
  sampledGauge(registry, {
    name: "leadwire_tasks",
    help: "Partitions that this process folds, and those whose state it is loading.",
    labels: ["state"],
    sample: () => [
      [{ state: "folding" }, runner().tasks.length],
      [{ state: "loading" }, runner().progress().loading],
    ],
  });
  sampledCounter(registry, {
    name: "leadwire_tasks_opened_total",
    help: "Partitions taken on, by where their state came from.",
    labels: ["source"],
    sample: () => Object.entries(runner().progress().sources).map(([source, count]) => [{ source }, count]),
  });
};

/** Takes how long each event took. */
export const toldTime = (registry: Registry): Pick<Histogram, "observe"> =>
  new Histogram({
    name: "leadwire_end_to_end_latency_seconds",
    help: "From the append of an event until its facts and slices were appended.",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    registers: [registry],
  });

/** The metrics of a processor. Counts by source are those of the partitions held here: summed over processors, of all. */
export const processorMetrics = (registry: Registry, runner: () => Runner): void => {
  for (const name of counted) {
    sampledGauge(registry, {
      name: `leadwire_${name}_records`,
      help: `${countHelp[name]}, of the partitions that this process folds.`,
      labels: ["source"],
      sample: () => bySource(runner(), name),
    });
  }
  addLag(registry, runner);
  addWork(registry, runner);
};

const secondsText = (ms: number): string => `${Math.ceil(ms / 1000)} s`;

/** Why a processor cannot do its work yet, in sentences. */
export const processorUnready = (runner: Runner): ReadonlyArray<string> => {
  const { ready, loading, behindRecords, caughtUpInMs } = runner.progress();
  if (ready) return [];
  const state = loading > 0 ? ` The state of ${loading} partitions is being loaded.` : "";
  const left = caughtUpInMs === null ? "" : ` At this pace it has caught up in ${secondsText(caughtUpInMs)}.`;
  return [`The processor is ${behindRecords} records behind.${state}${left}`];
};
