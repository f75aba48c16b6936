import { dayMs, encodeEvent, type SalesEvent } from "@leadwire/events";
import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { encodeBatch } from "@leadwire/log";
import { PartitionTask } from "@leadwire/stream";
import { fromMs } from "./demo-log.ts";
import { cpuUs, heading, line } from "./report.ts";

/** One lead with very many events, and what a late one in its middle costs: `node test/bench/hot-lead.bench.ts [EVENTS]`. */
const events = Number(process.argv[2] ?? 100_000);
const stepMs = 60_000;
const appendTimeMs = fromMs + 200 * dayMs;
const head = { revision: 0, voided: false, source_system: "crm", lead_id: "catch-all" };

const created: SalesEvent = {
  ...head,
  type: "lead-created",
  event_id: "created",
  occurred_at: fromMs,
  channel: "web",
  owner: "ana",
  team: "north",
};

const touch = (id: string, atMs: number): SalesEvent => ({
  ...head,
  type: "activity-logged",
  event_id: id,
  occurred_at: atMs,
  kind: "email",
  direction: "outbound",
  rep: "ana",
  automated: false,
});

const stage = (id: string, atMs: number, to: string): SalesEvent => ({
  ...head,
  type: "stage-changed",
  event_id: id,
  occurred_at: atMs,
  to_stage: to,
  amount_minor: 1000,
  currency: "USD",
});

const context = {
  workspace: defaultWorkspace,
  calendar: new ZoneCalendar("UTC"),
  generation: "bench",
  partition: 0,
  partitions: 1,
};
const task = new PartitionTask("leadwire.funnel", context, catalogue.measures);

const feed = (batch: ReadonlyArray<SalesEvent>): number => {
  const records = batch.map((event) => ({ key: Buffer.from("catch-all"), value: encodeEvent(event) }));
  task.process(encodeBatch(records, task.position, appendTimeMs), task.position + records.length);
  return task
    .takeOutput()
    .filter(({ topic }) => topic.startsWith("leadwire.facts"))
    .reduce((sum, { count }) => sum + count, 0);
};

const timed = (what: string, records: number, run: () => number): void => {
  const us = cpuUs();
  const from = performance.now();
  const changes = run();
  line(`${what} (${changes.toLocaleString("en")} fact changes)`, records, cpuUs() - us, performance.now() - from);
};

const middleMs = fromMs + (events / 2) * stepMs + 1;
heading(`one lead with ${events.toLocaleString("en")} events`);
timed("in order", events, () => {
  let changes = feed([created, stage("opens", fromMs + 1, "proposal")]);
  for (let from = 0; from < events; from += 1000) {
    const chunk = Array.from({ length: 1000 }, (_, n) => touch(`t${from + n}`, fromMs + (from + n + 1) * stepMs));
    changes += feed(chunk);
  }
  return changes;
});
timed("a late touch in its middle", 1, () => feed([touch("late", middleMs)]));
timed("a late stage in its middle", 1, () => feed([stage("late stage", middleMs, "negotiation")]));
timed("ten more late touches", 10, () => feed(Array.from({ length: 10 }, (_, n) => touch(`l${n}`, middleMs + n * 7))));
timed("ten more late stages", 10, () =>
  feed(
    Array.from({ length: 10 }, (_, n) =>
      stage(`s${n}`, middleMs + n * stepMs, n % 2 === 0 ? "proposal" : "negotiation"),
    ),
  ),
);
timed("a touch at its end", 1, () => feed([touch("last", fromMs + (events + 2) * stepMs)]));
