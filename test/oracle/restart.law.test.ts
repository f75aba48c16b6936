import { encodeEvent, keyOf, topicOf } from "@leadwire/events";
import { ZoneCalendar } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { encodeBatch } from "@leadwire/log";
import { type OutputBatch, PartitionTask, releaseState, type StateCapture, type StateReader } from "@leadwire/stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type RandomCompany, randomCompany } from "./random-company.ts";

/** What a store holds after some commits. */
class Commits implements StateReader {
  private readonly stored = new Map<
    string,
    { readonly table: number; readonly page: number; readonly bytes: Buffer }
  >();
  head = "";

  commit({ pages, head }: StateCapture): void {
    for (const { table, page, bytes } of pages) this.stored.set(`${table}/${page}`, { table, page, bytes });
    this.head = head;
  }
  pages(table: number) {
    return [...this.stored.values()].filter((each) => each.table === table);
  }
  page(table: number, page: number): Buffer {
    const found = this.stored.get(`${table}/${page}`);
    if (found === undefined) throw new Error(`page ${page} of table ${table} was never written`);
    return found.bytes;
  }
}

const newTask = ({ workspace }: RandomCompany): PartitionTask => {
  const calendar = new ZoneCalendar(workspace.timeZone);
  return new PartitionTask(
    "leadwire.funnel",
    { workspace, calendar, generation: "g", partition: 0, partitions: 3 },
    catalogue.measures,
  );
};

const restored = (company: RandomCompany, commits: Commits): PartitionTask => {
  const task = newTask(company);
  releaseState(task.fold.state, commits);
  task.restore(commits.head, commits);
  return task;
};

/** Slices are told in the order of their rows after a restart: only what is told counts, not in which order. */
const words = (outputs: ReadonlyArray<OutputBatch>): ReadonlyArray<string> =>
  outputs
    .filter(({ topic }) => !topic.startsWith("leadwire.metrics"))
    .map(({ topic, partition, batch, count }) => `${topic} ${partition} ${count} ${batch.toString("hex", 61)}`);

test("a task restored at any point goes on as if it had never stopped", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.array(fc.nat({ max: 40 }), { maxLength: 5 }),
      (seed, stops) => {
        const company = randomCompany(seed, { leads: 8 });
        const events = company.events.filter(({ event }) => topicOf(event.type) === "leadwire.funnel");
        const batches = Array.from({ length: Math.ceil(events.length / 5) }, (_, n) => events.slice(n * 5, n * 5 + 5));
        const steady = newTask(company);
        const commits = new Commits();
        let task = newTask(company);
        commits.commit(task.capture());
        let sinceCommit: Array<ReadonlyArray<string>> = [];
        batches.forEach((batch, n) => {
          const records = batch.map(({ event }) => ({ key: Buffer.from(keyOf(event)), value: encodeEvent(event) }));
          const bytes = encodeBatch(records, steady.position, batch[0]?.appendTimeMs ?? 0);
          for (const each of [steady, task]) each.process(bytes, each.position + records.length);
          const told = words(steady.takeOutput());
          expect(words(task.takeOutput())).toEqual(told);
          sinceCommit.push(told);
          if (n % 3 === 0) {
            commits.commit(task.capture());
            releaseState(task.fold.state, commits);
            sinceCommit = [];
          }
          if (!stops.includes(n)) return;
          // A crash: what came after the last commit is read again, and told again in the same words.
          task = restored(company, commits);
          for (let at = n + 1 - sinceCommit.length; at <= n; at += 1) {
            const again = (batches[at] ?? []).map(({ event }) => ({
              key: Buffer.from(keyOf(event)),
              value: encodeEvent(event),
            }));
            const appendTimeMs = batches[at]?.[0]?.appendTimeMs ?? 0;
            task.process(encodeBatch(again, task.position, appendTimeMs), task.position + again.length);
            expect(words(task.takeOutput())).toEqual(sinceCommit[at - (n + 1 - sinceCommit.length)]);
          }
        });
        expect(task.position).toBe(steady.position);
        expect(task.ledger.entries()).toEqual(steady.ledger.entries());
        task.restateSlices();
        steady.restateSlices();
        const slices = (each: PartitionTask): ReadonlyArray<unknown> =>
          [...each.slicer.slices.all()]
            .map((row) => {
              const { slices: table, series } = each.slicer;
              table.rows.locate(row);
              const { f64, i32, f64At, i32At } = table.rows;
              const number = i32[i32At] as number;
              const names = [
                series.measureOf(number),
                series.dimensionOf(number),
                each.names.text(series.valueOf(number)),
              ];
              return [...names, i32[i32At + 1], i32[i32At + 2], f64[f64At], f64[f64At + 1]].join();
            })
            .sort();
        expect(slices(task)).toEqual(slices(steady));
      },
    ),
    { numRuns: 60 },
  );
});
