import { decodeQuarantined, encodeEvent, type SalesEvent } from "@leadwire/events";
import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { encodeBatch, partitionOf, type RecordHeaders } from "@leadwire/log";
import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { leadCreated, spent, stageChanged, touched } from "../testing/sample-events.ts";
import { type ToldRecord, toldRecords } from "../testing/told-records.ts";
import { PartitionTask } from "./partition-task.ts";
import { parseForwardedFrom } from "./place.ts";

const fromMs = Date.UTC(2026, 5, 1);
const partitions = 12;
const calendar = new ZoneCalendar("UTC");
const partitionOfLead = (lead: string): number => partitionOf(Buffer.from(lead), partitions);

const taskOf = (topic: string, partition: number): PartitionTask =>
  new PartitionTask(
    topic,
    { workspace: defaultWorkspace, calendar, generation: "g", partition, partitions },
    catalogue.measures,
  );

const give = (task: PartitionTask, event: SalesEvent, headers?: RecordHeaders): ReadonlyArray<ToldRecord> => {
  const record = { key: null, value: encodeEvent(event), ...(headers === undefined ? {} : { headers }) };
  task.process(encodeBatch([record], task.position, fromMs), task.position + 1);
  return toldRecords(task.takeOutput());
};

const counts = (task: PartitionTask) => task.ledger.entries().map(({ source, counts: each }) => ({ source, ...each }));

const lead = leadCreated("lead-ș", fromMs);
const home = partitionOfLead("lead-ș");
const elsewhere = (home + 1) % partitions;

test("a lead on another partition is sent on with its bytes, its headers and where it came from", () => {
  const task = taskOf("leadwire.funnel", elsewhere);
  give(task, leadCreated(leadAt(elsewhere), fromMs));
  expect(give(task, lead, { backfill: "b1", source: "crm", trace: "ü" })).toEqual([
    {
      topic: "leadwire.funnel",
      partition: home,
      key: "lead-ș",
      value: encodeEvent(lead),
      headers: { backfill: "b1", source: "crm", trace: "ü", forwarded_from: `leadwire.funnel/${elsewhere}/1` },
    },
  ]);
  expect(counts(task)).toMatchObject([
    { applied: 1, forwarded: 0 },
    { applied: 0, duplicate: 0, quarantined: 0, forwarded: 1 },
  ]);
});

test("an event on the topic of others is sent to its own", () => {
  const spend = spent("s", fromMs, 100, [20_000, 20_001]);
  const [sent] = give(taskOf("leadwire.funnel", 0), spend);
  expect(sent).toMatchObject({ topic: "leadwire.spend", partition: partitionOf(Buffer.from("web"), 12), key: "web" });
  const [back] = give(taskOf("leadwire.spend", home), lead);
  expect(back).toMatchObject({ topic: "leadwire.funnel", partition: home, key: "lead-ș" });
});

test("a record that was sent on counts where it arrives", () => {
  const task = taskOf("leadwire.funnel", home);
  give(task, lead, { forwarded_from: "leadwire.funnel/3/7" });
  give(task, lead, { forwarded_from: "leadwire.funnel/3/7" });
  expect(counts(task)).toMatchObject([{ applied: 1, duplicate: 1, forwarded: 0 }]);
});

test("a record that was sent on and is misplaced still goes to quarantine, not round in circles", () => {
  const task = taskOf("leadwire.funnel", elsewhere);
  const [put] = give(task, lead, { forwarded_from: "leadwire.funnel/3/7" });
  const decoded = decodeQuarantined(put?.value ?? Buffer.alloc(0));
  if (isLeft(decoded)) throw new Error(decoded.left.detail);
  expect(decoded.right).toMatchObject({
    reason: "misplaced",
    detail: `it was sent on from leadwire.funnel/3/7 and belongs to leadwire.funnel/${home} still`,
  });
  expect(counts(task)).toMatchObject([{ quarantined: 1, forwarded: 0, reasons: { misplaced: 1 } }]);
});

test("a record that counts nowhere is put aside where it lies", () => {
  const task = taskOf("leadwire.spend", 0);
  give(task, stageChanged("L", "nowhere", fromMs));
  give(task, touched("L", "t", fromMs + 3_600_001));
  expect(counts(task)).toMatchObject([{ quarantined: 2, forwarded: 0, reasons: { unknown_stage: 1, in_future: 1 } }]);
});

test("the header is read back, and one that a stranger wrote is not believed", () => {
  expect(parseForwardedFrom("leadwire.plan/11/1099511627776")).toEqual({
    topic: "leadwire.plan",
    partition: 11,
    offset: 2 ** 40,
  });
  for (const text of [
    "",
    "leadwire.plan",
    "leadwire.plan/-1/2",
    "leadwire.plan/1/2/3",
    "other/1/2",
    "leadwire.plan//2",
  ])
    expect(parseForwardedFrom(text)).toBeUndefined();
});

/** A lead that belongs to a partition. */
function leadAt(partition: number): string {
  for (let n = 0; ; n += 1) if (partitionOfLead(`L${n}`) === partition) return `L${n}`;
}
