import type { SalesEvent } from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import { describe, expect, test } from "vitest";
import { goldenRecord } from "../golden/golden-line.ts";
import { companyOf } from "./company.ts";
import { jsonContentHash } from "./content-hash.ts";
import type { OracleRecord } from "./log-input.ts";
import { oracleMetrics } from "./metric-table.ts";
import { answer, evaluate, latestMs, type OracleQuestion } from "./oracle.ts";
import { randomOf } from "./random.ts";
import { type RandomCompany, randomCompany } from "./random-company.ts";
import { randomQuestions } from "./random-question.ts";

const lead = (id: string, revision: number, channel: string): SalesEvent => ({
  type: "lead-created",
  event_id: id,
  source_system: "web",
  occurred_at: 1_000,
  revision,
  voided: false,
  lead_id: "L1",
  channel,
});

const byChannel: OracleQuestion = { metric: "new_leads", window: "all", atMs: 5_000, by: ["channel"] };

const channelsFound = (
  records: ReadonlyArray<OracleRecord>,
  contentHash: (event: SalesEvent) => string,
  asOfMs?: number,
) =>
  evaluate(
    { events: records, workspace: defaultWorkspace, contentHash, ...(asOfMs === undefined ? {} : { asOfMs }) },
    byChannel,
  ).map(({ group }) => group.channel);

describe("identity", () => {
  const first = { event: lead("e1", 0, "web"), appendTimeMs: 1_000 };
  const conflicting = { event: lead("e1", 0, "fair"), appendTimeMs: 2_000 };
  const correction = { event: lead("e1", 1, "referral"), appendTimeMs: 3_000 };
  const channelOf = (event: SalesEvent) => (event.type === "lead-created" ? (event.channel ?? "") : "");
  const backwards = (event: SalesEvent) => (channelOf(event) === "web" ? "0" : "1");

  test("of two contents under one id and revision the smaller hash counts, in either order", () => {
    expect(channelsFound([first, conflicting], channelOf)).toEqual(["fair"]);
    expect(channelsFound([conflicting, first], channelOf)).toEqual(["fair"]);
    expect(channelsFound([first, conflicting], backwards)).toEqual(["web"]);
  });

  test("the highest revision counts, as far as it was known", () => {
    expect(channelsFound([correction, first], channelOf)).toEqual(["referral"]);
    expect(channelsFound([first, correction], channelOf, 2_999)).toEqual(["web"]);
    expect(channelsFound([first, correction], channelOf, 999)).toEqual([]);
  });
});

test("by value, a deal lost for nothing weighs what it was last open for, and one never valued nothing", () => {
  const lines = [
    "2026-03-03 stage-changed L1 to proposal",
    "2026-03-10 deal-closed L1 won 12000 USD",
    "2026-03-03 stage-changed L2 to proposal worth 4000 USD",
    "2026-03-15 deal-closed L2 lost",
    "2026-03-03 stage-changed L3 to negotiation",
    "2026-03-16 deal-closed L3 no_decision",
  ];
  const events = lines.map((line, i) => goldenRecord(line, i + 1, defaultWorkspace));
  const asked = { metric: "win_rate.by_value", window: "all", atMs: Date.parse("2026-04-01") };
  const [found] = evaluate({ events, workspace: defaultWorkspace, contentHash: jsonContentHash }, asked);
  expect(found).toMatchObject({ value: 0.75, numerator: 1_200_000, denominator: 1_600_000 });
});

const company = ({ events, workspace }: RandomCompany) =>
  companyOf({ events, workspace, contentHash: jsonContentHash });

const shuffled = <A>(items: ReadonlyArray<A>, seed: number): ReadonlyArray<A> => {
  const random = randomOf(seed);
  return items
    .map((item) => ({ item, at: random.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
};

describe("over random companies", () => {
  const seeds = Array.from({ length: 6 }, (_, i) => i + 1);

  test("order of arrival and repeats change no answer", () => {
    for (const seed of seeds) {
      const made = randomCompany(seed);
      const inOrder = company(made);
      const shuffledTwice = company({ ...made, events: shuffled([...made.events, ...made.events.slice(0, 9)], seed) });
      for (const question of randomQuestions(made, 200)) {
        expect(answer(shuffledTwice, question)).toEqual(answer(inOrder, question));
      }
    }
  });

  test("the groups of a count or a sum add up to the company", () => {
    const additive = [
      "new_leads",
      "sales_qualified_leads",
      "unanswered_leads",
      "sales",
      "pipeline_value",
      "pipeline_volume",
    ];
    for (const seed of seeds) {
      const made = company(randomCompany(seed));
      for (const metric of additive) {
        const asked = { metric, window: "all", atMs: latestMs(made) };
        const total = answer(made, asked)[0]?.value ?? 0;
        for (const by of ["owner", "team", "region", "channel", "product", "stage"] as const) {
          const sum = answer(made, { ...asked, by: [by] }).reduce((all, { value }) => all + (value ?? 0), 0);
          expect(sum, `seed ${seed}, ${metric} by ${by}`).toBe(total);
        }
      }
    }
  });

  test("a filter gives what the group of that name gives", () => {
    for (const seed of seeds) {
      const made = company(randomCompany(seed));
      for (const metric of Object.keys(oracleMetrics)) {
        const asked = { metric, window: "all", atMs: latestMs(made) };
        for (const { group, ...grouped } of answer(made, { ...asked, by: ["channel"] })) {
          const [filtered] = answer(made, { ...asked, where: [["channel", group.channel ?? ""]] });
          expect(filtered).toEqual({ ...grouped, group: {} });
        }
      }
    }
  });

  test("the days of a range add up to it, also where clocks change", () => {
    for (const seed of seeds) {
      const made = company(randomCompany(seed));
      const atMs = latestMs(made) + 400 * 86_400_000;
      const count = (window: string) => answer(made, { metric: "new_leads", window, atMs })[0]?.value ?? 0;
      for (const month of ["2026-03", "2025-10", "2024-02"]) {
        const days = Array.from({ length: 28 }, (_, i) => i + 1);
        const last = month === "2024-02" ? [29] : [29, 30, 31];
        const sum = [...days, ...last].reduce((all, day) => all + count(`${month}-${String(day).padStart(2, "0")}`), 0);
        expect(sum).toBe(count(month));
      }
    }
  });
});
