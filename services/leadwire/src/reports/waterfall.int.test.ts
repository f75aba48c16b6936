import { defaultWorkspace, type FactRecord } from "@leadwire/funnel";
import { plainFact } from "@leadwire/funnel/testing";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openReportStore, type ReportStore } from "../testing/report-store.ts";
import type { WaterfallDocument } from "./waterfall.ts";

const day = (text: string): number => Date.parse(`2026-${text}T09:00:00Z`);
let count = 0;
const id = (): string => {
  count += 1;
  return `crm/e${count}`;
};

interface Stand {
  readonly lead: string;
  readonly amount: number;
  readonly due?: string;
  readonly owner?: string;
}

const dueOf = ({ due }: Stand): number | null => (due === undefined ? null : Date.parse(`2026-${due}T00:00:00Z`));
const level = (at: string, stand: Stand, sign: 1 | -1): FactRecord =>
  plainFact({
    factId: `${id()}/deal_pipeline/${sign}`,
    kind: "deal_pipeline",
    atMs: day(at),
    count: sign,
    amountMinor: sign * stand.amount,
    dueAtMs: dueOf(stand),
    leadId: stand.lead,
    dealId: stand.lead,
    dimensions: { owner: stand.owner ?? "ana" },
  });
const enters = (at: string, stand: Stand): FactRecord => level(at, stand, 1);
const leaves = (at: string, stand: Stand): FactRecord => level(at, stand, -1);
const changes = (at: string, before: Stand, after: Stand): ReadonlyArray<FactRecord> => [
  leaves(at, before),
  enters(at, after),
];
const closes = (at: string, lead: string, outcome: "won" | "lost" | "no_decision", amountMinor: number): FactRecord =>
  plainFact({
    factId: `${id()}/deal_closed/0`,
    kind: "deal_closed",
    atMs: day(at),
    outcome,
    amountMinor,
    leadId: lead,
    dealId: lead,
  });
const lostStage = (at: string, lead: string): FactRecord =>
  plainFact({
    factId: `${id()}/stage_left/0`,
    kind: "stage_left",
    atMs: day(at),
    outcome: "lost",
    leadId: lead,
    dealId: lead,
  });

const won: Stand = { lead: "won", amount: 1_000, due: "03-20" };
const lost: Stand = { lead: "lost", amount: 700, due: "03-20" };
const slips: Stand = { lead: "slips", amount: 500, due: "03-10" };
const pulled: Stand = { lead: "pulled", amount: 300, due: "06-01" };
const stays: Stand = { lead: "stays", amount: 90, due: "03-01" };
const fresh: Stand = { lead: "fresh", amount: 40 };
const quick: Stand = { lead: "quick", amount: 8, due: "03-05" };
const back: Stand = { lead: "back", amount: 6 };
const turned: Stand = { lead: "turned", amount: 2_000, due: "05-02" };
const undone: Stand = { lead: "undone", amount: 5, due: "03-02" };

const facts: ReadonlyArray<FactRecord> = [
  ...[won, lost, slips, pulled, stays, undone].map((stand) => enters("01-05", stand)),
  leaves("02-10", won),
  closes("02-10", "won", "won", 1_200),
  leaves("02-11", lost),
  closes("02-11", "lost", "no_decision", 0),
  ...changes("02-12", slips, { ...slips, due: "04-10" }),
  ...changes("02-13", pulled, { ...pulled, due: "03-30", amount: 350 }),
  ...changes("02-14", stays, { ...stays, amount: 100, owner: "bogdan" }),
  enters("02-15", fresh),
  enters("02-16", quick),
  leaves("02-17", quick),
  closes("02-17", "quick", "won", 9),
  enters("01-06", back),
  leaves("01-07", back),
  enters("02-18", back),
  // Lost in February, and come back in March: the close was taken back, the pipeline keeps that it left.
  leaves("02-20", undone),
  lostStage("02-20", "undone"),
  enters("03-02", undone),
  // Lost, back and won in February, and back again in March: only the win was taken back.
  enters("01-08", turned),
  leaves("02-05", turned),
  lostStage("02-05", "turned"),
  enters("02-06", turned),
  leaves("02-21", turned),
  enters("03-03", turned),
];

let store: ReportStore;
beforeAll(async () => {
  store = await openReportStore(defaultWorkspace, day("04-01"));
  await store.hold(facts);
});
afterAll(() => store.dispose());

const waterfall = (args: Record<string, string>): Promise<WaterfallDocument> =>
  store.report<WaterfallDocument>("waterfall", { window: "2026-02", deals: "true", ...args });
const told = ({ deals = [] }: WaterfallDocument) =>
  Object.fromEntries(deals.map((deal) => [[deal.lead_id, ...deal.group].join(" "), deal.steps]));

test("every open deal is told by what happened to it, and all of them add up to the open pipeline", async () => {
  const document = await waterfall({});
  expect(told(document)).toEqual({
    won: { changed: 200, won: -1_200 },
    lost: { lost: -700 },
    slips: {},
    pulled: { changed: 50 },
    stays: { changed: 10 },
    fresh: { created: 40 },
    quick: { created: 8, changed: 1, won: -9 },
    back: { reopened: 6 },
    undone: { lost: -5 },
    turned: { won: -2_000 },
  });
  expect(document.waterfalls).toMatchObject([
    { start_minor: 4_595, start_deals: 7, end_minor: 996, end_deals: 5, adds_up: true },
  ]);
  expect(document.waterfalls[0]?.steps.lost).toEqual({ amount_minor: -705, deals: 2 });
  expect(document.deals?.find(({ lead_id }) => lead_id === "lost")?.outcome).toBe("no_decision");
});

test("with a period to close in, deals slip out of it and are pulled into it", async () => {
  const document = await waterfall({ closing: "2026-Q1" });
  expect(told(document)).toEqual({
    won: { changed: 200, won: -1_200 },
    lost: { lost: -700 },
    slips: { slipped: -500 },
    pulled: { pulled_in: 350 },
    stays: { changed: 10 },
    quick: { created: 8, changed: 1, won: -9 },
    undone: { lost: -5 },
  });
  expect(document.waterfalls).toMatchObject([{ start_minor: 2_295, end_minor: 450, adds_up: true }]);
});

test("a deal that changes hands goes from one rep to the other, and each rep's waterfall adds up", async () => {
  const document = await waterfall({ by: "rep" });
  expect(told(document)).toMatchObject({
    "stays ana": { transferred_out: -90 },
    "stays bogdan": { transferred_in: 90, changed: 10 },
  });
  expect(document.waterfalls.map(({ group, adds_up }) => [group, adds_up])).toEqual([
    [{ rep: "ana" }, true],
    [{ rep: "bogdan" }, true],
  ]);
  const filtered = await waterfall({ where: "owner=bogdan" });
  expect(told(filtered)).toEqual({ stays: { transferred_in: 90, changed: 10 } });
  expect(filtered.waterfalls).toMatchObject([{ start_minor: 0, end_minor: 100, adds_up: true }]);
});

test("the end of one window is the start of the next, and a window from the beginning starts with nothing", async () => {
  const [february, march, all] = await Promise.all([
    waterfall({}),
    waterfall({ window: "2026-03" }),
    waterfall({ window: "all" }),
  ]);
  expect(march.waterfalls[0]?.start_minor).toBe(february.waterfalls[0]?.end_minor);
  expect(all.waterfalls).toMatchObject([{ start_minor: 0, end_minor: march.waterfalls[0]?.end_minor, adds_up: true }]);
});

test("random deals add up in every window, by rep and by what they are expected to close in", async () => {
  const stretch = fc.record({
    gap: fc.nat(20),
    length: fc.integer({ min: 1, max: 40 }),
    amount: fc.nat(9_000_000_000_000),
    due: fc.option(fc.constantFrom("02-20", "05-01"), { nil: undefined }),
    owner: fc.constantFrom("ana", "bogdan", "(none)"),
    outcome: fc.constantFrom("won", "lost", "no_decision"),
  });
  const lives = fc.sample(fc.array(stretch, { minLength: 1, maxLength: 6 }), { seed: 11, numRuns: 300 });
  const january = Date.UTC(2026, 0, 1);
  const onDay = (days: number): string => new Date(january + days * 86_400_000).toISOString().slice(5, 10);
  const random = lives.flatMap((life, index) => {
    const lead = `L${index}`;
    let days = 0;
    return life.flatMap(({ gap, length, amount, due, owner, outcome }, place) => {
      const stand: Stand = { lead, amount, owner, ...(due === undefined ? {} : { due }) };
      const from = days + gap;
      days = from + length;
      const isLast = place === life.length - 1;
      return [
        enters(onDay(from), stand),
        leaves(onDay(days), stand),
        ...(isLast ? [closes(onDay(days), lead, outcome, amount)] : []),
      ];
    });
  });
  await store.hold(random);
  for (const closing of ["all", "2026-Q1"]) {
    for (const by of ["company", "rep"]) {
      const told = await Promise.all(
        ["2026-01", "2026-02", "2026-03", "2026-03-01..2026-03-17"].map((window) => waterfall({ window, closing, by })),
      );
      const ends = told.map(({ waterfalls }) => new Map(waterfalls.map((one) => [JSON.stringify(one.group), one])));
      expect(told.flatMap(({ waterfalls }) => waterfalls).every(({ adds_up }) => adds_up)).toBe(true);
      for (const [group, one] of ends[1] ?? []) expect(one.start_minor).toBe(ends[0]?.get(group)?.end_minor ?? 0);
      expect(ends[1]?.size).toBe(by === "rep" ? 3 : 1);
    }
  }
});
