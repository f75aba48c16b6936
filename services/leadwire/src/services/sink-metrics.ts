import type { Sink } from "@leadwire/sink";
import { faultText } from "@leadwire/store";
import { Histogram, type Registry } from "prom-client";
import { sampledCounter, sampledGauge } from "../shell/sampled.ts";

const addStored = (registry: Registry, sink: () => Sink): void => {
  sampledGauge(registry, {
    name: "leadwire_sink_lag_records",
    help: "Records at the ends of this sink's partitions that are not stored in ClickHouse.",
    sample: () => [[{}, sink().status().lagRecords]],
  });
  sampledGauge(registry, {
    name: "leadwire_sink_lag_seconds",
    help: "For how long the oldest record that is not stored has been there.",
    sample: () => [[{}, sink().status().lagSeconds]],
  });
  sampledCounter(registry, {
    name: "leadwire_sink_rows_total",
    help: "Rows stored in ClickHouse, repeats among them.",
    sample: () => [[{}, sink().status().rows]],
  });
  sampledCounter(registry, {
    name: "leadwire_sink_batches_total",
    help: "Batches stored in ClickHouse.",
    sample: () => [[{}, sink().status().batches]],
  });
  sampledGauge(registry, {
    name: "leadwire_sink_partitions",
    help: "Partitions that this sink stores.",
    sample: () => [[{}, sink().status().partitions]],
  });
};

const addTrouble = (registry: Registry, sink: () => Sink): void => {
  sampledGauge(registry, {
    name: "leadwire_clickhouse_parts",
    help: "Active parts of a table; merging lags behind when it rises above 300.",
    labels: ["table"],
    sample: () => [...sink().status().partsByTable].map(([table, parts]) => [{ table }, parts]),
  });
  sampledGauge(registry, {
    name: "leadwire_sink_waiting_seconds",
    help: "For how long ClickHouse has taken nothing; 0 while it does.",
    sample: () => [[{}, sink().status().waiting?.seconds ?? 0]],
  });
  sampledCounter(registry, {
    name: "leadwire_sink_expired_records_total",
    help: "Records that retention took before they were stored; the tasks were asked to tell them again.",
    sample: () => [[{}, sink().status().expired]],
  });
};

/** Takes how long each batch took. */
export const storeTime = (registry: Registry): Pick<Histogram, "observe"> =>
  new Histogram({
    name: "leadwire_clickhouse_write_seconds",
    help: "How long ClickHouse took to store a batch, rows and positions.",
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers: [registry],
  });

/** The metrics of a sink. */
export const sinkMetrics = (registry: Registry, sink: () => Sink): void => {
  addStored(registry, sink);
  addTrouble(registry, sink);
};

/** Why a sink cannot do its work yet, in sentences. */
export const sinkUnready = (sink: Sink): ReadonlyArray<string> => {
  const { ready, waiting } = sink.status();
  if (ready) return [];
  return [waiting === undefined ? "The sink has no partitions yet." : `${faultText(waiting.fault)} The sink waits.`];
};
