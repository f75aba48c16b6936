import { contentHash } from "@leadwire/events";
import { ZoneCalendar } from "@leadwire/funnel";
import { arraySource, evaluateKpi } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { Driver } from "@leadwire/stream/testing";
import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { answerDifference } from "./answer-difference.ts";
import { companyOf } from "./company.ts";
import { answer } from "./oracle.ts";
import { randomCompany } from "./random-company.ts";
import { randomQuestions } from "./random-question.ts";

const seeds = Array.from({ length: Number(process.env.LEADWIRE_SEEDS ?? 40) }, (_, n) => n + 1);

test.each(seeds)("the engine answers as the oracle does (company %i)", async (seed) => {
  const company = randomCompany(seed);
  const oracle = companyOf({ ...company, contentHash });
  const driver = new Driver(company.workspace, catalogue.measures, 1 + (seed % 3));
  driver.feed(company.events, 1 + (seed % 7));
  const context = {
    catalogue,
    workspace: company.workspace,
    calendar: new ZoneCalendar(company.workspace.timeZone),
    source: arraySource(driver.facts()),
    meta: { completeThroughMs: null, hasActivity: oracle.hasActivity },
  };
  for (const question of randomQuestions(company, 60)) {
    const found = await evaluateKpi(question, context);
    if (isLeft(found)) throw new Error(`${JSON.stringify(question)}: ${found.left.message}`);
    const difference = answerDifference(question.metric, found.right, answer(oracle, question));
    expect(difference, JSON.stringify(question)).toBeUndefined();
  }
});
