import type { EngineStatus, LedgerLine, LedgerReport } from "../engine/engine.ts";

interface Family {
  readonly name: string;
  readonly type: "counter" | "gauge";
  readonly help: string;
  readonly samples: ReadonlyArray<readonly [source: string | null, value: number]>;
}

const label = (value: string): string => value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");

const familyText = ({ name, type, help, samples }: Family): string =>
  [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(([source, value]) => `${name}${source === null ? "" : `{source="${label(source)}"}`} ${value}`),
    "",
  ].join("\n");

const columns: ReadonlyArray<readonly [keyof Omit<LedgerLine, "source">, "counter" | "gauge", string]> = [
  ["accepted", "counter", "Records in the log."],
  ["applied", "counter", "Records that count."],
  ["duplicate", "counter", "Records whose event was there already."],
  ["quarantined", "counter", "Records put aside."],
  ["forwarded", "counter", "Records in a wrong place that were sent on to theirs."],
  ["superseded", "counter", "Applied records below the revision that counts."],
  ["conflict", "counter", "Duplicates with other content."],
  ["pending", "gauge", "Records not processed yet."],
  ["missing", "gauge", "Accepted less what became of them: 0 unless something is wrong."],
];

const completeSeconds = (status: EngineStatus): number =>
  status.completeThrough === null ? Number.NaN : Date.parse(status.completeThrough) / 1000;

/** The ledger and the engine's position in Prometheus' text format (0.0.4). */
export const metricsText = (status: EngineStatus, ledger: LedgerReport): string => {
  const perSource = columns.map(
    ([column, type, help]): Family => ({
      name: `leadwire_${column}_records${type === "counter" ? "_total" : ""}`,
      type,
      help,
      samples: ledger.lines.map((line) => [line.source, line[column]]),
    }),
  );
  const gauge = (name: string, help: string, value: number): Family => ({
    name: `leadwire_${name}`,
    type: "gauge",
    help,
    samples: [[null, value]],
  });
  return [
    ...perSource,
    gauge("events", "Records in the event topics.", status.events),
    gauge("pending", "Records appended and not processed.", status.pending),
    gauge("unstored", "Records appended and not stored in ClickHouse.", status.unstored),
    gauge("complete_through_seconds", "Newest event time applied, in Unix seconds.", completeSeconds(status)),
    gauge("ledger_balanced", "1 while the ledger adds up.", ledger.balanced ? 1 : 0),
  ]
    .map(familyText)
    .join("");
};
