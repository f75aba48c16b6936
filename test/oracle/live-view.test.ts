import { contentHash } from "@leadwire/events";
import { dimensions, ZoneCalendar } from "@leadwire/funnel";
import { arraySource, evaluateKpi, type KpiQuestion } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { stampBatch } from "@leadwire/log";
import { LiveState } from "@leadwire/stream";
import { Driver } from "@leadwire/stream/testing";
import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { companyOf } from "./company.ts";
import { type Random, randomOf } from "./random.ts";
import { type RandomCompany, randomCompany } from "./random-company.ts";
import { dimensionsOf, metricNames } from "./random-question.ts";

const seeds = Array.from({ length: 8 }, (_, n) => n + 1);
const hourMs = 3_600_000;

const levels = /^(pipeline_(value|volume)|weighted_pipeline|unanswered_leads|mrr(\.level)?$|arr|active_customers|arpa)/;

/** Questions as a board puts them: at a slice's edge for levels, a millisecond before one for the rest. */
const boardQuestion = (random: Random, company: RandomCompany, newestMs: number, calendar: ZoneCalendar) => {
  const metric = random.pick(metricNames);
  const near = random.chance(0.6) ? newestMs + random.whole(0, 90 * 60_000) : random.whole(company.fromMs, newestMs);
  const edgeMs = random.chance(0.5) ? calendar.minuteCeilMs(near) : calendar.localHourCeilMs(near);
  const isLevel = levels.test(metric);
  const window = isLevel ? "all" : random.pick(["1h", "24h", "7d", "30d", "day", "week", "month", "quarter", "all"]);
  const known = dimensionsOf(metric);
  const by = random.chance(0.4) || known.length === 0 ? [] : [random.pick(known)];
  return { metric, window, atMs: isLevel ? edgeMs : edgeMs - 1, by } satisfies KpiQuestion;
};

/** Every slice as its task would write it now, empty ones too: records of the metrics topic. */
const restated = (driver: Driver): ReadonlyArray<Buffer> =>
  [...driver.tasks.values()].flatMap((task) => {
    task.restateSlices();
    const batches = task.takeOutput().filter(({ topic }) => topic.startsWith("leadwire.metrics"));
    for (const { batch } of batches) stampBatch(batch, 0, 0);
    return batches.map(({ batch }) => batch);
  });

const tell = (state: LiveState, batches: ReadonlyArray<Buffer>): void => {
  for (const batch of batches) state.applyBatches(batch, 0);
};

test("a live view answers what its slices serve as the facts do, bit for bit", async () => {
  let [served, refused] = [0, 0];
  for (const seed of seeds) {
    const company = randomCompany(seed);
    const oracle = companyOf({ ...company, contentHash });
    const driver = new Driver(company.workspace, catalogue.measures, 1 + (seed % 3));
    const state = new LiveState({ workspace: company.workspace, catalogue, dimensions, tasks: [] });
    const half = company.events.length >> 1;
    driver.feed(company.events.slice(0, half));
    const early = restated(driver);
    tell(state, early);
    driver.feed(company.events.slice(half));
    tell(state, restated(driver));
    tell(state, early); // A stale owner's writes.
    state.applySlices(driver.slices()); // What was stored overlaps with what was told.
    state.takeChange();
    if (oracle.hasActivity) state.noteActivity();

    const calendar = new ZoneCalendar(company.workspace.timeZone);
    const newestMs = Math.max(...company.events.map(({ appendTimeMs }) => appendTimeMs));
    const context = {
      catalogue,
      workspace: company.workspace,
      calendar,
      // A live view holds no targets, and so tells none beside its numbers.
      source: { partials: arraySource(driver.facts()).partials },
      meta: { completeThroughMs: null, hasActivity: oracle.hasActivity },
    };
    const random = randomOf(seed ^ 0x11fe);
    for (let n = 0; n < 60; n += 1) {
      const question = boardQuestion(random, company, newestMs, calendar);
      const checked = state.check(question);
      if (isLeft(checked)) throw new Error(checked.left.message);
      const live = state.answer(state.plan(checked.right), Math.max(newestMs, question.atMs) + hourMs);
      if (isLeft(live)) {
        refused += 1;
        continue;
      }
      served += 1;
      const expected = await evaluateKpi(question, context);
      if (isLeft(expected)) throw new Error(expected.left.message);
      expect(live.right, `company ${seed}, ${JSON.stringify(question)}`).toEqual(expected.right);
    }
  }
  expect(served).toBeGreaterThan(refused / 2);
});
