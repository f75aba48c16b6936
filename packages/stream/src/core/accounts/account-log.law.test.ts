import type { SurveyAnswered } from "@leadwire/events";
import { defaultWorkspace, type FactRecord, type Workspace } from "@leadwire/funnel";
import { measures } from "@leadwire/kpis";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type AccountEventRecord, AccountLog, type WinRecord } from "../../testing/account-log.ts";
import { subscribed } from "../../testing/sample-events.ts";
import { slicesOf } from "../slices/slice-list.ts";
import { releaseState, type StateCapture, type StateReader } from "../state/task-state.ts";

type Entry = WinRecord | AccountEventRecord;

const hourMs = 3_600_000;
const fromMs = Date.UTC(2026, 5, 1);
const appendTimeMs = fromMs + 4000 * 24 * hourMs;
const workspace: Workspace = {
  ...defaultWorkspace,
  timeZone: "Europe/Bucharest",
  customerActiveForDays: 2,
  rates: [{ currency: "EUR", fromDay: 0, rate: "1.5" }],
};

/** Few instants, accounts and ids, so that much coincides; the term of one month outlasts them all. */
const hour = fc.nat({ max: 120 });
const account = fc.constantFrom("acme", "zeta");
const revised = { revision: fc.nat({ max: 2 }), voided: fc.boolean() };
const win = fc
  .record({
    number: fc.nat({ max: 4 }),
    hour,
    present: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
    version: fc.nat({ max: 100 }),
    termMonths: fc.constantFrom(undefined, undefined, 1),
    owner: fc.constantFrom("ana", "bogdan"),
  })
  .map(({ number, hour: at, present, version: higher, termMonths, owner }): WinRecord => {
    // One position of the funnel tells one thing.
    const [byOwner, byPresence, byTerm] = [owner === "ana" ? 0 : 1, present ? 2 : 0, termMonths === undefined ? 0 : 4];
    const version = higher * 10_000 + at * 8 + byOwner + byPresence + byTerm;
    const head = { event: `w${number}`, account: number === 0 ? "zeta" : "acme", atMs: fromMs + at * hourMs };
    const term = termMonths === undefined ? {} : { termMonths };
    return { ...head, ...term, present, version, appendTimeMs, dimensions: { owner } };
  });
const subscription = fc
  .record({
    number: fc.nat({ max: 9 }),
    hour,
    account,
    mrr: fc.constantFrom(0, 0, 50, 100),
    subscription: fc.constantFrom("s1", "s2"),
    currency: fc.constantFrom("USD", "EUR"),
    ...revised,
  })
  .map(
    ({ number, hour: at, account: of, mrr, subscription: id, currency, revision, voided }): AccountEventRecord => ({
      event: subscribed(of, `${of}-e${number}`, fromMs + at * hourMs, {
        mrr_minor: mrr,
        subscription_id: id,
        currency,
        revision,
        voided: voided && revision > 0,
      }),
      appendTimeMs,
    }),
  );
const survey = fc
  .record({ number: fc.nat({ max: 4 }), hour, account, score: fc.nat({ max: 10 }), ...revised })
  .map(({ number, hour: at, account: of, score, revision, voided }): AccountEventRecord => {
    const head = { event_id: `${of}-q${number}`, source_system: "crm", occurred_at: fromMs + at * hourMs };
    const event: SurveyAnswered = {
      ...head,
      type: "survey-answered",
      account_id: of,
      kind: "nps",
      score,
      revision,
      voided,
    };
    return { event, appendTimeMs };
  });
const history = fc.array(fc.oneof(win, { arbitrary: subscription, weight: 2 }, survey), { maxLength: 30 });

const fed = (batches: ReadonlyArray<ReadonlyArray<Entry>>): AccountLog => {
  const log = new AccountLog(workspace, measures);
  for (const batch of batches) log.feed(batch, appendTimeMs);
  return log;
};
const inBatches = (entries: ReadonlyArray<Entry>, size: number): ReadonlyArray<ReadonlyArray<Entry>> =>
  Array.from({ length: Math.ceil(entries.length / size) }, (_, n) => entries.slice(n * size, n * size + size));
const slices = ({ task }: AccountLog): ReadonlyArray<string> =>
  [...slicesOf(task)].map(({ version: _version, ...slice }) => JSON.stringify(slice)).sort();

test("any order, with repeats, in any batches, gives the same facts and slices", () => {
  const arrivals = history.chain((entries) =>
    fc.tuple(
      fc.constant(entries),
      fc.shuffledSubarray(entries, { minLength: entries.length }),
      fc.subarray(entries),
      fc.integer({ min: 1, max: 9 }),
    ),
  );
  fc.assert(
    fc.property(arrivals, ([entries, shuffled, again, size]) => {
      const one = fed([entries]);
      const other = fed(inBatches([...shuffled, ...again], size));
      expect(other.facts()).toEqual(one.facts());
      expect(slices(other)).toEqual(slices(one));
    }),
    { numRuns: 150 },
  );
});

test("one record of the log changes a fact once", () => {
  fc.assert(
    fc.property(history, (entries) => {
      const { changes } = fed([entries]);
      const told = changes.map(({ fact, version }) => `${version} ${fact.factId}`);
      expect(new Set(told).size).toBe(told.length);
    }),
    { numRuns: 150 },
  );
});

/** What an account pays and when it is active, by looking at every instant for itself. */
const standing = (entries: ReadonlyArray<Entry>) => {
  const wins = new Map<string, WinRecord>();
  const events = new Map<string, AccountEventRecord["event"]>();
  for (const entry of entries) {
    if ("present" in entry) {
      const held = wins.get(entry.event);
      if (held === undefined || entry.version > held.version) wins.set(entry.event, entry);
    } else {
      const held = events.get(entry.event.event_id);
      if (held === undefined || entry.event.revision > held.revision) events.set(entry.event.event_id, entry.event);
    }
  }
  const subscriptions = [...events.values()]
    .flatMap((event) => (event.type === "subscription-changed" && !event.voided ? [event] : []))
    .sort((a, b) => a.occurred_at - b.occurred_at || (a.event_id < b.event_id ? -1 : 1));
  return { wins: [...wins.values()].filter(({ present }) => present), subscriptions };
};
/** June 2026 in Bucharest: a month from a day of it is 30 days later. */
const endMs = ({ atMs, termMonths }: WinRecord): number => atMs + (termMonths === undefined ? 2 : 30) * 24 * hourMs;
const sum = (facts: ReadonlyArray<FactRecord>, value: (fact: FactRecord) => number): number =>
  facts.reduce((total, fact) => total + value(fact), 0);

test("movements add up to what is paid, and activity is 1 exactly while something makes a customer", () => {
  // Conflicting contents of one revision are the order law's.
  const settled = fc.uniqueArray(fc.oneof(win, { arbitrary: subscription, weight: 2 }, survey), {
    maxLength: 30,
    selector: (entry) =>
      "present" in entry ? `${entry.event} ${entry.version}` : `${entry.event.event_id} ${entry.event.revision}`,
  });
  fc.assert(
    fc.property(settled, (entries) => {
      const facts = fed([entries]).facts();
      const { wins, subscriptions } = standing(entries);
      for (const id of ["acme", "zeta"]) {
        const own = facts.filter(({ accountId }) => accountId === id);
        const of = (kind: FactRecord["kind"]) => own.filter((fact) => fact.kind === kind);
        const ownWins = wins.filter((each) => each.account === id);
        const ownSubscriptions = subscriptions.filter((each) => each.account_id === id);
        expect(of("mrr_moved").filter(({ outcome }) => outcome === "new").length).toBeLessThanOrEqual(1);
        const latest = ownWins.toSorted((a, b) => a.atMs - b.atMs || (a.event < b.event ? -1 : 1)).at(-1);
        for (const fact of own) expect(fact.dimensions.owner).toBe(latest?.dimensions?.owner ?? "(none)");
        for (let at = fromMs; at < fromMs + 200 * hourMs; at += hourMs) {
          const upTo = (kind: FactRecord["kind"]) => of(kind).filter(({ atMs }) => atMs <= at);
          const paid = new Map<string, number>();
          for (const event of ownSubscriptions) {
            const mrr = event.mrr_minor * (event.currency === "EUR" ? 1.5 : 1);
            if (event.occurred_at <= at) paid.set(event.subscription_id, mrr);
          }
          const mrr = [...paid.values()].reduce((a, b) => a + b, 0);
          expect(sum(upTo("mrr_moved"), ({ amountMinor }) => amountMinor)).toBe(mrr);
          expect(sum(upTo("mrr_moved"), ({ count }) => count)).toBe(mrr > 0 ? 1 : 0);
          const isActive = mrr > 0 || ownWins.some((each) => each.atMs <= at && at < endMs(each));
          expect(sum(upTo("customer_active"), ({ count }) => count)).toBe(isActive ? 1 : 0);
        }
      }
    }),
    { numRuns: 100 },
  );
});

/** What a store holds after some commits. */
class Commits implements StateReader {
  head = "";
  private readonly stored = new Map<
    string,
    { readonly table: number; readonly page: number; readonly bytes: Buffer }
  >();

  commit({ pages, head }: StateCapture): void {
    for (const { table, page, bytes } of pages) {
      this.stored.set(`${table}/${page}`, { table, page, bytes: Buffer.from(bytes) });
    }
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

test("a task restored at any point tells the same as one that never stopped", () => {
  fc.assert(
    fc.property(history, fc.array(fc.nat({ max: 10 }), { maxLength: 4 }), (entries, stops) => {
      const steady = new AccountLog(workspace, measures);
      const other = new AccountLog(workspace, measures);
      const commits = new Commits();
      inBatches(entries, 3).forEach((batch, n) => {
        expect(other.feed(batch, appendTimeMs)).toEqual(steady.feed(batch, appendTimeMs));
        commits.commit(other.task.capture());
        if (!stops.includes(n)) return;
        const task = other.newTask();
        releaseState(task.fold.state, commits);
        task.restore(commits.head, commits);
        other.task = task;
      });
      expect(slices(other)).toEqual(slices(steady));
    }),
    { numRuns: 100 },
  );
});
