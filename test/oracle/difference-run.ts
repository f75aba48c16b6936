import { isDeepStrictEqual } from "node:util";
import { contentHash } from "@leadwire/events";
import { ZoneCalendar } from "@leadwire/funnel";
import { arraySource, evaluateKpi, type KpiContext } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { Driver } from "@leadwire/stream/testing";
import { isLeft } from "fp-ts/lib/Either.js";
import { answerDifference } from "./answer-difference.ts";
import { type Company, companyOf } from "./company.ts";
import { answer, answerCompared, type OracleQuestion } from "./oracle.ts";
import { type RandomCompany, randomCompany } from "./random-company.ts";
import { comparedQuestions, randomQuestions, rareQuestions } from "./random-question.ts";

/** A question that the engine and the oracle answer differently, and how. */
export interface Difference {
  readonly seed: number;
  readonly question: OracleQuestion;
  readonly text: string;
}

/** A random company as the engine and as the oracle hold it. */
export interface HeldTwice {
  readonly company: RandomCompany;
  readonly oracle: Company;
  readonly driver: Driver;
  readonly context: KpiContext;
}

export const holdTwice = (seed: number): HeldTwice => {
  const company = randomCompany(seed);
  const oracle = companyOf({ ...company, contentHash });
  const driver = new Driver(company.workspace, catalogue.measures, 1 + (seed % 3));
  // Few records at a time cost much more: every fourth company comes so.
  driver.feed(company.events, seed % 4 === 0 ? 1 + (seed % 7) : 50);
  const context = {
    catalogue,
    workspace: company.workspace,
    calendar: new ZoneCalendar(company.workspace.timeZone),
    source: arraySource(driver.facts()),
    meta: { completeThroughMs: null, hasActivity: oracle.hasActivity },
  };
  return { company, oracle, driver, context };
};

/** What both knew at an instant: the newest change of each fact, and the events, appended at or before it. */
export const knownAt = (held: HeldTwice, asOfMs: number): HeldTwice => {
  const newest = new Map<string, (typeof held.driver.changes)[number]>();
  for (const change of held.driver.changes) {
    const known = newest.get(change.fact.factId);
    const isLater = known === undefined || change.version >= known.version;
    if (change.appendTimeMs <= asOfMs && isLater) newest.set(change.fact.factId, change);
  }
  const facts = [...newest.values()].filter(({ present }) => present).map(({ fact }) => fact);
  const oracle = companyOf({ ...held.company, contentHash, asOfMs });
  const meta = { completeThroughMs: null, hasActivity: oracle.hasActivity };
  return { ...held, oracle, context: { ...held.context, source: arraySource(facts), meta } };
};

/** How the engine's answer to a question differs from the oracle's; undefined where it does not. */
export const differenceOf = async (
  { oracle, context }: HeldTwice,
  question: OracleQuestion,
): Promise<string | undefined> => {
  const found = await evaluateKpi(question, context);
  if (isLeft(found)) return found.left.message;
  return answerDifference(question.metric, found.right, answer(oracle, question));
};

/** The same of the number beside it, over the window before or a year ago. */
export const comparedDifferenceOf = async (
  { oracle, context }: HeldTwice,
  question: OracleQuestion,
): Promise<string | undefined> => {
  const found = await evaluateKpi(question, context);
  if (isLeft(found)) return found.left.message;
  const expected = answerCompared(oracle, question);
  if (expected === null) {
    return found.right.every(({ compare }) => compare === null) ? undefined : "there is nothing to compare with";
  }
  const compared = found.right.flatMap(({ compare, ...own }) => (compare ? [{ ...own, ...compare }] : []));
  // Groups of either side are told: those that only the window itself has say nothing of the other.
  const told = compared.filter(({ group }) => expected.some((one) => isDeepStrictEqual(one.group, group)));
  return answerDifference(question.metric, told, expected);
};

/** What the two say differently of one company. */
export const differencesOf = async (seed: number, questions: number): Promise<ReadonlyArray<Difference>> => {
  const held = holdTwice(seed);
  const found: Array<Difference> = [];
  const asked = [...randomQuestions(held.company, questions), ...rareQuestions(held.company, questions >> 3)];
  for (const question of asked) {
    const text = await differenceOf(held, question);
    if (text !== undefined) found.push({ seed, question, text });
  }
  for (const question of comparedQuestions(held.company, questions >> 2)) {
    const text = await comparedDifferenceOf(held, question);
    if (text !== undefined) found.push({ seed, question, text });
  }
  return found;
};
